import type { Source } from '../../model/source.ts';
import { escapeForTerminal, hasRightToLeft } from '../escape.ts';
import { breakAnywhere, cutMiddle, displayWidth, wrapWords } from '../width.ts';
import { placeOf } from '../wording.ts';
import type { Layout } from './style.ts';

/** Columns that a sentence needs to stand beside its mark; otherwise it goes on near the left edge. */
const NARROWEST_SENTENCE = 20;

/** Blocks with a blank line between them, and a line break at the end. */
export function joinBlocks(blocks: readonly (readonly string[])[]): string {
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

/** `left` with `right` at the edge of the line, or `null` where they do not fit. */
export function withRightEdge(left: string, right: string, width: number): string | null {
  const gap = width - displayWidth(left) - displayWidth(right);
  return gap < 2 ? null : left + ' '.repeat(gap) + right;
}

/** The ways to write a place, the fullest first; a long folder is left out, so that all lines look alike. */
export function placeCandidates(source: Source, { width, verbose }: Layout): string[] {
  const place = escapeForTerminal(placeOf(source));
  // Of two places the folders are what tells them apart.
  if (source.overrides) return [place];
  const name = place.slice(place.lastIndexOf('/') + 1);
  if (name === place) return [place];
  const isLong = !verbose && displayWidth(place) > width / 3;
  return isLong ? [`…/${name}`] : [place, `…/${name}`];
}

/** Puts a place at the right of the first line that has room for it, or under them all. */
export function withPlace(lines: readonly string[], source: Source | undefined, layout: Layout): string[] {
  if (!source) return [...lines];
  const candidates = placeCandidates(source, layout);
  const places = candidates.filter((place) => displayWidth(place) < layout.width);
  for (const [index, line] of lines.entries()) {
    for (const place of places) {
      const whole = withRightEdge(line, layout.styles.quiet(place), layout.width);
      if (whole !== null) return lines.toSpliced(index, 1, whole);
    }
  }
  const place = cutMiddle(candidates[0] ?? '', layout.width - 6);
  return [...lines, ' '.repeat(layout.width - displayWidth(place)) + layout.styles.quiet(place)];
}

/** A sentence behind a mark, wrapped under itself. The text is foreign and is escaped here. */
export function markedSentence(mark: string, text: string, layout: Layout): string[] {
  const markWidth = displayWidth(mark);
  const indent = ' '.repeat(layout.width - markWidth < NARROWEST_SENTENCE ? 4 : markWidth + 1);
  return wrapWords(escapeForTerminal(text), layout.width - indent.length).map((line, index) =>
    (index === 0 ? `${mark} ${line}` : indent + line).trimEnd(),
  );
}

/** Fits an escaped text: whole where `keepWhole`, over several lines if it must be; otherwise cut in the middle. */
export function fitLines(text: string, width: number, keepWhole: boolean): string[] {
  if (displayWidth(text) <= width) return [text];
  return keepWhole ? breakAnywhere(text, width) : [cutMiddle(text, width)];
}

/**
 * `name  "old" → "new"`, or the new value under the old one where they are long, or where
 * right-to-left letters would make a terminal draw the two in the wrong order.
 */
export function oldAndNew(name: string, before: string, after: string, layout: Layout): string[] {
  const { styles, width, verbose } = layout;
  const room = width - displayWidth(name);
  const arrow = styles.quiet('→');
  const together = displayWidth(before) + 3 + displayWidth(after) <= room;
  if (together && !hasRightToLeft(before + after)) {
    return [`${name}${styles.quiet(before)} ${arrow} ${after}`];
  }
  // Two values that are cut to the same text would hide the very difference.
  const keepWhole = verbose || cutMiddle(before, room) === cutMiddle(after, room);
  const gutter = ' '.repeat(displayWidth(name));
  return [
    ...fitLines(before, room, keepWhole).map(
      (part, index) => (index === 0 ? name : gutter) + styles.quiet(part),
    ),
    ...fitLines(after, room, keepWhole).map(
      (part, index) => (index === 0 ? `${gutter.slice(2)}${arrow} ` : gutter) + part,
    ),
  ];
}
