import { DEFAULT_READING, type FactId, type ReadingOf } from '../facts/index.ts';

export interface Finding {
  reading: string;
  /** What was seen: shapes, types and counts. Never a value of the account. */
  seen: string;
}

/** What was found of the facts. Of two findings that disagree, the one that differs stays. */
export class Findings {
  readonly #found = new Map<FactId, Finding>();

  note<Id extends FactId>(id: Id, reading: ReadingOf<Id>, seen: string): void {
    const earlier = this.#found.get(id);
    if (earlier && earlier.reading !== DEFAULT_READING) return;
    if (earlier && reading === DEFAULT_READING) {
      if (!earlier.seen.split('; ').includes(seen)) earlier.seen += `; ${seen}`;
      return;
    }
    this.#found.set(id, { reading, seen });
  }

  of(id: FactId): Finding | undefined {
    return this.#found.get(id);
  }

  is<Id extends FactId>(id: Id, reading: ReadingOf<Id>): boolean {
    return this.#found.get(id)?.reading === reading;
  }
}
