/** Times in words, by the clocks of a zone. */

interface Moment {
  /** `Mon 23 Nov` */
  day: string;
  /** `09:00` */
  time: string;
}

const FORMATS = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  FORMATS.set(timeZone, made);
  return made;
}

function partsOf(instant: string | number, timeZone: string): Record<string, string> {
  const parts = formatOf(timeZone).formatToParts(new Date(instant));
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]));
}

/** The shifts of many people begin and end at the same times, and formatting is slow. */
const MOMENTS = new Map<string, Moment>();
const MOST_KEPT = 20_000;

export function momentOf(instant: string | number, timeZone: string): Moment {
  const key = `${timeZone} ${instant}`;
  const known = MOMENTS.get(key);
  if (known) return known;
  const { weekday, day, month, hour, minute } = partsOf(instant, timeZone);
  const moment = { day: `${weekday} ${day} ${month?.slice(0, 3)}`, time: `${hour}:${minute}` };
  if (MOMENTS.size < MOST_KEPT) MOMENTS.set(key, moment);
  return moment;
}

/** `Mon 23 Nov 09:00–10:00`; the second day is named where it is another one, and midnight ends a day. */
export function spanWords(from: string, until: string, timeZone: string): string {
  const begin = momentOf(from, timeZone);
  const end = momentOf(until, timeZone);
  const last = momentOf(Date.parse(until) - 1, timeZone);
  if (last.day === begin.day) {
    return `${begin.day} ${begin.time}–${end.day === begin.day ? end.time : '24:00'}`;
  }
  return `${begin.day} ${begin.time} – ${end.day} ${end.time}`;
}

/**
 * Where the days of a zone begin, in order, and where the last one ends: the first quarter of an hour that has
 * the date.
 */
export function dayStarts(from: string, to: string, timeZone: string): number[] {
  const HOUR = 3_600_000;
  const QUARTER = HOUR / 4;
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  const starts: number[] = [];
  const end = Date.parse(`${to}T00:00Z`) + 86_400_000;
  for (let day = Date.parse(`${from}T00:00Z`); day <= end; day += 86_400_000) {
    const date = new Date(day).toISOString().slice(0, 10);
    // Most days are nearly as long as the one before; no zone is farther away than this.
    const guess = (starts.at(-1) ?? Number.NEGATIVE_INFINITY) + 20 * HOUR;
    let instant = starts.length > 0 && format.format(guess) < date ? guess : day - 15 * HOUR;
    while (format.format(instant) < date) instant += QUARTER;
    starts.push(instant);
  }
  return starts;
}
