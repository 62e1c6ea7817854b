import fastStringWidth from 'fast-string-width';

/** Columns that a text takes in a terminal; colour codes take none. */
export function displayWidth(text: string): number {
  return fastStringWidth(text);
}

export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

/** Cuts the middle out, so that both ends stay to be recognised: `https://hooks.…/chaport?key=***`. */
export function cutMiddle(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  const graphemes = splitGraphemes(text);
  const room = Math.max(1, width - 1);
  const head = takeColumns(graphemes, Math.ceil(room * 0.6));
  const rest = graphemes.slice(head.length).reverse();
  const tail = takeColumns(rest, room - displayWidth(head.join(''))).reverse();
  return `${head.join('')}…${tail.join('')}`;
}

/** Breaks a text into pieces of at most `width` columns, wherever that falls. Nothing is lost. */
export function breakAnywhere(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = splitGraphemes(text);
  while (rest.length > 0) {
    const line = takeColumns(rest, Math.max(2, width));
    const taken = Math.max(1, line.length);
    lines.push(rest.slice(0, taken).join(''));
    rest = rest.slice(taken);
  }
  return lines.length === 0 ? [''] : lines;
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
function splitGraphemes(text: string): string[] {
  if (/^[\x20-\x7e]*$/.test(text)) return text.split('');
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function takeColumns(graphemes: readonly string[], columns: number): string[] {
  let used = 0;
  const end = graphemes.findIndex((grapheme) => {
    used += displayWidth(grapheme);
    return used > columns;
  });
  return end === -1 ? [...graphemes] : graphemes.slice(0, end);
}
