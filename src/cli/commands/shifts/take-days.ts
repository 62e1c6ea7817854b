import { UserError } from '../../../model/errors.ts';
import { type DayRange, isTimeZone, parseDate, parseWeek } from '../../../model/rota/calendar.ts';

export interface DayFlags {
  week?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  zone?: string | undefined;
}

/** The longest span that is shown. */
const MOST_DAYS = 3_660;

/**
 * The days that are asked for, in `today`'s own words where only one end is given; `null` where none are.
 * @throws {UserError} for a week, date or zone that does not exist.
 */
export function takeDays({ week, from, to, zone }: DayFlags): DayRange | null {
  if (zone !== undefined && !isTimeZone(zone)) {
    throw usage(`--zone takes the name of a time zone such as Europe/Berlin, not "${zone}"`);
  }
  if (week !== undefined) {
    if (from !== undefined || to !== undefined) throw usage('give either --week, or --from and --to');
    const range = parseWeek(week);
    if (!range) throw usage(`--week takes a week that exists, such as 2026-W48, not "${week}"`);
    return range;
  }
  if (from === undefined && to === undefined) return null;
  if (from === undefined || to === undefined) throw usage('give both --from and --to');
  const range = { first: dayOf('--from', from), last: dayOf('--to', to) };
  if (range.last < range.first) throw usage(`--to ${to} is before --from ${from}`);
  if (range.last - range.first >= MOST_DAYS) throw usage('give --from and --to at most ten years apart');
  return range;
}

function dayOf(flag: string, text: string): number {
  const day = parseDate(text);
  if (day === null) throw usage(`${flag} takes a date that exists, such as 2026-11-23, not "${text}"`);
  return day;
}

function usage(message: string): UserError {
  return new UserError('usage', message, { hint: 'chaportctl shifts --help shows its flags' });
}
