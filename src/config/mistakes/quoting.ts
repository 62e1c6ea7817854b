import { anyKnownKey } from './known-keys.ts';
import { inQuotes, type Line, type Mistake, type ReadText, type Recogniser } from './mistake.ts';

/** Texts that YAML reads as something else, or not at all, as long as they have no quotes around them. */
export const missingQuotes: Recogniser = (reading) => {
  const faulty = faultyOffsets(reading);
  if (faulty.length === 0) return [];
  let next = 0;
  return reading.lines.flatMap((line) => {
    while ((faulty[next] ?? Number.POSITIVE_INFINITY) < line.start) next += 1;
    const offsets: number[] = [];
    for (let at = next; (faulty[at] ?? Number.POSITIVE_INFINITY) <= line.end; at += 1)
      offsets.push(faulty[at] ?? 0);
    if (offsets.length === 0) return [];
    const inside = itemMistakes(line, offsets);
    return inside.length > 0 ? inside : valueMistakes(line);
  });
};

function faultyOffsets({ errors }: ReadText): number[] {
  const offsets = errors.flatMap(({ pos: [from, to] }) => (to - from > 1 ? [from, to - 1] : [from]));
  return offsets.sort((a, b) => a - b);
}

function valueMistakes(line: Line): Mistake[] {
  const { value, valueAt } = line;
  if (line.inBrackets || value === '') return [];
  const twoOnOneLine = secondKeyOn(line);
  if (twoOnOneLine) return [twoOnOneLine];
  const why = whyQuotes(value);
  if (why === null) return [];
  return [quoting(why.message, value, why.text, valueAt, why.at)];
}

function quoting(message: string, value: string, text: string, valueAt: number, at = 0): Mistake {
  const quoted = inQuotes(text);
  return {
    code: 'missing-quotes',
    message,
    hint: `put it in quotes: ${quoted}`,
    from: valueAt + at,
    to: valueAt + value.length,
    fix: { from: valueAt, to: valueAt + value.length, text: quoted },
  };
}

interface Reason {
  message: string;
  /** What the text is without the quotes it has. */
  text: string;
  /** Where in the value the trouble begins. */
  at?: number;
}

const STARTS: Readonly<Record<string, string>> = {
  '@': 'a text that begins with "@" needs quotes',
  '%': 'a text that begins with "%" needs quotes',
  '`': 'a text that begins with "`" needs quotes',
  '*': 'a text that begins with "*" needs quotes',
  '&': 'a text that begins with "&" needs quotes: its first word would be lost',
  '!': 'a text that begins with "!" needs quotes: its first word would be lost',
  '|': 'a text that begins with "|" needs quotes',
  '>': 'a text that begins with ">" needs quotes',
  ',': 'a text that begins with "," needs quotes',
  ']': 'a text that begins with "]" needs quotes',
  '}': 'a text that begins with "}" needs quotes',
  '-': 'a text that begins with "- " needs quotes',
  '?': 'a text that begins with "? " needs quotes',
};

function whyQuotes(value: string): Reason | null {
  const first = value.charAt(0);
  if (first === '"' || first === "'") return innerQuote(value, first);
  const message = STARTS[first];
  const needsSpace = first === '-' || first === '?';
  if (message && (!needsSpace || /^.\s/.test(value))) return { message, text: value };
  if (/^[[{].*[\]}]\s*\S/.test(value) && !/[\]}]$/.test(value)) {
    return { message: `a text that begins with "${first}" needs quotes`, text: value };
  }
  const colon = value.search(/:(?:\s|$)/);
  if (colon > 0 && first !== '{' && first !== '[') {
    return { message: 'a text with ": " in it needs quotes', text: value, at: colon };
  }
  return null;
}

/** Whatever is wrong with the line, it is not this. */
const WELL_QUOTED = /^(?:'(?:[^']|'')*'|"(?:[^"\\]|\\["\\])*")$/;

/** `'D'Angelo'`, `"Anke "Ann" Meier"`, `"Anke" Meier`, and a backslash that means nothing. */
function innerQuote(value: string, quote: string): Reason | null {
  const second = value.indexOf(quote, 1);
  if (second === -1 || WELL_QUOTED.test(value)) return null;
  const isWhole = value.length > 1 && value.endsWith(quote);
  const inner = value.slice(1, -1);
  if (isWhole && second === value.length - 1) {
    const at = value.indexOf('\\');
    if (quote === "'" || at === -1) return null;
    return { message: 'a "\\" in double quotes means something else to YAML', text: inner, at };
  }
  const name = quote === '"' ? 'double quote' : 'apostrophe';
  if (isWhole) return { message: `this ${name} ends the text too early`, text: inner, at: second };
  return { message: `the text in quotes ends here, and more follows`, text: value, at: second };
}

let secondKey: RegExp | undefined;

/** `email: a@acme.example name: Anke`. */
function secondKeyOn({ key, value, valueAt, indent, dashes }: Line): Mistake | null {
  secondKey ??= new RegExp(`^[^"'[{\\s][^"'[{]*?([,;]?\\s+)(?=(${anyKnownKey()}):\\s)`);
  const [found, gap = '', name = ''] = (key === null ? null : secondKey.exec(value)) ?? [];
  if (found === undefined) return null;
  const at = valueAt + found.length;
  const column = indent.length + dashes.join('').length;
  return {
    code: 'second-key',
    message: `"${name}" stands on the line of "${key}", and needs one of its own`,
    hint: `begin a new line before "${name}", as far to the right as "${key}"`,
    from: at,
    to: at + name.length,
    fix: { from: at - gap.length, to: at, text: `\n${' '.repeat(column)}` },
  };
}

const ITEM_START = /[@`%*&!|>]/;

/** Texts inside of brackets. */
function itemMistakes({ value, valueAt, inBrackets }: Line, offsets: readonly number[]): Mistake[] {
  if (!inBrackets && !/^[[{]/.test(value)) return [];
  const mistakes: Mistake[] = [];
  for (const { 0: item, index } of value.matchAll(
    /(?<=(?:[[{,]|\w:)\s*)(?:\{[^{}]*\}|[^\s,[\]{}"'][^,[\]{}]*)(?<!\s)/g,
  )) {
    const text = item.replace(/^\w+:\s+/, '');
    const from = valueAt + index + item.length - text.length;
    const first = text.charAt(0);
    if (!ITEM_START.test(first) || !offsets.some((at) => at >= from - 1 && at <= from + text.length))
      continue;
    mistakes.push(quoting(STARTS[first] ?? '', text, text, from));
  }
  return mistakes;
}
