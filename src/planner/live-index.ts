import type { DesiredObject } from '../model/desired.ts';
import type { Kind } from '../model/kinds/index.ts';
import type { LiveObject } from '../model/live.ts';
import { realFields, type Values } from '../model/text.ts';

/** What an entry looks for: its own key, or the one before `movedFrom`. */
interface Wanted {
  key: string;
  fields: Values;
  /** A part of the key is left out of it. */
  isLoose: boolean;
}

/** The live objects that have a key which an entry looks for. */
export interface Found {
  objects: readonly LiveObject[];
  /** They have it in another spelling. */
  isAlike: boolean;
}

/** Where each entry has its live objects: at its own key, and at the one before `movedFrom`. */
export interface Places {
  here: Found | null;
  before: Found | null;
}

/**
 * Exact matches are taken first, over all entries, whole keys before loose ones; what is no entry's exact
 * match may still be one's look-alike. That goes by the order of the keys, whatever the order of the files.
 */
export function findPlaces(
  kind: Kind,
  entries: readonly DesiredObject[],
  live: readonly LiveObject[],
): Map<DesiredObject, Places> {
  const places = new Map(
    entries.map((entry): [DesiredObject, Places] => [entry, { here: null, before: null }]),
  );
  const sorted = [...places].sort(([a], [b]) => compare(a.key, b.key));
  const whole = sorted.filter(([entry]) => !isLoose(entry));
  const loose = sorted.filter(([entry]) => isLoose(entry));
  const { exact, alike } = indexOf(kind, live);
  const taken = new Set<LiveObject>();
  const look = (side: keyof Places, among: typeof sorted, find: typeof exact) => {
    for (const [entry, found] of among) {
      const known = found[side];
      // What goes takes its look-alikes along: the next plan would find them.
      const sought = known && !entry.absent ? null : soughtBy(entry, side);
      const isFree = (object: LiveObject) => !taken.has(object) && !known?.objects.includes(object);
      const objects = (sought && find(sought)?.filter(isFree)) ?? [];
      if (objects.length > 0) {
        found[side] = {
          objects: [...(known?.objects ?? []), ...objects],
          isAlike: known === null && find === alike,
        };
      }
      for (const object of objects) if (object.parts === undefined) taken.add(object);
    }
  };
  for (const among of [whole, loose]) {
    look('here', among, exact);
    look('before', among, exact);
  }
  look('here', sorted, alike);
  look('before', sorted, alike);
  return places;
}

function isLoose({ identity }: DesiredObject): boolean {
  return identity !== undefined;
}

function soughtBy(entry: DesiredObject, side: keyof Places): Wanted | null {
  const place = side === 'here' ? entry : entry.previous;
  return place ? { key: place.key, fields: place.fields, isLoose: isLoose(entry) } : null;
}

function indexOf(kind: Kind, live: readonly LiveObject[]) {
  const by = (keyOf: ((fields: Values, object: LiveObject) => string) | undefined) => {
    const groups = new Map<string, LiveObject[]>();
    if (!keyOf) return groups;
    for (const object of live) {
      for (const fields of partsOf(object)) {
        const key = keyOf(fields, object);
        const group = groups.get(key);
        if (group) group.push(object);
        else groups.set(key, [object]);
      }
    }
    return groups;
  };
  const { looseKey, lookAlikeKey } = kind;
  const whole = by((fields, object) => (object.parts ? wholeKey(kind, fields) : object.key));
  const loose = by(looseKey && ((fields) => looseKey(realFields(fields))));
  const alike = by(lookAlikeKey && ((fields) => lookAlikeKey(realFields(fields), false)));
  const looseAlike = by(lookAlikeKey && ((fields) => lookAlikeKey(realFields(fields), true)));
  return {
    exact: ({ key, isLoose: loosely }: Wanted) => (loosely ? loose : whole).get(key),
    alike: ({ fields, isLoose: loosely }: Wanted) =>
      lookAlikeKey && (loosely ? looseAlike : alike).get(lookAlikeKey(realFields(fields), loosely)),
  };
}

/** The fields of each thing in it that an entry may be about. */
export function partsOf({ parts, fields }: LiveObject): readonly Values[] {
  return parts ?? [fields];
}

/** The key behind fields in the spelling that is compared. */
export function wholeKey(kind: Kind, fields: Values): string {
  const real = kind.normalise(realFields(fields));
  return kind.keyParts(real).map(String).join(' ');
}

/** Whether both have the same key, but for its spelling. */
export function looksAlike(kind: Kind, one: Values, other: Values): boolean {
  const formOf = (fields: Values) => kind.lookAlikeKey?.(realFields(fields), false) ?? wholeKey(kind, fields);
  return formOf(one) === formOf(other);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
