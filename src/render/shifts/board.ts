import { dayStarts, momentOf, spanWords } from '../../model/rota/clock-words.ts';
import type { CoverageGap, ShiftEntry, ShiftsDocument } from '../../model/rota/document.ts';

/** What every picture of a rota is drawn from; times are milliseconds since 1970. */

export interface BoardSpan {
  from: number;
  until: number;
}

export interface Day extends BoardSpan {
  /** `Mon 23 Nov` */
  name: string;
  date: string;
}

/** A shift of a person, in the picture's terms. */
export interface Bar extends BoardSpan {
  entry: ShiftEntry;
  words: string;
}

export interface PersonRow {
  who: string;
  bars: Bar[];
  /** Days off, with the note. */
  off: (BoardSpan & { note: string })[];
}

export interface RuleRow {
  rule: string;
  gaps: (BoardSpan & { gap: CoverageGap; words: string })[];
}

export interface Board {
  days: Day[];
  people: PersonRow[];
  rules: RuleRow[];
  /** The names of the shifts, in the order of their first begin. */
  shifts: string[];
  /** A short one for each. */
  signs: ReadonlyMap<string, string>;
}

/** People in the order of the alphabet, each with what they do. */
export function boardOf({ from, to, timeZone, shifts, gaps, off }: ShiftsDocument): Board {
  const days = daysOf(from, to, timeZone);
  const rows = new Map<string, PersonRow>();
  const rowOf = (who: string): PersonRow => {
    const row = rows.get(who) ?? { who, bars: [], off: [] };
    rows.set(who, row);
    return row;
  };
  // Many people are on a shift at the same time.
  const known = new Map<string, Pick<Bar, 'from' | 'until' | 'words'>>();
  for (const entry of shifts) {
    const key = `${entry.from} ${entry.until} ${entry.shift}`;
    const shared = known.get(key) ?? {
      ...spanOf(entry),
      words: `${entry.shift}, ${spanWords(entry.from, entry.until, timeZone)}`,
    };
    known.set(key, shared);
    rowOf(entry.who).bars.push({ ...shared, entry });
  }
  for (const away of off) {
    const own = days.filter(({ date }) => away.from <= date && date <= away.to);
    const [first, last] = [own.at(0), own.at(-1)];
    const note = away.note === undefined ? 'off' : `off: ${away.note}`;
    if (first && last) rowOf(away.who).off.push({ from: first.from, until: last.until, note });
  }
  const rules = new Map<string, RuleRow>();
  for (const gap of gaps) {
    const row = rules.get(gap.rule) ?? { rule: gap.rule, gaps: [] };
    rules.set(gap.rule, row);
    row.gaps.push({ ...spanOf(gap), gap, words: gapWords(gap, timeZone) });
  }
  const names = [...new Set(shifts.map(({ shift }) => shift))];
  return {
    days,
    people: [...rows.values()].sort((a, b) => (a.who < b.who ? -1 : 1)),
    rules: [...rules.values()],
    shifts: names,
    signs: signsOf(names),
  };
}

/** `Mon 23 Nov 09:00–10:00: 1 of 2 online, 1 missing` */
export function gapWords({ from, until, online, needed }: CoverageGap, timeZone: string): string {
  return `${spanWords(from, until, timeZone)}: ${online} of ${needed} online, ${needed - online} missing`;
}

function daysOf(from: string, to: string, timeZone: string): Day[] {
  const starts = dayStarts(from, to, timeZone);
  const first = Date.parse(`${from}T00:00Z`);
  return starts.slice(0, -1).map((start, index) => {
    const noon = first + index * 86_400_000;
    return {
      from: start,
      until: starts[index + 1] ?? start,
      name: momentOf(noon, 'UTC').day,
      date: new Date(noon).toISOString().slice(0, 10),
    };
  });
}

function spanOf({ from, until }: { from: string; until: string }): BoardSpan {
  return { from: Date.parse(from), until: Date.parse(until) };
}

/** How much of the one lies in the other. */
export function overlapOf(one: BoardSpan, other: BoardSpan): number {
  return Math.max(0, Math.min(one.until, other.until) - Math.max(one.from, other.from));
}

/** What lies in each of some spans that follow each other: in a long rota few things do. */
export function shareOut<Item extends BoardSpan>(
  items: readonly Item[],
  spans: readonly BoardSpan[],
): Item[][] {
  const shares = spans.map((): Item[] => []);
  for (const item of items) {
    for (
      let index = firstAfter(item.from, spans);
      (spans[index]?.from ?? item.until) < item.until;
      index += 1
    ) {
      if (overlapOf(item, spans[index] as BoardSpan) > 0) shares[index]?.push(item);
    }
  }
  return shares;
}

/** The first span that ends after an instant. */
function firstAfter(instant: number, spans: readonly BoardSpan[]): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle] as BoardSpan).until > instant) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A sign for each shift: a letter of its name that no other one has, or a digit. */
function signsOf(shifts: readonly string[]): Map<string, string> {
  const signs = new Map<string, string>();
  const taken = new Set<string>();
  for (const shift of shifts) {
    const own = shift.toUpperCase().replace(/[^A-Z]/g, '');
    const spare = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
    const sign = [...own, ...spare].find((one) => !taken.has(one)) ?? '#';
    signs.set(shift, sign);
    taken.add(sign);
  }
  return signs;
}

/** The document's days in words: `Mon 23 Nov – Sun 29 Nov 2026`. */
export function daysInWords({ from, to }: Pick<ShiftsDocument, 'from' | 'to'>): string {
  const nameOf = (date: string) => momentOf(`${date}T12:00Z`, 'UTC').day;
  const year = to.slice(0, 4);
  const first = from.slice(0, 4) === year ? nameOf(from) : `${nameOf(from)} ${from.slice(0, 4)}`;
  return from === to ? `${nameOf(to)} ${year}` : `${first} – ${nameOf(to)} ${year}`;
}
