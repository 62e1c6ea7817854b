import type { Node } from 'yaml';
import type { Source } from '../../model/source.ts';

/** The name under which standard input is given. */
export const STDIN = '-';

/** A stretch of a file: what a complaint points at. Offsets count UTF-16 units from 0. */
export interface Place {
  file: SourceFile;
  offset: number;
  length: number;
}

/** One text of the configuration, with what is needed to name places in it. */
export class SourceFile {
  /** As given; `-` is standard input. */
  readonly name: string;
  /** As it is shown. */
  readonly shownName: string;
  /** Its place among the files, from 0. */
  readonly index: number;
  readonly text: string;
  /** The document's content; null until it was parsed without a fault. */
  root: Node | null = null;
  /** Lines of it could not be read: what is missing may stand in them. */
  hasLostLines = false;
  /** What each alias stands for. */
  readonly aliasTargets = new Map<Node, Node>();
  readonly #lineStarts: Uint32Array;

  constructor(name: string, index: number, text: string) {
    this.name = name;
    this.shownName = name === STDIN ? '<stdin>' : name;
    this.index = index;
    this.text = text;
    this.#lineStarts = lineStartsOf(text);
  }

  sourceAt(offset: number): Source {
    const line = this.#lineIndexAt(offset);
    return { file: this.shownName, line: line + 1, column: offset - (this.#lineStarts[line] ?? 0) + 1 };
  }

  /** The offset of a place of this file; past its end the end. */
  offsetOf({ line, column }: Pick<Source, 'line' | 'column'>): number {
    const start = this.#lineStarts[line - 1] ?? this.text.length;
    return Math.min(start + column - 1, this.text.length);
  }

  /** Where the line that holds `offset` starts, and where it ends without its line break. */
  lineAround(offset: number): { start: number; end: number } {
    const line = this.#lineIndexAt(offset);
    const start = this.#lineStarts[line] ?? 0;
    const next = this.#lineStarts[line + 1];
    const end = next === undefined ? this.text.length : next - 1;
    return { start, end: end > start && this.text[end - 1] === '\r' ? end - 1 : end };
  }

  /** Binary search: the last line that starts at or before the offset. */
  #lineIndexAt(offset: number): number {
    let low = 0;
    let high = this.#lineStarts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low;
  }
}

/** Counted first: a list that grows takes several times the memory, and a file may be all line breaks. */
function lineStartsOf(text: string): Uint32Array {
  let count = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  const starts = new Uint32Array(count);
  let line = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    line += 1;
    starts[line] = at + 1;
  }
  return starts;
}

/** The place of a node: its whole text where that is one line, otherwise up to the end of the first line. */
export function placeOfNode(file: SourceFile, node: Node): Place {
  const [start, end] = node.range ?? [0, 0];
  return placeBetween(file, start, end);
}

/** From `start` to `end`, but not past the line. At least one character long. */
export function placeBetween(file: SourceFile, start: number, end: number): Place {
  const offset = Math.min(start, file.text.length);
  const { end: lineEnd } = file.lineAround(offset);
  const marked = file.text.slice(offset, Math.max(offset, Math.min(end, lineEnd))).trimEnd();
  return { file, offset, length: Math.max(1, marked.length) };
}

/** From a source to the end of its line. */
export function placeOnLineOf(file: SourceFile, source: Source): Place {
  const offset = file.offsetOf(source);
  return placeBetween(file, offset, file.lineAround(offset).end);
}

export function sourceOf(place: Place): Source {
  return place.file.sourceAt(place.offset);
}
