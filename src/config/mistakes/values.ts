import type * as z from 'zod';
import type { DiagnosticCode } from '../../model/codes.ts';
import { KNOWN_EVENTS } from '../../model/kinds/odd-values.ts';
import { meantWords } from '../../model/kinds/words.ts';
import { withoutCurlyQuotes } from './curly-quotes.ts';
import { dateMeant } from './dates.ts';
import { inQuotes } from './mistake.ts';
import { withPlainSpaces } from './spaces.ts';

/** What a wrong value was meant to be. */
export interface Cure {
  value: unknown;
  /** As the file has to say it. */
  text: string;
  code?: DiagnosticCode;
  hint?: string;
}

/** The first reading of a wrong value that the schema takes. @param written as it stands in the file. */
export function cureOf(found: unknown, written: string, schema: z.ZodType): Cure | null {
  const known = cures.get(schema) ?? new Map<string, Cure | null>();
  cures.set(schema, known);
  const key = `${typeof found} ${written}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const cure = firstCure(found, written, schema);
  if (known.size < MOST_KEPT) known.set(key, cure);
  return cure;
}

/** The same slip is mostly made more than once. */
const cures = new WeakMap<z.ZodType, Map<string, Cure | null>>();
const MOST_KEPT = 1_000;

/** No word that anything is called by: what takes it takes any text. */
const ANY_TEXT = 'no such word!';

function firstCure(found: unknown, written: string, schema: z.ZodType): Cure | null {
  if (written.includes('${') || written.includes('\n') || written === '') return null;
  const takesAnyText = schema.safeParse(ANY_TEXT).success;
  for (const cure of candidates(found, written)) {
    if (takesAnyText && cure.code === 'wrong-word') continue;
    if (schema.safeParse(cure.value).success) return cure;
  }
  return null;
}

function* candidates(found: unknown, written: string): Generator<Cure> {
  if (typeof found === 'string') yield* fromText(found);
  if (typeof found === 'number' || typeof found === 'boolean') {
    yield quoted(written, `put it in quotes: ${inQuotes(written)}`);
    yield* fromWord(written);
    yield* inList(found, written);
  }
  if (Array.isArray(found) || (typeof found === 'object' && found !== null)) {
    const isText = /^[[{].*[\]}]$/.test(written);
    if (isText)
      yield quoted(
        written,
        `a text that begins with ${written.charAt(0)} needs quotes: ${inQuotes(written)}`,
      );
    if (Array.isArray(found) && found.length === 1 && typeof found[0] !== 'object')
      yield as(found[0], `write it without brackets: ${String(found[0])}`);
  }
}

function quoted(value: string, hint: string): Cure {
  return { value, text: inQuotes(value), hint };
}

/** Words need no quotes, what YAML may take for something else does. */
function as(value: unknown, hint?: string, code?: DiagnosticCode): Cure {
  const isPlain =
    typeof value === 'string' &&
    /^[a-z][\w.+-]*(?:@[\w.-]+)?$/i.test(value) &&
    !/^(?:true|false|null)$/i.test(value);
  const text = typeof value !== 'string' || isPlain ? String(value) : inQuotes(value);
  return { value, text, hint: hint ?? `write ${text}`, ...(code ? { code } : {}) };
}

function* fromText(found: string): Generator<Cure> {
  const spaced = withPlainSpaces(found).trim();
  if (spaced !== found) yield as(spaced, undefined, 'odd-space');
  const tight = withPlainSpaces(found).replace(/\s/g, '');
  // Words beside an address are no part of it: put together they would be somebody else's.
  const isTorn = /^\S+\s*@\s*\S+$|^https?:/.test(spaced);
  if (tight !== found && isTorn) {
    yield as(tight, `write it without spaces: ${tight}`, 'odd-space');
  }
  const inner = withoutCurlyQuotes(spaced);
  if (inner !== null) yield as(inner, undefined, 'curly-quotes');
  const event = KNOWN_EVENTS.find((known) => bare(known) === bare(found));
  if (event) yield as(event);
  yield* fromAddress(isTorn ? tight : spaced);
  if (/^\d+$/.test(found)) yield as(Number(found), 'write it without quotes');
  const percent = /^(\d+)\s+%$/.exec(found)?.[1];
  if (percent !== undefined) yield quoted(`${percent}%`, `write "${percent}%"`);
  yield* fromWord(inner ?? spaced);
  const duration = durationMeant(spaced);
  if (duration !== null) yield as(duration);
  const date = dateMeant(spaced);
  if (date?.exact !== undefined) yield as(date.exact);
  yield* inList(found, undefined);
}

function* fromWord(found: string): Generator<Cure> {
  if (!/^(?:[\p{L}\s_-]+|[01])$/u.test(found) || found.startsWith('-')) return;
  for (const word of meantWords(found)) {
    yield as(word, `write ${word}`, 'wrong-word');
    if (word === 'true' || word === 'false') yield as(word === 'true', `write ${word}`, 'wrong-word');
  }
}

/** Addresses as mail programs and word processors give them. */
function* fromAddress(found: string): Generator<Cure> {
  if (/^[\w-]+(?:\.[\w-]+)+(?:[:/?]|$)/.test(found)) {
    yield as(`https://${found}`, `write https:// in front: https://${found}`);
  }
  const url = found.replace(/^[<"'“”„«‘’]+|[>"'“”»‘’,;.]+$/g, '');
  if (url !== found && /^https?:/i.test(url)) yield as(url, `write the address alone: ${url}`, 'odd-address');
  // Of two people neither is meant alone.
  if (found.match(/[@＠]/g)?.length !== 1) return;
  const [, bracketed] = /<([^<>]+)>/.exec(found) ?? [];
  const address = (bracketed ?? found)
    .replaceAll('＠', '@')
    .replace(/^mailto:/i, '')
    .replace(/^[\s"'“”„«»‘’‹›<(]+|[\s"'“”„«»‘’‹›>),;.]+$/g, '')
    .replace(/^mailto:/i, '');
  if (address !== found) yield as(address, `write the address alone: ${address}`, 'odd-address');
}

function* inList(found: unknown, written: string | undefined): Generator<Cure> {
  const parts = typeof found === 'string' ? found.split(/\s*[,;]\s*|\s+/).filter(Boolean) : [found];
  const texts = parts.map((part) => written ?? as(part).text);
  const text = `[${texts.join(', ')}]`;
  yield { value: parts, text, hint: `write it as a list: ${text}` };
}

function bare(text: string): string {
  return text.toLowerCase().replace(/[^a-z]/g, '');
}

const UNITS: readonly [RegExp, string][] = [
  [/^s(?:ec(?:ond)?s?|ek(?:unden?)?)?$/i, 's'],
  [/^m(?:in(?:ute)?[sn]?)?$/i, 'm'],
  [/^(?:h(?:(?:ou)?rs?)?|std|stunden?)$/i, 'h'],
  [/^(?:d(?:ays?)?|tage?)$/i, 'd'],
];
const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** `8 hours`, `1h30m`, `1.5h`. */
function durationMeant(text: string): string | null {
  const parts = [...text.matchAll(/(\d+(?:[.,]\d+)?)\s*([a-z]+)\.?/gi)];
  if (
    parts.length === 0 ||
    parts
      .map(([part]) => part)
      .join('')
      .replace(/\s/g, '') !== text.replace(/\s/g, '')
  ) {
    return null;
  }
  let seconds = 0;
  for (const [, count = '', word = ''] of parts) {
    const unit = UNITS.find(([pattern]) => pattern.test(word))?.[1];
    if (unit === undefined) return null;
    seconds += Number(count.replace(',', '.')) * (SECONDS[unit] ?? 0);
  }
  const only = parts.length === 1 ? parts[0] : undefined;
  if (only && /^\d+$/.test(only[1] ?? '')) {
    return `${only[1]}${UNITS.find(([pattern]) => pattern.test(only[2] ?? ''))?.[1]}`;
  }
  return Number.isInteger(seconds) ? (seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`) : null;
}
