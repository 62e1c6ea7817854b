import { isWithin, weekdayOf } from './calendar.ts';
import { isRotation, type Rota, type Shift, type Swap, type TimeOff } from './rota.ts';

/** Why a swap cannot be made, or what is odd about it. */
export type SwapFault = 'not-on' | 'not-in-it' | 'already-in-it' | 'in-is-off';

/** Tells who is on which shift of which day: by dates alone, whatever the clocks do. */
export class Roster {
  readonly #rota: Rota;
  readonly #off = new Map<string, TimeOff[]>();
  readonly #swaps = new Map<string, Swap[]>();

  constructor(rota: Rota) {
    this.#rota = rota;
    for (const off of rota.off) addTo(this.#off, off.who, off);
    for (const swap of rota.swaps) addTo(this.#swaps, placeOf(swap.shift, swap.date), swap);
  }

  isClosed(day: number): boolean {
    return this.#rota.closed.some((range) => isWithin(day, range));
  }

  isOff(who: string, day: number): boolean {
    return this.#off.get(who)?.some((range) => isWithin(day, range)) ?? false;
  }

  /** Whether the shift takes place, be there anybody or nobody on it. */
  takesPlace(shift: Shift, day: number): boolean {
    return shift.days.has(weekdayOf(day)) && !this.isClosed(day);
  }

  /** `closed` beats the rota, `off` takes people out, and swaps put people in. */
  peopleOn(shift: Shift, day: number): string[] {
    return this.#settle(shift, day).people;
  }

  /** What is wrong with the swaps, in their order. */
  faults(): { swap: Swap; fault: SwapFault }[] {
    const byName = new Map(this.#rota.shifts.map((shift) => [shift.name, shift]));
    return [...this.#swaps.values()].flatMap((swaps) => {
      const [{ shift: name, date }] = swaps as [Swap];
      const shift = byName.get(name);
      if (!shift) return [];
      if (this.takesPlace(shift, date)) return this.#settle(shift, date).faults;
      return swaps.map((swap) => ({ swap, fault: 'not-on' as const }));
    });
  }

  #settle(shift: Shift, day: number): { people: string[]; faults: { swap: Swap; fault: SwapFault }[] } {
    if (!this.takesPlace(shift, day)) return { people: [], faults: [] };
    /** Whom the rota has, and whether a swap brought them in: that also brings in who is off. */
    const people = new Map(whoseTurn(shift.who, day).map((who) => [who, false]));
    const isOn = (who: string) => people.has(who) && (people.get(who) === true || !this.isOff(who, day));
    const faults = (this.#swaps.get(placeOf(shift.name, day)) ?? []).flatMap((swap) => {
      const { out, in: comesIn } = swap;
      if (!people.has(out)) return { swap, fault: 'not-in-it' as const };
      if (out === comesIn || isOn(comesIn)) return { swap, fault: 'already-in-it' as const };
      people.delete(out);
      people.set(comesIn, true);
      return this.isOff(comesIn, day) ? { swap, fault: 'in-is-off' as const } : [];
    });
    return { people: [...people.keys()].filter(isOn), faults };
  }
}

function whoseTurn(who: Shift['who'], day: number): readonly string[] {
  if (!isRotation(who)) return who;
  const { every, since, order } = who;
  if (day < since) return [];
  return order[Math.floor((day - since) / every) % order.length] ?? [];
}

function placeOf(shift: string, day: number): string {
  return `${day} ${shift}`;
}

function addTo<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}
