/** A date and time as people write them. */
export interface DateMeant {
  /** What it says for certain, in the order that is read. */
  exact?: string;
  /** Both where day and month cannot be told apart. */
  days: readonly string[];
  time?: string;
  zone?: string;
}

const NUMBERS =
  /^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?:[T,\s]\s*(\d{1,2}):(\d{2})(?::(\d{2}))?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;

/** A date in another order, or with a part missing; null where the text is no date. */
export function dateMeant(text: string): DateMeant | null {
  const [, first = '', mark = '', second = '', third = '', hour, minute, seconds = '00', offset] =
    NUMBERS.exec(text) ?? [];
  const days = mark === '' ? [] : daysOf(first, mark, second, third);
  if (days.length === 0) return null;
  const time = hour === undefined ? undefined : `${hour.padStart(2, '0')}:${minute}:${seconds}`;
  const zone = offset === undefined ? undefined : zoneOf(offset);
  const [day] = days;
  const isExact = days.length === 1 && (time === undefined) === (zone === undefined);
  return {
    days,
    ...(time === undefined ? {} : { time }),
    ...(zone === undefined ? {} : { zone }),
    ...(isExact ? { exact: time === undefined ? `${day}` : `${day}T${time}${zone}` } : {}),
  };
}

function zoneOf(offset: string): string {
  if (/^(?:Z|UTC)$/i.test(offset)) return 'Z';
  return offset.includes(':') ? offset : `${offset.slice(0, 3)}:${offset.slice(3)}`;
}

function daysOf(first: string, mark: string, second: string, third: string): string[] {
  if (first.length === 4) return dayOf(first, second, third);
  if (third.length !== 4) return [];
  const dayFirst = dayOf(third, second, first);
  // Dots stand in dates that begin with the day.
  const monthFirst = mark === '.' ? [] : dayOf(third, first, second);
  return [...new Set([...dayFirst, ...monthFirst])];
}

function dayOf(year: string, month: string, day: string): string[] {
  const [y, m, d] = [year, month, day].map(Number) as [number, number, number];
  if (m < 1 || m > 12 || d < 1 || d > new Date(Date.UTC(y, m, 0)).getUTCDate()) return [];
  return [`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`];
}

/** How to write it. */
export function dateHint({ days, time, zone }: DateMeant): string {
  const ways = days.map((day) => `${day}T${time ?? '18:00:00'}${zone ?? 'Z'}`);
  const form = 'year, month, day, then T, the time, and Z for UTC or an offset such as +01:00';
  return `write it as ${ways.join(' or ')}: ${form}`;
}
