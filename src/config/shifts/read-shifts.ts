import type * as z from 'zod';
import type { Complaint } from '../complaints.ts';
import { isMap, type Located, type WrittenMap } from '../schema/written-map.ts';
import { locate } from '../source/locate.ts';
import { shift, shiftsHead, swap, timeOff } from './schema.ts';

type ReadMap = (schema: z.ZodType, located: Located) => WrittenMap;

/**
 * Checks the section of one file part by part, with a complaint for everything that is wrong. What comes back
 * has the sound keys alone, each part at its place.
 */
export function readShifts(section: Located, readMap: ReadMap, add: (complaint: Complaint) => void): object {
  const { file, node, filled, real } = section;
  const partAt = (path: [string, string | number], called: string): Located => ({
    ...section,
    node: locate(file, node, path).node,
    filled: valueAt(filled, path),
    real: valueAt(real, path),
    called,
  });
  const listOf = (key: string, schema: z.ZodType): object => {
    const list = isMap(real) ? real[key] : null;
    if (!Array.isArray(list)) return {};
    return {
      [key]: list.map(
        (_item, index) => readMap(schema, partAt([key, index], `an item of the list "${key}"`)).keys,
      ),
    };
  };
  const head = readMap(shiftsHead, section);
  const names = isMap(real) && isMap(real.rota) ? Object.keys(real.rota) : null;
  const shifts = names?.map((name) => {
    const called = `the shift "${section.secrets.mask(name)}"`;
    const entry = readMap(shift, partAt(['rota', name], called));
    checkWhoOrRotate(entry, called, add);
    return [name, entry.keys] as const;
  });
  return {
    ...head.keys,
    ...(shifts ? { rota: Object.fromEntries(shifts) } : {}),
    ...listOf('off', timeOff),
    ...listOf('swaps', swap),
  };
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((found, step) => (found as Record<string | number, unknown>)[step], value);
}

function checkWhoOrRotate(entry: WrittenMap, called: string, add: (complaint: Complaint) => void): void {
  if (!entry.isMap) return;
  if (entry.has('who') && entry.has('rotate')) {
    add({
      code: 'who-and-rotate',
      message: `${called} has both "who" and "rotate"`,
      hint: 'keep "who" for people who are always on, or "rotate" for those who take turns',
      place: entry.placeOfKey('rotate'),
      related: { message: 'the "who" is here', place: entry.placeOfKey('who') },
    });
  } else if (!entry.has('who') && !entry.has('rotate')) {
    add({
      code: 'missing-key',
      message: `${called} has nobody: neither "who" nor "rotate"`,
      hint: 'add who: [jon.snow@acme.example]',
      place: entry.placeOf(),
    });
  }
}
