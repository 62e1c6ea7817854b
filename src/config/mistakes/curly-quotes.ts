import { inQuotes, type Line, type Mistake, type Recogniser, type TextEdit } from './mistake.ts';

const OPENING = '“”„«»‘’‚‹›"\'';
const CLOSING = OPENING;
const CURLY = /[“”„«»‘’‚‹›]/;
const WHOLE = new RegExp(`^([${OPENING}])(.*)([${CLOSING}])$`, 's');
const IN_BRACKETS = /(?<=[[{,:]\s*)[“„«‘‚‹"][^“”„«»‘‚‹›"]*?[”“»’‘›"](?=\s*[,\]}])/g;

/** The text inside of quotes of a word processor; null where they do not enclose all of it. */
export function withoutCurlyQuotes(text: string): string | null {
  const [, first = '', inner = '', last = ''] = WHOLE.exec(text) ?? [];
  if (inner.trim() === '' || !(CURLY.test(first) || CURLY.test(last))) return null;
  // “A” and “B” are two.
  return new RegExp(`[“”„«»‹›"${first === "'" ? "'" : ''}]`).test(inner) ? null : inner;
}

/** Quotes that a word processor put around a whole value: they would be part of it. */
export const curlyQuotes: Recogniser = (reading) =>
  CURLY.test(reading.text)
    ? reading.lines.flatMap((line) => [...aroundValue(line), ...inBrackets(line)])
    : [];

function aroundValue({ value, valueAt, inBrackets: isInside }: Line): Mistake[] {
  const inner = isInside ? null : withoutCurlyQuotes(value);
  return inner === null ? [] : [complaint(value, inner, valueAt)];
}

function inBrackets({ value, valueAt, inBrackets: isInside }: Line): Mistake[] {
  if (!isInside && !/^[[{]/.test(value)) return [];
  return [...value.matchAll(IN_BRACKETS)].flatMap(({ 0: found, index }) => {
    const inner = withoutCurlyQuotes(found);
    return inner === null ? [] : [complaint(found, inner, valueAt + index)];
  });
}

function complaint(found: string, inner: string, from: number): Mistake {
  const text = inQuotes(inner);
  const fix: TextEdit = { from, to: from + found.length, text };
  return {
    code: 'curly-quotes',
    message: `these quotes are those of a word processor, and would become a part of the text`,
    hint: `write straight ones: ${text}; where they belong to the text, put straight ones around them`,
    from,
    to: from + found.length,
    fix,
  };
}
