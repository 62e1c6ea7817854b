import type { DesiredState } from '../model/desired.ts';
import type { PlanWarning } from '../model/plan.ts';
import { dateOf, weekOf } from '../model/rota/calendar.ts';
import type { ShiftsDocument } from '../model/rota/document.ts';
import type { Duty, Rota } from '../model/rota/rota.ts';
import type { Spell, Timetable } from '../rota/timetable.ts';

const TIMETABLES = new WeakMap<Rota, Timetable>();

/** Loads what reads clocks, for files that have shifts and for no others. */
export async function prepareShifts(desired: DesiredState): Promise<void> {
  const { shifts, policy } = desired;
  if (!shifts || TIMETABLES.has(shifts)) return;
  const { Timetable } = await import('../rota/timetable.ts');
  TIMETABLES.set(shifts, new Timetable(shifts, policy.coverage ?? []));
}

/** @throws {TypeError} where they were not prepared: nobody would be set online, in silence. */
export function timetableOf(shifts: Rota): Timetable {
  const timetable = TIMETABLES.get(shifts);
  if (!timetable) throw new TypeError('shifts are planned of files that `loadConfig` has read');
  return timetable;
}

/** What of the rota a plan of a time rests on and shows. */
export function shiftsAt(
  desired: DesiredState,
  now: Date,
): { duty: Duty; week: ShiftsDocument; warnings: PlanWarning[] } | null {
  const { shifts } = desired;
  if (!shifts) return null;
  const timetable = timetableOf(shifts);
  const week = timetable.during(weekOf(timetable.dayOf(now)), { show: showIn(desired) });
  return {
    duty: timetable.dutyAt(now),
    week: week.document,
    warnings: lostShifts(week, desired).map(({ code, message, source }) => ({ code, message, source })),
  };
}

export function lostShifts({ lost }: Pick<Spell, 'lost'>, desired: DesiredState) {
  return lost.map(({ shift, day }) => ({
    code: 'shift-in-gap' as const,
    message: `the shift "${showIn(desired)(shift.name)}" of ${dateOf(day)} lies in an hour that the clocks of ${shift.timeZone} leave out that day, so it is none`,
    source: shift.source,
  }));
}

/** People as their entries write them, and no secret. */
export function showIn({ shifts, secrets }: DesiredState): (text: string) => string {
  // A year has the same few names some thousand times.
  const known = new Map(shifts?.shown);
  return (text) => {
    const shown = known.get(text) ?? secrets.conceal(text);
    known.set(text, shown);
    return shown;
  };
}
