import type { Source } from '../source.ts';

/** A person on a shift that begins on a day: whole, also where the span begins or ends in the middle of it. */
export interface ShiftEntry {
  shift: string;
  who: string;
  /** RFC 3339, UTC, as every time here. */
  from: string;
  until: string;
}

/** A stretch in which a rule wants more people than the rota has. */
export interface CoverageGap {
  rule: string;
  from: string;
  until: string;
  online: number;
  needed: number;
  source: Source;
}

export interface TimeOffEntry {
  who: string;
  /** Dates, both included. */
  from: string;
  to: string;
  note?: string;
}

/** Who is on when: what `shifts --format json` prints, and plans carry. */
export interface ShiftsDocument {
  /** Whole days of `timeZone`, both included. */
  from: string;
  to: string;
  timeZone: string;
  shifts: ShiftEntry[];
  gaps: CoverageGap[];
  off: TimeOffEntry[];
}

/** How two rotas differ, seen from the first. */
export interface ShiftsComparison {
  from: string;
  to: string;
  gains: ShiftEntry[];
  loses: ShiftEntry[];
}
