import type { Source } from '../source.ts';
import type { DayRange, Weekday } from './calendar.ts';

/** When something begins and ends on its days, by the clocks of its zone. */
export interface Hours {
  days: ReadonlySet<Weekday>;
  /** Minutes since midnight. An end that is not after the begin is the next day's. */
  from: number;
  to: number;
  timeZone: string;
}

/** Who takes turns; each turn may be several people's. */
export interface Rotation {
  /** How many days a turn lasts. */
  every: number;
  /** The first day of the first turn; before it nobody is on. */
  since: number;
  order: readonly (readonly string[])[];
}

export interface Shift extends Hours {
  name: string;
  who: readonly string[] | Rotation;
  source: Source;
}

export interface TimeOff extends DayRange {
  who: string;
  note?: string;
}

/** On one day of one shift somebody comes in for somebody else. */
export interface Swap {
  date: number;
  shift: string;
  out: string;
  in: string;
  /** Its place among those of the file. */
  index: number;
}

/** What the files say of shifts. People are named by the keys of their entries. */
export interface Rota {
  timeZone: string;
  shifts: readonly Shift[];
  closed: readonly DayRange[];
  off: readonly TimeOff[];
  /** In the order of the file: that is the order in which they are made. */
  swaps: readonly Swap[];
  /** `start`: set while the grace of a shift lasts; `enforce`: whatever people do. */
  handover: 'start' | 'enforce';
  /** Seconds. */
  grace: number;
  /** How people are shown whose key holds a secret. */
  shown: ReadonlyMap<string, string>;
}

/** How many people a rule wants online, and when. */
export interface CoverageRule extends Hours {
  name: string;
  online: number;
  /** Also on the days on which the rota is closed. */
  onClosedDays: boolean;
  source: Source;
}

/** A person who is on shift at a time, as the planner takes it. */
export interface OnShift {
  who: string;
  /** The shifts that make up the stretch, for sentences. */
  shifts: readonly string[];
  /** When the stretch ends (RFC 3339). */
  until: string;
  /** Whether they are set online now, whatever they did themselves. */
  isDue: boolean;
  source: Source;
}

/** Everybody who may be on shift at all, and those who are. */
export interface Duty {
  people: ReadonlySet<string>;
  onShift: ReadonlyMap<string, OnShift>;
}

export function isRotation(who: Shift['who']): who is Rotation {
  return 'order' in who;
}

/** Whom a rota names anywhere as somebody who works. */
export function peopleOf({ shifts, swaps }: Pick<Rota, 'shifts' | 'swaps'>): Set<string> {
  const named = shifts.flatMap(({ who }) => (isRotation(who) ? who.order.flat() : who));
  return new Set([...named, ...swaps.map((swap) => swap.in)]);
}
