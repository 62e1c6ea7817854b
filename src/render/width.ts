import fastStringWidth from 'fast-string-width';

/** Letters that take one column each, whatever their neighbours. */
const PLAIN = /^[\x20-\x7e]*$/;

/** Columns that a text takes in a terminal; colour codes take none. */
export function displayWidth(text: string): number {
  return PLAIN.test(text) ? text.length : fastStringWidth(text);
}

export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

/** Cuts the middle out, so that both ends stay to be recognised: `https://hooks.…/chaport?key=***`. */
export function cutMiddle(text: string, width: number): string {
  // No letter is wider than two columns.
  if (text.length * 2 <= width || displayWidth(text) <= width) return text;
  const room = Math.max(1, width - 1);
  const head = takeColumns(graphemesOf(text), Math.ceil(room * 0.6)).join('');
  const columns = room - displayWidth(head);
  const tail = takeColumns(lastGraphemes(text.slice(head.length), columns), columns);
  return `${head}…${tail.reverse().join('')}`;
}

/** Breaks a text into pieces of at most `width` columns, wherever that falls. Nothing is lost. */
export function breakAnywhere(text: string, width: number): string[] {
  const room = Math.max(2, width);
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const grapheme of graphemesOf(text)) {
    const columns = displayWidth(grapheme);
    if (line !== '' && used + columns > room) {
      lines.push(line);
      line = '';
      used = 0;
    }
    line += grapheme;
    used += columns;
  }
  return [...lines, line];
}

/** Wraps at spaces. A word wider than a line stays whole, since it is likely to be copied. */
export function wrapWords(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text.split(' ')) {
    const columns = displayWidth(word);
    if (line !== '' && used + 1 + columns > width) {
      lines.push(line);
      line = word;
      used = columns;
    } else {
      line = line === '' ? word : `${line} ${word}`;
      used = used === 0 ? columns : used + 1 + columns;
    }
  }
  return [...lines, line];
}

let segmenter: Intl.Segmenter | null = null;

/** The segmenter is slow to make, and most texts have no letter that needs it. */
function segmentsOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}

/** Each step of a segmenter takes as long as its text is: it gets a long one piece by piece. */
const PIECE = 500;

/** Whole letters with their marks, from the start, no more than are asked for. */
function* graphemesOf(text: string): Generator<string, void> {
  if (PLAIN.test(text)) return yield* text;
  for (let start = 0, size = PIECE; start < text.length; ) {
    const end = outsidePairs(text, start + size);
    const found = Array.from(segmentsOf(text.slice(start, end)), ({ segment }) => segment);
    // The last one may go on behind the piece.
    const whole = end < text.length ? found.slice(0, -1) : found;
    yield* whole;
    start += whole.join('').length;
    size = whole.length === 0 ? size * 2 : PIECE;
  }
}

/** The last ones, the very last first: of a long text no more than can matter for so many columns. */
function lastGraphemes(text: string, columns: number): string[] {
  const end = text.slice(outsidePairs(text, Math.max(0, text.length - PIECE - columns * 16)));
  const found = [...graphemesOf(end)];
  // The first one may have begun before the piece.
  return (end.length < text.length ? found.slice(1) : found).reverse();
}

/** The place itself, or the one behind it where it would part the two halves of a character. */
function outsidePairs(text: string, place: number): number {
  return /^[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(place - 1, place + 1)) ? place + 1 : place;
}

function takeColumns(graphemes: Iterable<string>, columns: number): string[] {
  const taken: string[] = [];
  let used = 0;
  for (const grapheme of graphemes) {
    used += displayWidth(grapheme);
    if (used > columns) break;
    taken.push(grapheme);
  }
  return taken;
}
