import type { TextEdit } from './mistake.ts';

/** One round of edits, and by how much each moves what follows. */
interface Layer {
  edits: readonly TextEdit[];
  /** Where the edit's own text starts in the text after the round. */
  starts: readonly number[];
}

/** A text that is mended in rounds, and in which every place is known in the text that a person wrote. */
export class MendedText {
  text: string;
  readonly #layers: Layer[] = [];

  constructor(text: string) {
    this.text = text;
  }

  get isMended(): boolean {
    return this.#layers.length > 0;
  }

  /** Of edits that meet, the first is made. */
  apply(edits: readonly TextEdit[]): void {
    const kept = apart(edits);
    if (kept.length === 0) return;
    const starts: number[] = [];
    let moved = 0;
    for (const { from, to, text } of kept) {
      starts.push(from + moved);
      moved += text.length - (to - from);
    }
    this.text = withEdits(this.text, kept);
    this.#layers.push({ edits: kept, starts });
  }

  /** The place in what was written. */
  originalOf(offset: number): number {
    return this.#layers.reduceRight((at, layer) => before(layer, at).offset, offset);
  }

  /** The same edit of what was written; null where it changes what was mended before. */
  originalEdit({ from, to, text }: TextEdit): TextEdit | null {
    let edit: TextEdit | null = { from, to, text };
    for (const layer of this.#layers.toReversed()) {
      if (edit === null) return null;
      edit = editBefore(layer, edit);
    }
    return edit;
  }
}

function editBefore(layer: Layer, { from, to, text }: TextEdit): TextEdit | null {
  const [start, end] = [before(layer, from), before(layer, to)];
  const isWhole = start.isExact && end.isExact && end.offset - start.offset === to - from;
  return isWhole ? { from: start.offset, to: end.offset, text } : null;
}

/** Where a place was before a round; not exact inside of what the round wrote. */
function before({ edits, starts }: Layer, offset: number): { offset: number; isExact: boolean } {
  let low = -1;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  const edit = edits[low];
  if (!edit) return { offset, isExact: true };
  const into = offset - (starts[low] ?? 0);
  if (into === 0) return { offset: edit.from, isExact: true };
  if (into < edit.text.length) {
    return { offset: Math.min(edit.to, edit.from + into), isExact: false };
  }
  return { offset: edit.to + into - edit.text.length, isExact: true };
}

/** In order, and none that meets an earlier one. */
export function apart(edits: readonly TextEdit[]): TextEdit[] {
  let end = -1;
  return edits
    .toSorted((a, b) => a.from - b.from || a.to - b.to)
    .filter(({ from, to }) => {
      if (from < end || (from === end && from === to)) return false;
      end = Math.max(to, from);
      return true;
    });
}

/** @param edits in order and apart. */
export function withEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { from, to, text: put } of edits) {
    parts.push(text.slice(at, from), put);
    at = to;
  }
  return parts.join('') + text.slice(at);
}
