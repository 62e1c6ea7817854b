import { isLoopbackHost, urlFrom } from './urls.ts';

/** Line breaks and control characters have no place in a name or address; half characters are none. */
const CONTROL = /[\p{Cc}\p{Cs}\u2028\u2029]/u;
const INVISIBLE_OR_SPACE = /[\p{Cf}\s]/u;

export function isText(text: string): boolean {
  return !CONTROL.test(text);
}

export function isFilledText(text: string): boolean {
  return text.trim() !== '' && isText(text);
}

/** What mail programs and word processors put around an address, or between two. */
const AROUND_ADDRESS = /^mailto:|["“”„«»‘’‹›<>(),;]|^'|'$|\.$/i;

/** One @ with something before and after it, nothing invisible, at most 254 characters (RFC 5321). */
export function isEmail(text: string): boolean {
  if (AROUND_ADDRESS.test(text)) return false;
  return text.length <= 254 && /^[^@]+@[^@]+$/.test(text) && isText(text) && !INVISIBLE_OR_SPACE.test(text);
}

export function isHttpUrl(text: string): boolean {
  return isUrlWith(text, ({ protocol }) => protocol === 'https:' || protocol === 'http:');
}

/** `https:`; `http:` only where nothing leaves this machine. */
export function isWebhookUrl(text: string): boolean {
  return isUrlWith(
    text,
    ({ protocol, hostname }) => protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname)),
  );
}

function isUrlWith(text: string, accept: (url: URL) => boolean): boolean {
  if (!/^[a-z][a-z0-9+.-]*:\/\/./i.test(text) || !isText(text) || INVISIBLE_OR_SPACE.test(text)) return false;
  const url = urlFrom(text);
  return url !== null && accept(url);
}

/** Names are dotted, and more exist than are known (B). */
export const EVENT_NAME = /^[A-Za-z][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)+$/;

const DURATION = /^([1-9]\d{0,8})([smhd])$/;
const WHOLE_NUMBER = /^\d{1,9}$/;
const UNIT_SECONDS: Record<string, number> = { s: 1, m: 60, h: 3_600, d: 86_400 };
/** Longer than anybody means; a slip such as minutes written as seconds of an hour is not caught by it. */
const LONGEST_DURATION = 366 * 86_400;

/** Seconds, or null where this is no duration. A number in text is what `${env:NAME}` gives. */
export function parseDuration(written: string | number): number | null {
  const seconds = typeof written === 'number' ? written : durationText(written);
  return Number.isInteger(seconds) && seconds >= 1 && seconds <= LONGEST_DURATION ? seconds : null;
}

function durationText(text: string): number {
  if (WHOLE_NUMBER.test(text)) return Number(text);
  const [, count, unit = ''] = DURATION.exec(text) ?? [];
  return count === undefined ? Number.NaN : Number(count) * (UNIT_SECONDS[unit] ?? Number.NaN);
}

/** A whole number from 0, or null. */
export function parseCount(written: string | number): number | null {
  const count = typeof written === 'number' ? written : WHOLE_NUMBER.test(written) ? Number(written) : -1;
  return Number.isSafeInteger(count) && count >= 0 ? count : null;
}

/** `10%` → 10, from 0 to 100; null for anything else. */
export function parsePercentage(text: string): number | null {
  const percent = Number(/^(\d{1,3})%$/.exec(text)?.[1] ?? Number.NaN);
  return percent <= 100 ? percent : null;
}

const RFC_3339 = /^(\d{4})-(\d{2})-(\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/i;

/** A date and time with seconds and a zone, on a day that exists. */
export function isRfc3339(text: string): boolean {
  const [, year, month, day] = RFC_3339.exec(text) ?? [];
  if (day === undefined || Number.isNaN(Date.parse(text))) return false;
  return Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
}

const WHOLE_DAY = /^(\d{4}-\d{2}-\d{2})(Z|[+-]\d{2}:\d{2})?$/i;

/** The midnight that ends a day, in the offset behind its date or in UTC; a time as it is; null for anything else. */
export function endOf(text: string): string | null {
  if (isRfc3339(text)) return text;
  const [, day = '', offset = 'Z'] = WHOLE_DAY.exec(text) ?? [];
  if (!isRfc3339(`${day}T00:00:00${offset}`)) return null;
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return `${next}T00:00:00${offset.toUpperCase()}`;
}
