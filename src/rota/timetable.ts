import { type DayRange, dateOf } from '../model/rota/calendar.ts';
import type { CoverageGap, ShiftEntry, ShiftsDocument } from '../model/rota/document.ts';
import { type CoverageRule, type Duty, type OnShift, peopleOf, type Rota } from '../model/rota/rota.ts';
import { type Gap, gapsIn } from './coverage.ts';
import { stretchAt } from './stretches.ts';
import { type LostShift, type Span, type Turn, turnsIn } from './turns.ts';
import { ZoneClocks } from './zone-clock.ts';

const DAY = 86_400_000;
/** Whoever works without a break for longer gets their stretches counted from here. */
const LOOK_BACK = 15 * DAY;
/** No stretch goes on for longer. */
const LOOK_AHEAD = 3 * DAY;

/** An entry with the date on which its shift begins, in the shift's zone. */
export interface DatedEntry extends ShiftEntry {
  date: string;
}

/** What a rota has in a span of days. */
export interface Spell {
  document: ShiftsDocument;
  /** As the document's, in its order. */
  entries: DatedEntry[];
  /** Shifts that fall into an hour which does not exist. */
  lost: LostShift[];
}

export interface SpellOptions {
  /** Default: that of the rota. */
  timeZone?: string | undefined;
  /** How a person or another text of the files may be shown. */
  show(text: string): string;
}

/** A rota on the clocks of its zones. */
export class Timetable {
  readonly #rota: Rota;
  readonly #rules: readonly CoverageRule[];
  readonly #clocks = new ZoneClocks();

  constructor(rota: Rota, rules: readonly CoverageRule[]) {
    this.#rota = rota;
    this.#rules = rules;
  }

  /** The day that it is in a zone. */
  dayOf(now: Date, timeZone: string = this.#rota.timeZone): number {
    return this.#clocks.of(timeZone).dayOf(now.getTime());
  }

  /** Who is on during whole days, and where too few are. */
  during(days: DayRange, { timeZone = this.#rota.timeZone, show }: SpellOptions): Spell {
    const clock = this.#clocks.of(timeZone);
    const span: Span = { from: clock.beginAt(days.first, 0), until: clock.beginAt(days.last + 1, 0) };
    const { turns, lost } = turnsIn(this.#rota, span, this.#clocks);
    const gaps = gapsIn(this.#rules, this.#rota, { turns, span, clocks: this.#clocks });
    const textOf = timeTexts();
    const entries = turns.map((turn) => entryOf(turn, show, textOf));
    return {
      document: {
        from: dateOf(days.first),
        to: dateOf(days.last),
        timeZone,
        shifts: entries.map(({ date: _date, ...entry }) => entry),
        gaps: gaps.map((gap) => gapOf(gap, show)),
        off: this.#rota.off
          .filter(({ first, last }) => first <= days.last && days.first <= last)
          .map(({ who, first, last, note }) => ({
            who: show(who),
            from: dateOf(first),
            to: dateOf(last),
            ...(note === undefined ? {} : { note: show(note) }),
          })),
      },
      entries,
      lost,
    };
  }

  /** Who is on shift at a time, and until when. */
  dutyAt(now: Date): Duty {
    const time = now.getTime();
    const span = { from: time - LOOK_BACK, until: time + LOOK_AHEAD };
    const { turns } = turnsIn(this.#rota, span, this.#clocks);
    const byPerson = new Map<string, Turn[]>();
    for (const turn of turns) byPerson.set(turn.who, [...(byPerson.get(turn.who) ?? []), turn]);
    const onShift = [...byPerson].flatMap(([who, own]) => {
      const found = this.#onShift(who, own, time);
      return found ? [[who, found] as const] : [];
    });
    return { people: peopleOf(this.#rota), onShift: new Map(onShift) };
  }

  #onShift(who: string, turns: readonly Turn[], time: number): OnShift | null {
    const stretch = stretchAt(turns, time, this.#clocks);
    const current = turns.filter(({ from, until }) => from <= time && time < until);
    const [first] = current;
    if (!stretch || !first) return null;
    const { handover, grace } = this.#rota;
    return {
      who,
      shifts: current.map(({ shift }) => shift.name),
      until: timeText(stretch.until),
      isDue: handover === 'enforce' || time < stretch.from + grace * 1000,
      source: first.shift.source,
    };
  }
}

function entryOf(
  { shift, who, day, from, until }: Turn,
  show: SpellOptions['show'],
  textOf: (instant: number) => string,
): DatedEntry {
  return {
    shift: show(shift.name),
    who: show(who),
    from: textOf(from),
    until: textOf(until),
    date: dateOf(day),
  };
}

function gapOf({ rule, from, until, online }: Gap, show: SpellOptions['show']): CoverageGap {
  return {
    rule: show(rule.name),
    from: timeText(from),
    until: timeText(until),
    online,
    needed: rule.online,
    source: rule.source,
  };
}

function timeText(instant: number): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}

/** The same; many people's shifts begin and end together. */
function timeTexts(): (instant: number) => string {
  const known = new Map<number, string>();
  return (instant) => {
    const text = known.get(instant) ?? timeText(instant);
    known.set(instant, text);
    return text;
  };
}
