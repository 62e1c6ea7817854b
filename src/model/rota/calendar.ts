/*
 * Dates as people write them, without any clock or zone: a date is a text such as 2026-11-23 outside, and its
 * number of days since 1970 inside.
 */

const DAY = 86_400_000;

export const WEEKDAYS: readonly string[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** From 0 (Monday) to 6. */
export type Weekday = number;

/** From the first to the last day, both included. */
export interface DayRange {
  first: number;
  last: number;
}

/** The number of a date, or `null` where there is no such date. */
export function parseDate(text: string): number | null {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  if (day === undefined) return null;
  const number = Date.UTC(Number(year), Number(month) - 1, Number(day)) / DAY;
  return dateOf(number) === text ? number : null;
}

export function dateOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** 1970 began on a Thursday. */
export function weekdayOf(day: number): Weekday {
  return (((day + 3) % 7) + 7) % 7;
}

/** `DATE` or `DATE..DATE`; `null` where a date does not exist. It may run backwards. */
export function parseDates(text: string): DayRange | null {
  const [first = '', last = first, ...more] = text.split('..');
  const range = { first: parseDate(first), last: parseDate(last) };
  if (range.first === null || range.last === null || more.length > 0) return null;
  return { first: range.first, last: range.last };
}

/** Monday to Sunday of `2026-W48` (ISO 8601); `null` where there is no such week. */
export function parseWeek(text: string): DayRange | null {
  const [, year, number] = /^(\d{4})-W(\d{2})$/.exec(text) ?? [];
  if (number === undefined) return null;
  // The 4th of January is always in the first week.
  const first = weekOf(parseDate(`${year}-01-04`) ?? 0).first + (Number(number) - 1) * 7;
  const thursday = dateOf(first + 3);
  return Number(number) >= 1 && thursday.startsWith(String(year)) ? { first, last: first + 6 } : null;
}

/** The week, Monday to Sunday, that a day is in. */
export function weekOf(day: number): DayRange {
  const first = day - weekdayOf(day);
  return { first, last: first + 6 };
}

export function isWithin(day: number, { first, last }: DayRange): boolean {
  return first <= day && day <= last;
}

/** `mon`, `mon-fri`, `sat-mon`, `daily`; `null` where it is none of these. */
export function parseDays(text: string): ReadonlySet<Weekday> | null {
  if (text === 'daily') return new Set(WEEKDAYS.keys());
  const [first = '', last = first, ...more] = text.split('-');
  const from = WEEKDAYS.indexOf(first);
  const to = WEEKDAYS.indexOf(last);
  if (from === -1 || to === -1 || more.length > 0) return null;
  const count = ((to - from + 7) % 7) + 1;
  return new Set(Array.from({ length: count }, (_none, index) => (from + index) % 7));
}

/** Minutes since midnight of `08:00`; `24:00` too, which only an end can be. */
export function parseTime(text: string): number | null {
  if (text === '24:00') return 24 * 60;
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  return minutes === undefined ? null : Number(hours) * 60 + Number(minutes);
}

/** `1w`, `3d` as days, or `null`. */
export function parseTurn(text: string): number | null {
  const [, count, unit] = /^([1-9]\d{0,2})([wd])$/.exec(text) ?? [];
  return count === undefined ? null : Number(count) * (unit === 'w' ? 7 : 1);
}

/** Whether it is the name of a time zone, as Node's `Intl` knows them; an offset such as `+02:00` is none. */
export function isTimeZone(text: string): boolean {
  if (!/^[a-z]/i.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}
