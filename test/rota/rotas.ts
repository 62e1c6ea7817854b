import { parseDays } from '../../src/model/rota/calendar.ts';
import type { CoverageRule, Rota, Shift } from '../../src/model/rota/rota.ts';

const source = { file: 'chaport.yaml', line: 1, column: 1 };

export function shiftOf(name: string, hours: Partial<Shift> & Pick<Shift, 'from' | 'to'>): Shift {
  return {
    name,
    days: parseDays('daily') ?? new Set(),
    timeZone: 'UTC',
    who: ['ann@acme.example'],
    source,
    ...hours,
  };
}

export function rotaOf(shifts: readonly Shift[], more: Partial<Rota> = {}): Rota {
  const rest = { timeZone: 'UTC', closed: [], off: [], swaps: [], handover: 'start', grace: 3600 } as const;
  return { ...rest, shown: new Map(), shifts, ...more };
}

export function ruleOf(hours: Partial<CoverageRule> & Pick<CoverageRule, 'from' | 'to'>): CoverageRule {
  const days = parseDays('daily') ?? new Set<number>();
  return { name: 'rule', days, timeZone: 'UTC', online: 1, onClosedDays: false, source, ...hours };
}
