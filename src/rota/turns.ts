import { weekdayOf } from '../model/rota/calendar.ts';
import { Roster } from '../model/rota/roster.ts';
import type { Hours, Rota, Shift } from '../model/rota/rota.ts';
import type { ZoneClock, ZoneClocks } from './zone-clock.ts';

/** A stretch of time, its end not included. Milliseconds since 1970. */
export interface Span {
  from: number;
  until: number;
}

/** A person on a shift that begins on a day of the shift's zone. */
export interface Turn extends Span {
  shift: Shift;
  who: string;
  day: number;
}

/** A shift that lies wholly in an hour which the clocks leave out. */
export interface LostShift {
  shift: Shift;
  day: number;
}

/** Every turn that meets a span, whole, in the order of its begin, of the shifts in the file, and of the people on it. */
export function turnsIn(rota: Rota, span: Span, clocks: ZoneClocks): { turns: Turn[]; lost: LostShift[] } {
  const roster = new Roster(rota);
  const turns: Turn[] = [];
  const lost: LostShift[] = [];
  for (const shift of rota.shifts) {
    for (const { day, from, until } of hoursIn(shift, span, clocks.of(shift.timeZone))) {
      const people = roster.peopleOn(shift, day);
      if (from < until) {
        if (meets({ from, until }, span)) {
          for (const who of people) turns.push({ shift, who, day, from, until });
        }
      } else if (people.length > 0 && from >= span.from && from < span.until) lost.push({ shift, day });
    }
  }
  return { turns: turns.sort((a, b) => a.from - b.from), lost };
}

/** When something takes place on its days, on all that may reach into a span and a few more. */
export function hoursIn(hours: Hours, span: Span, clock: ZoneClock): (Span & { day: number })[] {
  const found: (Span & { day: number })[] = [];
  const last = clock.dayOf(span.until) + 1;
  // Two days before it may begin what ends in it.
  for (let day = clock.dayOf(span.from) - 2; day <= last; day += 1) {
    if (!hours.days.has(weekdayOf(day))) continue;
    const end = hours.to > hours.from ? hours.to : hours.to + 24 * 60;
    found.push({ day, from: clock.beginAt(day, hours.from), until: clock.endAt(day, end) });
  }
  return found;
}

export function meets(one: Span, other: Span): boolean {
  return one.from < other.until && other.from < one.until;
}
