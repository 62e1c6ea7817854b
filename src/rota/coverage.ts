import { Roster } from '../model/rota/roster.ts';
import type { CoverageRule, Rota } from '../model/rota/rota.ts';
import { hoursIn, meets, type Span, type Turn } from './turns.ts';
import type { ZoneClocks } from './zone-clock.ts';

/** A stretch in which a rule wants more people than are on, and their number is the same. */
export interface Gap extends Span {
  rule: CoverageRule;
  online: number;
}

/** From `at` on so many distinct people are on shift. */
interface Headcount {
  at: number;
  online: number;
}

/** @param turns every turn that meets the span. */
export function gapsIn(
  rules: readonly CoverageRule[],
  rota: Rota,
  { turns, span, clocks }: { turns: readonly Turn[]; span: Span; clocks: ZoneClocks },
): Gap[] {
  const roster = new Roster(rota);
  const counts = headcounts(turns, span);
  const gaps = rules.flatMap((rule) => {
    const asked = hoursIn(rule, span, clocks.of(rule.timeZone)).filter(
      ({ day, ...hours }) =>
        hours.from < hours.until && meets(hours, span) && (rule.onClosedDays || !roster.isClosed(day)),
    );
    return joined(asked).flatMap((stretch) => gapsWithin(cut(stretch, span), rule, counts));
  });
  return gaps.sort((a, b) => a.from - b.from);
}

function headcounts(turns: readonly Turn[], span: Span): Headcount[] {
  const events = turns.flatMap(({ who, from, until }) => [
    { at: from, who, step: 1 },
    { at: until, who, step: -1 },
  ]);
  events.sort((a, b) => a.at - b.at);
  const shiftsOf = new Map<string, number>();
  const counts: Headcount[] = [{ at: span.from, online: 0 }];
  let online = 0;
  for (const { at, who, step } of events) {
    const before = shiftsOf.get(who) ?? 0;
    shiftsOf.set(who, before + step);
    online += Number(before + step > 0) - Number(before > 0);
    const last = counts.at(-1);
    // What begins before the span is on at its begin.
    if (last && last.at >= at) last.online = online;
    else if (last?.online !== online) counts.push({ at, online });
  }
  return counts;
}

/** Linear in what it finds: where in the counts the stretch begins is looked up. */
function gapsWithin({ from, until }: Span, rule: CoverageRule, counts: readonly Headcount[]): Gap[] {
  const gaps: Gap[] = [];
  for (let index = lastUpTo(from, counts); index < counts.length; index += 1) {
    const { at, online } = counts[index] as Headcount;
    if (at >= until) break;
    if (online >= rule.online) continue;
    const piece = { from: Math.max(at, from), until: Math.min(counts[index + 1]?.at ?? until, until) };
    const previous = gaps.at(-1);
    if (previous?.until === piece.from && previous.online === online) previous.until = piece.until;
    else if (piece.from < piece.until) gaps.push({ ...piece, rule, online });
  }
  return gaps;
}

function lastUpTo(instant: number, counts: readonly Headcount[]): number {
  let low = 0;
  let high = counts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((counts[middle]?.at ?? 0) <= instant) low = middle;
    else high = middle;
  }
  return low;
}

/** Those that touch or overlap become one. They come in the order of their begin. */
export function joined(spans: readonly Span[]): Span[] {
  const whole: Span[] = [];
  for (const { from, until } of spans) {
    const last = whole.at(-1);
    if (last && from <= last.until) last.until = Math.max(last.until, until);
    else whole.push({ from, until });
  }
  return whole;
}

function cut(one: Span, other: Span): Span {
  return { from: Math.max(one.from, other.from), until: Math.min(one.until, other.until) };
}
