import type { SecretBook } from '../model/secrets.ts';
import type { Diagnostic, Severity } from '../model/source.ts';
import { type Place, sourceOf } from './source-file.ts';

/** A fault before it is put into lines and columns. */
export interface Complaint {
  severity?: Severity;
  code: string;
  message: string;
  hint?: string | undefined;
  /** Missing for what is wrong with all files together. */
  place?: Place | undefined;
  related?: { message: string; place: Place } | undefined;
}

/** Longest excerpt; of a longer line the part around the mark is shown. */
const EXCERPT_LENGTH = 200;
const CUT = '…';

/** Gathers every complaint; each is turned into a located diagnostic only at the end. */
export class Complaints {
  readonly #complaints: Complaint[] = [];
  readonly #secrets: SecretBook;

  constructor(secrets: SecretBook) {
    this.#secrets = secrets;
  }

  add(complaint: Complaint): void {
    this.#complaints.push(complaint);
  }

  get hasErrors(): boolean {
    return this.#complaints.some(({ severity }) => severity !== 'warning');
  }

  /** In the order of files, lines and columns; what an alias brings up again is said once. */
  toDiagnostics(): Diagnostic[] {
    const seen = new Set<string>();
    const sorted = [...this.#complaints].sort(
      (a, b) =>
        (a.place?.file.index ?? -1) - (b.place?.file.index ?? -1) ||
        (a.place?.offset ?? 0) - (b.place?.offset ?? 0),
    );
    return sorted
      .filter(({ place, code, message }) => {
        const identity = `${place?.file.index}:${place?.offset}:${code}:${message}`;
        return !seen.has(identity) && seen.add(identity);
      })
      .map((complaint) => this.#toDiagnostic(complaint));
  }

  #toDiagnostic({ severity = 'error', code, message, hint, place, related }: Complaint): Diagnostic {
    return {
      severity,
      code,
      message,
      ...(hint === undefined ? {} : { hint }),
      ...(place === undefined ? {} : { source: sourceOf(place), excerpt: this.#excerptOf(place) }),
      ...(related === undefined
        ? {}
        : { related: { message: related.message, source: sourceOf(related.place) } }),
    };
  }

  /**
   * The line with the mark, or the part of it around the mark. A secret's value that somebody
   * has written out in the file is masked here too.
   */
  #excerptOf({ file, offset, length }: Place): { text: string; length: number; column?: number } {
    const { start, end } = file.lineAround(offset);
    // Wider than what is shown, so that no secret is cut in two before it is recognised.
    const from = Math.max(start, offset - 2000);
    const to = Math.min(end, offset + 2000);
    const line = file.text.slice(from, to);
    const shown = this.#secrets.mask(line);
    const column = shown === line ? offset - from : this.#secrets.mask(line.slice(0, offset - from)).length;
    const mark = shown === line ? Math.max(1, Math.min(length, to - offset, EXCERPT_LENGTH / 2)) : 1;
    const excerpt = cutAround(shown, Math.min(column, shown.length), mark);
    const moved = from !== start || shown !== line || excerpt.text !== shown;
    return moved ? excerpt : { text: excerpt.text, length: excerpt.length };
  }
}

/** At most `EXCERPT_LENGTH` characters with the mark among them. `column` counts from 0, in the answer from 1. */
function cutAround(line: string, column: number, length: number) {
  if (line.length <= EXCERPT_LENGTH) return { text: line, length, column: column + 1 };
  const room = EXCERPT_LENGTH - 2 * CUT.length;
  const from = Math.max(0, Math.min(column - Math.floor((room - length) / 2), line.length - room));
  const head = from === 0 ? '' : CUT;
  const tail = from + room < line.length ? CUT : '';
  const text = head + line.slice(from, from + room) + tail;
  return { text, length, column: column - from + head.length + 1 };
}
