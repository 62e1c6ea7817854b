import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/model/plan.ts';
import { dateOf, parseDate, weekdayOf } from '../../src/model/rota/calendar.ts';
import type { CoverageRule, Rota } from '../../src/model/rota/rota.ts';
import { plan } from '../../src/planner/plan.ts';
import { Timetable } from '../../src/rota/timetable.ts';
import { stateAfter } from '../property/simulate-plan.ts';
import { desired, live, liveOperator, operator, PLAN_OPTIONS } from '../support/builders.ts';
import { runs } from '../support/runs.ts';
import { rotaOf, ruleOf, shiftOf } from './rotas.ts';

/** The last Sunday of March 2026, when the clocks of Europe change, in the middle. */
const FIRST = parseDate('2026-03-27') ?? 0;
const LAST = FIRST + 4;
const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;

const PEOPLE = ['ann', 'bob', 'cid', 'dan'].map((name) => `${name}@acme.example`);
const person = fc.constantFrom(...PEOPLE);
const people = fc.uniqueArray(person, { minLength: 1, maxLength: 3 });
const zone = fc.constantFrom('Europe/Berlin', 'UTC', 'America/New_York');
const days = fc.uniqueArray(fc.nat(6), { minLength: 1 }).map((list) => new Set(list));
const quarterOfDay = fc.nat(95).map((quarter) => quarter * 15);
const hours = fc.record({ from: quarterOfDay, to: quarterOfDay, days, timeZone: zone });
const day = fc.integer({ min: FIRST - 1, max: LAST });

const rotation = fc.record({
  every: fc.constantFrom(1, 2, 7),
  since: fc.integer({ min: FIRST - 9, max: FIRST + 2 }),
  order: fc.array(people, { minLength: 1, maxLength: 3 }),
});

const rotas: fc.Arbitrary<Rota> = fc
  .record({
    shifts: fc.array(fc.tuple(hours, fc.oneof(people, rotation)), { minLength: 1, maxLength: 4 }),
    closed: fc.array(day, { maxLength: 1 }),
    off: fc.array(fc.record({ who: person, first: day, length: fc.nat(2) }), { maxLength: 3 }),
    swaps: fc.array(fc.record({ date: day, shift: fc.nat(3), out: person, in: person }), { maxLength: 4 }),
    handover: fc.constantFrom('start' as const, 'enforce' as const),
  })
  .map(({ shifts, closed, off, swaps, handover }) =>
    rotaOf(
      shifts.map(([when, who], index) => shiftOf(`shift ${index}`, { ...when, who })),
      {
        timeZone: 'Europe/Berlin',
        closed: closed.map((one) => ({ first: one, last: one })),
        off: off.map(({ who, first, length }) => ({ who, first, last: first + length })),
        swaps: swaps.map((swap, index) => ({ ...swap, shift: `shift ${swap.shift}`, index })),
        handover,
      },
    ),
  );

const rules: fc.Arbitrary<CoverageRule[]> = fc.array(
  fc
    .record({ when: hours, online: fc.integer({ min: 1, max: 3 }), onClosedDays: fc.boolean() })
    .map(({ when, ...rest }) => ruleOf({ ...when, ...rest })),
  { minLength: 1, maxLength: 2 },
);

function overview(rota: Rota, asked: readonly CoverageRule[] = []) {
  return new Timetable(rota, asked).during({ first: FIRST, last: LAST }, { show: String });
}

const covers = ({ from, until }: { from: string; until: string }, instant: number) =>
  Date.parse(from) <= instant && instant < Date.parse(until);

describe('any rota', () => {
  test('has nobody twice on one shift of one day, nobody who is off but by a swap, and none on closed days', () => {
    fc.assert(
      fc.property(rotas, (rota) => {
        const { entries } = overview(rota);
        const turns = entries.map(({ shift, who, date }) => `${shift} ${who} ${date}`);
        expect(new Set(turns).size).toBe(turns.length);
        for (const { shift, who, date } of entries) {
          const own = parseDate(date) ?? 0;
          const isIn = ({ first, last }: { first: number; last: number }) => first <= own && own <= last;
          expect(rota.closed.some(isIn)).toBe(false);
          const isOff = rota.off.some((off) => off.who === who && isIn(off));
          const isSwapped = rota.swaps.some(
            (swap) => swap.in === who && swap.shift === shift && dateOf(swap.date) === date,
          );
          expect(isOff && !isSwapped).toBe(false);
        }
      }),
      { numRuns: runs(80) },
    );
  });

  test('has a gap exactly where a count of the minutes finds one', () => {
    fc.assert(
      fc.property(rotas, rules, (rota, asked) => {
        // Where the clocks leave an hour out or have one twice, who asks when is tested apart.
        const calm = asked.map((rule) => ({ ...rule, timeZone: 'UTC' }));
        const { document } = overview(rota, calm);
        const from = Date.parse('2026-03-27T00:00+01:00');
        const until = Date.parse('2026-04-01T00:00+02:00');
        const turns = document.shifts.map((one) => ({ ...spanOf(one), who: one.who }));
        const gaps = document.gaps.map((gap) => ({ ...spanOf(gap), gap }));
        const faults: string[] = [];
        for (let now = from; now < until; now += QUARTER) {
          const isNow = (span: Span) => span.start <= now && now < span.end;
          const online = new Set(turns.filter(isNow).map(({ who }) => who)).size;
          const wanted = calm.filter((rule) => asksAt(rule, rota, now) && online < rule.online);
          const found = gaps.filter(isNow).map(({ gap }) => `${gap.online} of ${gap.needed}`);
          const expected = wanted.map((rule) => `${online} of ${rule.online}`);
          if (found.sort().join() !== expected.sort().join())
            faults.push(`${now}: ${found}, not ${expected}`);
        }
        expect(faults).toEqual([]);
        for (const gap of document.gaps) expect(Date.parse(gap.from)).toBeLessThan(Date.parse(gap.until));
      }),
      { numRuns: runs(40) },
    );
  });

  test('at any minute has whom its shifts have then, until a time up to which they have them', () => {
    fc.assert(
      fc.property(rotas, fc.nat(5 * 24 * 60 - 1), (rota, minute) => {
        const now = Date.parse('2026-03-27T00:00+01:00') + minute * MINUTE;
        const timetable = new Timetable(rota, []);
        const around = { first: FIRST - 20, last: LAST + 4 };
        const { shifts } = timetable.during(around, { show: String }).document;
        const { onShift } = timetable.dutyAt(new Date(now));
        const wanted = new Set(shifts.filter((one) => covers(one, now)).map(({ who }) => who));
        expect([...onShift.keys()].sort()).toEqual([...wanted].sort());
        for (const [who, { until, isDue }] of onShift) {
          const own = shifts.filter((one) => one.who === who);
          const end = Date.parse(until);
          for (let at = now; at < end; at += QUARTER) {
            if (!own.some((one) => covers(one, at))) throw new Error(`${who} is not on shift at ${at}`);
          }
          // It ends with the last shift that touches, or after a day.
          const goesOn = own.some((one) => covers(one, end));
          expect(goesOn && end - now > 25 * 60 * MINUTE).toBe(false);
          if (rota.handover === 'enforce') expect(isDue).toBe(true);
        }
      }),
      { numRuns: runs(80) },
    );
  });

  test('is what an apply sets, of nobody else, and a second apply at that minute does nothing', () => {
    const word = fc.constantFrom('online', 'away', 'offline');
    const words = fc.tuple(word, word);
    const statuses = fc.tuple(words, words, words, words);
    fc.assert(
      fc.property(rotas, fc.nat(5 * 24 * 60 - 1), statuses, (rota, minute, were) => {
        const now = new Date(Date.parse('2026-03-27T00:00+01:00') + minute * MINUTE);
        const duty = new Timetable(rota, []).dutyAt(now);
        const file = desired({ operators: PEOPLE.map((email) => operator(email, { name: undefined })) });
        const planOf = (state: ReturnType<typeof live>) =>
          plan({ ...file, duty }, state, { ...PLAN_OPTIONS, now }).changes;
        const before = live(
          PEOPLE.map((email, index) => {
            const [lastStatus = '', realStatus = ''] = were[index] ?? [];
            return liveOperator(email, { lastStatus, realStatus });
          }),
        );
        const changes = planOf(before);
        for (const { kind, key, after } of changes) {
          expect(kind).toBe('status');
          expect(after).toMatchObject({ status: 'online', validUntil: duty.onShift.get(key)?.until });
          expect(duty.onShift.get(key)?.isDue).toBe(true);
        }
        const { operators } = stateAfter({ changes } as Plan, before);
        // On such accounts visitors see what was set last.
        const after = live(
          (operators ?? []).map((one, index) => {
            const { lastStatus } = one;
            const wasSet = changes.some(({ key }) => key === one.email);
            return { ...one, realStatus: wasSet ? lastStatus : (were[index]?.[1] ?? '') };
          }),
        );
        expect(planOf(after)).toEqual([]);
      }),
      { numRuns: runs(80) },
    );
  });
});

interface Span {
  start: number;
  end: number;
}

function spanOf({ from, until }: { from: string; until: string }): Span {
  return { start: Date.parse(from), end: Date.parse(until) };
}

/** By the clocks of UTC. */
function asksAt(rule: CoverageRule, rota: Rota, instant: number): boolean {
  const today = Math.floor(instant / (24 * 60 * MINUTE));
  const minutes = (instant / MINUTE) % (24 * 60);
  const isAsked = (one: number) =>
    rule.days.has(weekdayOf(one)) &&
    (rule.onClosedDays || !rota.closed.some(({ first, last }) => first <= one && one <= last));
  const goesOver = rule.to <= rule.from;
  const isToday = isAsked(today) && minutes >= rule.from && (goesOver || minutes < rule.to);
  return isToday || (goesOver && isAsked(today - 1) && minutes < rule.to);
}
