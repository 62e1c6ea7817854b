import { joined } from './coverage.ts';
import type { Span, Turn } from './turns.ts';
import type { ZoneClocks } from './zone-clock.ts';

/**
 * The stretch of one person that a time lies in: turns that touch or overlap, up to a day by the clocks of the
 * shift that it begins with; then a new stretch begins. A turn that is itself longer (the night in which the
 * clocks go back) stays whole.
 * @param turns those of one person, in the order of their begin.
 */
export function stretchAt(turns: readonly Turn[], now: number, clocks: ZoneClocks): Span | null {
  const chain = joined(turns).find(({ from, until }) => from <= now && now < until);
  if (!chain) return null;
  for (let { from } = chain; ; ) {
    const end = Math.min(endOfDayFrom(from, turns, clocks), chain.until);
    if (now < end) return { from, until: end };
    from = end;
  }
}

function endOfDayFrom(from: number, turns: readonly Turn[], clocks: ZoneClocks): number {
  const running = turns.filter((turn) => turn.from <= from && from < turn.until);
  const zone = running.at(-1)?.shift.timeZone ?? 'UTC';
  const ends = running.filter((turn) => turn.from === from).map(({ until }) => until);
  return Math.max(clocks.of(zone).aDayLater(from), ...ends);
}
