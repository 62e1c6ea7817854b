import { describe, expect, test } from 'vitest';
import { dateOf, parseDate } from '../../src/model/rota/calendar.ts';
import { Timetable } from '../../src/rota/timetable.ts';
import { rotaOf, shiftOf } from './rotas.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 2026;

/** The offset of a zone by Node's own calendar, in milliseconds. */
function offsets(timeZone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  return (instant) => {
    const [, sign, hours = '0', minutes = '0', seconds = '0'] =
      /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?/.exec(format.format(instant)) ?? [];
    const size = Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * 1000;
    return sign === '-' ? -size : size;
  };
}

type OffsetAt = ReturnType<typeof offsets>;

/** The instants at which the clocks of a zone change in the year. */
function changesOf(offsetAt: OffsetAt): number[] {
  const changes: number[] = [];
  const end = Date.UTC(YEAR + 1, 0, 1);
  for (let day = Date.UTC(YEAR, 0, 1); day < end; day += 7 * DAY) {
    if (offsetAt(day) !== offsetAt(day + 7 * DAY)) changes.push(changeBetween(day, day + 7 * DAY, offsetAt));
  }
  return changes;
}

function changeBetween(from: number, until: number, offsetAt: OffsetAt): number {
  let [before, after] = [from, until];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(middle) === offsetAt(before)) before = middle;
    else after = middle;
  }
  return after;
}

/** Every instant at which the clocks show a time; where they never do, the first one after the gap. */
function instantsOf(wall: number, change: number, offsetAt: OffsetAt): number[] {
  const both = [offsetAt(change - 1), offsetAt(change)];
  const shown = [...new Set(both)].map((offset) => wall - offset).filter((at) => at + offsetAt(at) === wall);
  return shown.length === 0 ? [change] : shown.sort((a, b) => a - b);
}

/** Minutes of the day: early, late, night, all day, in the changed hours, touching and overlapping. */
const HOURS: readonly (readonly [string, number, number])[] = [
  ['early', 4 * 60, 12 * 60],
  ['late', 14 * 60, 22 * 60],
  ['night', 22 * 60, 6 * 60],
  ['all day', 0, 24 * 60],
  ['round the clock', 2 * 60 + 30, 2 * 60 + 30],
  ['to the half', 18 * 60, 2 * 60 + 30],
  ['from the half', 2 * 60 + 30, 9 * 60],
  ['over the half', 2 * 60, 9 * 60],
  ['first half', 0, 30],
  ['second half', 30, 9 * 60],
];
const NEIGHBOURS = [
  ['all day', 'all day', 1],
  ['round the clock', 'round the clock', 1],
  ['to the half', 'from the half', 1],
  ['to the half', 'over the half', 1],
  ['first half', 'second half', 0],
] as const;

const ZONES = Intl.supportedValuesOf('timeZone');

describe('shifts over the changes of the clocks', () => {
  test(`are the same instants as Node's calendar has, in every zone, without a hole`, () => {
    const faults: string[] = [];
    let changed = 0;
    for (const timeZone of ZONES) {
      const offsetAt = offsets(timeZone);
      for (const change of changesOf(offsetAt)) {
        changed += 1;
        faults.push(...faultsAround(change, timeZone, offsetAt));
      }
    }
    expect(faults.slice(0, 10)).toEqual([]);
    expect(ZONES.length).toBeGreaterThan(400);
    expect(changed).toBeGreaterThan(200);
  }, 120_000);

  test('are whole where the clocks never change', () => {
    const shifts = [shiftOf('day', { from: 8 * 60, to: 16 * 60, timeZone: 'Etc/GMT+5' })];
    const days = { first: parseDate('2026-03-29') ?? 0, last: parseDate('2026-03-29') ?? 0 };
    const { document } = new Timetable(rotaOf(shifts), []).during(days, { show: String, timeZone: 'UTC' });
    expect(document.shifts).toEqual([
      { shift: 'day', who: 'ann@acme.example', from: '2026-03-29T13:00:00Z', until: '2026-03-29T21:00:00Z' },
    ]);
  });

  test('are none where they lie wholly in the hour that is left out, and that is said', () => {
    const lost = shiftOf('lost', { from: 135, to: 165, timeZone: 'Europe/Berlin' });
    const days = { first: parseDate('2026-03-28') ?? 0, last: parseDate('2026-03-30') ?? 0 };
    const spell = new Timetable(rotaOf([lost]), []).during(days, { show: String });
    expect(spell.entries.map(({ date }) => date)).toEqual(['2026-03-28', '2026-03-30']);
    expect(spell.lost.map(({ shift, day }) => `${shift.name} ${dateOf(day)}`)).toEqual(['lost 2026-03-29']);
  });
});

function faultsAround(change: number, timeZone: string, offsetAt: OffsetAt): string[] {
  // By the clocks before and after: a change at midnight belongs to either day.
  const day = Math.floor((change + offsetAt(change)) / DAY);
  const days = { first: day - 1, last: day + 1 };
  const shifts = HOURS.map(([name, from, to]) => shiftOf(name, { from, to, timeZone }));
  const { entries } = new Timetable(rotaOf(shifts, { timeZone }), []).during(days, {
    show: String,
    timeZone,
  });
  const found = new Map(entries.map((entry) => [`${entry.shift} ${entry.date}`, entry]));
  const begins = [day - 1, day, day + 1];
  const others = HOURS.flatMap(([name, from, to]) =>
    begins.flatMap((begin) => {
      const end = (to > from ? begin : begin + 1) * DAY + to * MINUTE;
      const [first = 0] = instantsOf(begin * DAY + from * MINUTE, change, offsetAt);
      const last = instantsOf(end, change, offsetAt).at(-1) ?? 0;
      const entry = found.get(`${name} ${dateOf(begin)}`);
      const expected = first < last ? `${textOf(first)} ${textOf(last)}` : 'none';
      const actual = entry ? `${entry.from} ${entry.until}` : 'none';
      return expected === actual ? [] : [`${timeZone} ${name} ${dateOf(begin)}: ${actual}, not ${expected}`];
    }),
  );
  const holes = NEIGHBOURS.flatMap(([one, other, later]) =>
    begins.slice(0, 2).flatMap((begin) => {
      const before = found.get(`${one} ${dateOf(begin)}`);
      const after = found.get(`${other} ${dateOf(begin + later)}`);
      const isHole = before && after && Date.parse(after.from) > Date.parse(before.until);
      return isHole ? [`${timeZone} ${dateOf(begin)}: a hole between ${one} and ${other}`] : [];
    }),
  );
  return [...others, ...holes];
}

function textOf(instant: number): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}
