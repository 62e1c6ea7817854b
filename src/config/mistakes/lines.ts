import { anyKnownKey } from './known-keys.ts';
import type { Line } from './mistake.ts';

/** Spaces that word processors and web pages put for an ordinary one. */
export const WIDE_SPACE = '\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000';
/** What nobody sees at all. */
export const NO_WIDTH = '\\u00ad\\u200b-\\u200f\\u2060\\ufeff';

const SPACE = `[ \\t${WIDE_SPACE}${NO_WIDTH}]`;
const START = new RegExp(
  `^(${SPACE}*)((?:-(?:${SPACE}+|$))*)(?:([A-Za-z_][\\w-]*)(${SPACE}*:(?:${SPACE}+|$)))?`,
);
const BLOCK_TEXT = /^(?:[&!]\S*\s+)*[|>][-+0-9]*$/;
const NO_CONTENT = /^\s*(?:#|$)|^(?:---|\.\.\.|%)/;

/** The lines of a text, but for comments, blank ones and those inside of texts over several lines. */
export function linesOf(text: string): Line[] {
  const raw = rawLines(text);
  const lines: Line[] = [];
  for (let index = 0; index < raw.length; index += 1) {
    const { start, whole } = raw[index] ?? { start: 0, whole: '' };
    if (NO_CONTENT.test(whole)) continue;
    const line = lineOf(whole, start);
    lines.push(line);
    if (BLOCK_TEXT.test(line.value)) {
      // Its text stands deeper.
      const column = columnOf(line);
      while (index + 1 < raw.length && isDeeper(raw[index + 1]?.whole ?? '', column)) index += 1;
    } else if (/^["']/.test(line.value)) index = passQuoted(line, raw, index);
    else if (/^[[{]/.test(line.value)) index = passBrackets(line, raw, index, lines);
  }
  return lines;
}

interface RawLine {
  start: number;
  whole: string;
}

function rawLines(text: string): RawLine[] {
  const lines: RawLine[] = [];
  for (let start = 0; start <= text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    lines.push({ start, whole: text.slice(start, text[end - 1] === '\r' && end > start ? end - 1 : end) });
    start = end + 1;
  }
  return lines;
}

function lineOf(whole: string, start: number): Line {
  const [head = '', indent = '', dashes = '', key = null, colon = ''] = START.exec(whole) ?? [];
  const value = withoutComment(whole.slice(head.length));
  return {
    start,
    end: start + whole.length,
    indent,
    dashes: dashes === '' ? [] : dashes.split(/(?=-)/),
    key,
    colon,
    value,
    valueAt: start + head.length,
    inBrackets: false,
  };
}

/** Where its key stands; without one where the last `- ` stands. */
export function columnOf({ indent, dashes, key }: Line): number {
  const before = key === null ? dashes.slice(0, -1) : dashes;
  return indent.length + before.join('').length;
}

const QUOTED_BEFORE_COMMENT = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s+#/;

/** Without a comment and the white space before it. A # in quotes starts none. */
function withoutComment(text: string): string {
  if (text.startsWith('#')) return '';
  const closed = QUOTED_BEFORE_COMMENT.exec(text)?.[1];
  if (closed !== undefined) return closed;
  // Its quotes are not where they should be: what it may be is all up to the last one.
  const quote = /^["']/.exec(text)?.[0];
  const quoted = quote === undefined ? 0 : Math.max(0, text.lastIndexOf(quote));
  const comment = text.slice(quoted).search(/\s#/);
  return (comment === -1 ? text : text.slice(0, quoted + comment)).replace(/(?<![ \t])[ \t]+$/, '');
}

function isDeeper(whole: string, column: number): boolean {
  const depth = whole.search(/\S/);
  return depth === -1 || depth > column;
}

/** Passes by the further lines of a text in quotes. Returns the index of its last line. */
function passQuoted(line: Line, raw: readonly RawLine[], index: number): number {
  const quote = line.value.charAt(0);
  if (line.value.indexOf(quote, 1) !== -1) return index;
  const isEntry = new RegExp(`^\\s*(?:- +)*(?:-|${anyKnownKey()}\\s*:)(?:\\s|$)`);
  for (let at = index + 1; at < raw.length; at += 1) {
    const whole = raw[at]?.whole ?? '';
    if (isEntry.test(whole)) break;
    const end = whole.indexOf(quote);
    if (end !== -1) {
      if (/^\s*(?:#|$)/.test(whole.slice(end + 1))) return at;
      break;
    }
  }
  const end = line.valueAt + line.value.length;
  line.unclosed = { opensAt: line.valueAt, closing: quote, closesAt: end };
  return index;
}

/** Adds the further lines of what stands in brackets. Returns the index of the last one. */
function passBrackets(line: Line, raw: readonly RawLine[], index: number, lines: Line[]): number {
  const column = line.key === null && line.dashes.length === 0 ? -1 : columnOf(line);
  const open = bracketsAfter([], line.value, line.valueAt);
  let last = line.valueAt + line.value.length;
  let at = index;
  while (open.length > 0 && at + 1 < raw.length) {
    const { start, whole } = raw[at + 1] ?? { start: 0, whole: '' };
    // YAML has it so: what is open goes on deeper than its key. Its end alone may stand below the key.
    if (!/^\s*(?:[\]}#]|$)/.test(whole) && !isDeeper(whole, column)) break;
    at += 1;
    if (NO_CONTENT.test(whole)) continue;
    bracketsAfter(open, whole, start);
    const indent = /^\s*/.exec(whole)?.[0] ?? '';
    const value = withoutComment(whole.slice(indent.length));
    const valueAt = start + indent.length;
    last = valueAt + value.length;
    lines.push({
      start,
      end: start + whole.length,
      indent,
      dashes: [],
      key: null,
      colon: '',
      value,
      valueAt,
      inBrackets: true,
    });
  }
  const [outermost] = open;
  if (outermost) {
    const closing = open.toReversed().map(({ bracket }) => (bracket === '[' ? ']' : ' }'));
    line.unclosed = { opensAt: outermost.at, closing: closing.join(''), closesAt: last };
  }
  return at;
}

interface OpenBracket {
  bracket: string;
  at: number;
}

/** What in a piece of a list in brackets holds no brackets of its own. */
const PASSED = /\$\{[^}]*\}|"(?:[^"\\]|\\.)*"|(?<![\w])'(?:[^']|'')*'|(?:^|\s)#.*$/g;

/** The brackets that are open behind a piece of text, the outermost first. */
function bracketsAfter(open: OpenBracket[], piece: string, start: number): OpenBracket[] {
  const plain = piece.replace(PASSED, (passed) => ' '.repeat(passed.length));
  for (const { 0: bracket, index } of plain.matchAll(/[[\]{}]/g)) {
    if (bracket === '[' || bracket === '{') open.push({ bracket, at: start + index });
    else if (open.at(-1)?.bracket === (bracket === ']' ? '[' : '{')) open.pop();
  }
  return open;
}
