import type { SecretBook } from '../../model/secrets.ts';
import type { Diagnostic } from '../../model/source.ts';
import type { ConfigText } from './config-text.ts';
import { type Place, placeOnLineOf, SourceFile } from './source-file.ts';

/** Longest excerpt; of a longer line the part around the mark is shown. */
const EXCERPT_LENGTH = 200;
const CUT = '…';

/**
 * Gives the diagnostics that have a place but no excerpt, such as the planner's, their line of the
 * texts that were parsed. A place in any other file stays without.
 */
export function withExcerpts(
  diagnostics: readonly Diagnostic[],
  texts: readonly ConfigText[],
  secrets: SecretBook,
): Diagnostic[] {
  const files = new Map<string, SourceFile>();
  for (const [index, { name, bytes }] of texts.entries()) {
    const file = new SourceFile(name, index, new TextDecoder().decode(bytes));
    files.set(file.shownName, file);
  }
  return diagnostics.map((diagnostic) => {
    const { source, excerpt } = diagnostic;
    const file = source && files.get(source.file);
    if (excerpt || !file) return diagnostic;
    return { ...diagnostic, excerpt: excerptOf(placeOnLineOf(file, source), secrets) };
  });
}

/**
 * The line with the mark, or the part of it around the mark. A secret's value that somebody
 * has written out in the file is masked here too.
 */
export function excerptOf(
  { file, offset, length }: Place,
  secrets: SecretBook,
): { text: string; length: number; column?: number } {
  const { start, end } = file.lineAround(offset);
  // Wider than what is shown, so that no secret is cut in two before it is recognised.
  const from = Math.max(start, offset - 2000);
  const to = Math.min(end, offset + 2000);
  const line = file.text.slice(from, to);
  const shown = secrets.mask(line);
  const column = shown === line ? offset - from : secrets.mask(line.slice(0, offset - from)).length;
  const mark = shown === line ? Math.max(1, Math.min(length, to - offset, EXCERPT_LENGTH / 2)) : 1;
  const excerpt = cutAround(shown, Math.min(column, shown.length), mark);
  const moved = from !== start || shown !== line || excerpt.text !== shown;
  return moved ? excerpt : { text: excerpt.text, length: excerpt.length };
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
