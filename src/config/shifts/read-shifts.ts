import type * as z from 'zod';
import type { Located, WrittenMap } from '../schema/written-map.ts';
import { isMap } from '../schema/written-map.ts';
import { locate } from '../source/locate.ts';
import {
  shift,
  shiftsHead,
  swap,
  timeOff,
  type WrittenShift,
  type WrittenShiftsHead,
  type WrittenSwap,
  type WrittenTimeOff,
} from './schema.ts';

/** The section `shifts` of one file, with what is sound of each of its parts. */
export interface WrittenShifts {
  head: WrittenMap<WrittenShiftsHead>;
  shifts: { name: string; entry: WrittenMap<WrittenShift> }[];
  off: WrittenMap<WrittenTimeOff>[];
  swaps: WrittenMap<WrittenSwap>[];
}

type ReadMap = <T>(schema: z.ZodType, located: Located) => WrittenMap<T>;

/** Checks the section part by part, with a complaint for everything that is wrong. */
export function readShifts(section: Located, readMap: ReadMap): WrittenShifts {
  const { file, node, filled, real } = section;
  const partAt = (path: [string, string | number], called: string): Located => ({
    ...section,
    node: locate(file, node, path).node,
    filled: valueAt(filled, path),
    real: valueAt(real, path),
    called,
  });
  const entriesOf = <T>(key: string, schema: z.ZodType): WrittenMap<T>[] => {
    const list = isMap(real) ? real[key] : null;
    if (!Array.isArray(list)) return [];
    return list.map((_item, index) => readMap<T>(schema, partAt([key, index], `an entry of "${key}"`)));
  };
  const rota = isMap(real) ? real.rota : null;
  return {
    head: readMap(shiftsHead, section),
    shifts: Object.keys(isMap(rota) ? rota : {}).map((name) => ({
      name,
      entry: readMap(shift, partAt(['rota', name], `the shift "${section.secrets.mask(name)}"`)),
    })),
    off: entriesOf('off', timeOff),
    swaps: entriesOf('swaps', swap),
  };
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((found, step) => (found as Record<string | number, unknown>)[step], value);
}
