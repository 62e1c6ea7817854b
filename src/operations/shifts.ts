import { withExcerpts } from '../config/index.ts';
import type { ConfigText } from '../config/source/config-text.ts';
import type { DesiredState } from '../model/desired.ts';
import { UserError } from '../model/errors.ts';
import { type DayRange, weekOf } from '../model/rota/calendar.ts';
import { spanWords } from '../model/rota/clock-words.ts';
import type { ShiftEntry, ShiftsComparison, ShiftsDocument } from '../model/rota/document.ts';
import type { Diagnostic } from '../model/source.ts';
import { parseGlob } from '../planner/globs.ts';
import type { DatedEntry } from '../rota/timetable.ts';
import { lostShifts, showIn, timetableOf } from './timetables.ts';

export interface ShiftsOptions {
  /** Whole days, both included. Default: this week. */
  days?: DayRange | undefined;
  /** Whose clocks tell where days begin. Default: those of `shifts`. */
  timeZone?: string | undefined;
  /** A glob over e-mail addresses: only these people. Gaps are those of everybody. */
  who?: string | undefined;
  /** Default: the time. */
  now?: Date | undefined;
}

/** The rota of some days, and what is odd about it. */
export interface ShiftsOverview {
  document: ShiftsDocument;
  /** Every shift of the document with the date on which it begins. */
  entries: readonly DatedEntry[];
  warnings: Diagnostic[];
}

/**
 * Who is on when, and where too few are.
 * @throws {UserError} where no file has `shifts`, or for a faulty glob.
 */
export function showShifts(
  desired: DesiredState,
  { days, timeZone, who, now = new Date() }: ShiftsOptions = {},
): ShiftsOverview {
  const { shifts } = desired;
  if (!shifts) {
    throw new UserError('no-shifts', 'no file has the section "shifts"', {
      hint: 'write the rota under "shifts"; examples/shifts has one',
    });
  }
  const timetable = timetableOf(shifts);
  const span = days ?? weekOf(timetable.dayOf(now, timeZone));
  const spell = timetable.during(span, { timeZone, show: showIn(desired) });
  const isWanted = whoMatches(who);
  const entries = spell.entries.filter((entry) => isWanted(entry.who));
  const { document } = spell;
  return {
    document: {
      ...document,
      shifts: document.shifts.filter((entry) => isWanted(entry.who)),
      off: document.off.filter((entry) => isWanted(entry.who)),
    },
    entries,
    warnings: lostShifts(spell, desired).map((lost) => ({ severity: 'warning', ...lost })),
  };
}

function whoMatches(who: string | undefined): (email: string) => boolean {
  if (who === undefined) return () => true;
  const { glob, fault } = parseGlob(who, 'email');
  if (glob) return glob;
  throw new UserError('bad-glob', `--who "${who}": ${fault.message}`, { hint: fault.hint });
}

/** The day that it is where the rota is at home, and so many days from it on. */
export function nextDays(
  desired: DesiredState,
  count: number,
  { timeZone, now = new Date() }: Pick<ShiftsOptions, 'timeZone' | 'now'> = {},
): DayRange {
  if (!desired.shifts) return { first: 0, last: count - 1 };
  const first = timetableOf(desired.shifts).dayOf(now, timeZone);
  return { first, last: first + count - 1 };
}

const FOUR_WEEKS = 28;

/** Who gains and who loses which shift over the next four weeks, where the first files are to take the place of the other ones. */
export function compareShifts(
  desired: DesiredState,
  other: DesiredState,
  options: ShiftsOptions = {},
): ShiftsComparison {
  // Either may have none: a rota comes, or goes for good.
  const known = desired.shifts ? desired : other;
  const days = options.days ?? nextDays(known, FOUR_WEEKS, options);
  const timeZone = options.timeZone ?? known.shifts?.timeZone;
  const { from, to } = showShifts(known, { ...options, days, timeZone }).document;
  const entriesOf = (state: DesiredState) =>
    state.shifts ? showShifts(state, { ...options, days, timeZone }).document.shifts : [];
  const [shifts, before] = [entriesOf(desired), entriesOf(other)];
  return { from, to, gains: without(shifts, before), loses: without(before, shifts) };
}

function without(entries: readonly ShiftEntry[], others: readonly ShiftEntry[]): ShiftEntry[] {
  const identity = ({ shift, who, from, until }: ShiftEntry) => JSON.stringify([shift, who, from, until]);
  const known = new Set(others.map(identity));
  return entries.filter((entry) => !known.has(identity(entry)));
}

const TWO_WEEKS = 14;

/** Warnings of the next fourteen days: where a rule wants more people than the rota has. */
export function warnOfShifts(
  desired: DesiredState,
  { now, texts = [] }: { now?: Date; texts?: readonly ConfigText[] } = {},
): Diagnostic[] {
  if (!desired.shifts) return [];
  const { document, warnings } = showShifts(desired, { days: nextDays(desired, TWO_WEEKS, { now }) });
  const byRule = new Map<string, typeof document.gaps>();
  for (const gap of document.gaps) {
    const place = JSON.stringify(gap.source);
    byRule.set(place, [...(byRule.get(place) ?? []), gap]);
  }
  const gaps = [...byRule.values()].flatMap(([first, ...more]): Diagnostic[] => {
    if (!first) return [];
    const { rule, online, needed, source } = first;
    const times = more.length === 0 ? 'a gap' : `${more.length + 1} gaps, the first`;
    return [
      {
        severity: 'warning',
        code: 'coverage-gap',
        message: `"${rule}" has ${times} ${spanWords(first.from, first.until, document.timeZone)}: ${online} of ${needed} online`,
        hint: 'chaportctl shifts --check shows every gap of the next four weeks',
        source,
      },
    ];
  });
  return withExcerpts([...warnings, ...gaps], texts, desired.secrets);
}
