import { NO_WIDTH, WIDE_SPACE } from './lines.ts';
import type { Line, Mistake, Recogniser, TextEdit } from './mistake.ts';

const ODD = new RegExp(`[${WIDE_SPACE}${NO_WIDTH}]`);
const EVERY_WIDE = new RegExp(`[${WIDE_SPACE}]`, 'g');
const EVERY_WIDTHLESS = new RegExp(`[${NO_WIDTH}]`, 'g');
const ODD_END = new RegExp(
  `[ \\t${WIDE_SPACE}${NO_WIDTH}]*[${WIDE_SPACE}${NO_WIDTH}][ \\t${WIDE_SPACE}${NO_WIDTH}]*$`,
);

/** With ordinary spaces, and nothing that cannot be seen. */
export function withPlainSpaces(text: string): string {
  return text.replace(EVERY_WIDE, ' ').replace(EVERY_WIDTHLESS, '');
}

/** Spaces that are none, where YAML needs them: pasted from a word processor, a chat or a web page. */
export const oddSpaces: Recogniser = (reading) =>
  ODD.test(reading.text)
    ? reading.lines.flatMap((line) => [...oddStart(line, reading.text), ...oddEnd(line)])
    : [];

function oddStart(line: Line, text: string): Mistake[] {
  const head = text.slice(line.start, line.valueAt);
  if (!ODD.test(head)) return [];
  const fix = { from: line.start, to: line.valueAt, text: withPlainSpaces(head) };
  const at = head.search(ODD);
  return [complaint(fix, line.start + at)];
}

/** Behind a value nobody wants any. */
function oddEnd({ start, value, valueAt }: Line): Mistake[] {
  const at = value.search(ODD_END);
  if (at === -1 || /^["']/.test(value)) return [];
  const from = valueAt + at;
  return start > from ? [] : [complaint({ from, to: valueAt + value.length, text: '' }, from)];
}

function complaint(fix: TextEdit, at: number): Mistake {
  return {
    code: 'odd-space',
    message: 'a space on this line is not an ordinary one: it looks like a space, or like nothing at all',
    hint: 'such spaces come from word processors and web pages: type an ordinary one in its place, or run `chaportctl fmt --fix`',
    from: at,
    to: at + 1,
    fix,
  };
}

/** Tabs in front of a line, and behind a `-`: lines one below the other are one complaint. */
export const tabs: Recogniser = (reading) => {
  const { text } = reading;
  if (!text.includes('\t')) return [];
  const runs: Line[][] = [];
  let before: Line | undefined;
  for (const line of reading.lines) {
    const isTabbed = !line.inBrackets && `${line.indent}${line.dashes.join('')}`.includes('\t');
    if (isTabbed && before && runs.at(-1)?.at(-1) === before) runs.at(-1)?.push(line);
    else if (isTabbed) runs.push([line]);
    before = line;
  }
  return runs.map((run) => tabMistake(run, text));
};

function tabMistake(run: readonly Line[], text: string): Mistake {
  const from = run[0]?.start ?? 0;
  const to = headEnd(run.at(-1));
  const readAs: TextEdit[] = [];
  let mended = '';
  let at = from;
  for (const line of run) {
    const indent = line.indent.replaceAll('\t', '  ');
    const dashes = line.dashes.map((dash) => (dash.includes('\t') ? '- ' : dash)).join('');
    mended += text.slice(at, line.start) + indent + dashes;
    at = headEnd(line);
    readAs.push({ from: line.start, to: at, text: indent + dashes });
  }
  const tab = text.indexOf('\t', from);
  const below = run.length - 1;
  return {
    code: 'tab-indentation',
    message: `this line${below === 0 ? '' : ` and the ${below === 1 ? 'one' : below} below it`} must be indented with spaces, not with tabs`,
    hint: 'put two spaces in place of each tab, or run `chaportctl fmt --fix`',
    from: tab,
    to: tab + 1,
    fix: { from, to, text: mended },
    readAs,
  };
}

function headEnd(line: Line | undefined): number {
  return line ? line.start + line.indent.length + line.dashes.join('').length : 0;
}
