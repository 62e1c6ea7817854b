import type { LiveObject } from '../model/live.ts';
import { realOf, type Value } from '../model/text.ts';
import { keyOf } from '../planner/saved-plan/differences.ts';
import { desiredKey, type Entry } from './entry.ts';
import type { Reading } from './readings.ts';

/** What a reading says of a change: it is there, all is as it was before, or somebody changed it to something else. */
export type Sight = 'shown' | 'as-before' | 'changed';

export function sightOf(entry: Entry, reading: Reading): Sight {
  const { action } = entry.change;
  if (action === 'create') return sightOfCreate(entry, reading);
  return action === 'delete' ? sightOfDelete(entry, reading) : sightOfUpdate(entry, reading);
}

/** Notes what a reading shows of what was sent. */
export function noteSight(entry: Entry, reading: Reading): void {
  if (entry.said === 'nothing' || entry.isSeen || entry.kind.list !== reading.list) return;
  if (sightOf(entry, reading) !== 'shown') return;
  entry.isSeen = true;
  if (entry.change.action !== 'create' || entry.result.id !== undefined) return;
  const [found] = reading.byKey(entry.kind, desiredKey(entry));
  if (found) entry.result.id = found.id;
}

/** By the id that it was given; by its key where it was given none. */
function sightOfCreate(entry: Entry, reading: Reading): Sight {
  const { kind, result, isOwn } = entry;
  const key = desiredKey(entry);
  if (!isOwn) return reading.byKey(kind, key).length > 0 ? 'shown' : 'as-before';
  const object = reading.byId(kind, result.id);
  if (!object) return 'as-before';
  return object.key === key ? 'shown' : 'changed';
}

function sightOfDelete(entry: Entry, reading: Reading): Sight {
  const object = reading.byId(entry.kind, entry.change.id);
  if (!object) return 'shown';
  return changedFields(entry, object).length > 0 ? 'changed' : 'as-before';
}

function sightOfUpdate(entry: Entry, reading: Reading): Sight {
  const { kind, change, desired, result } = entry;
  const object = reading.byId(kind, change.id ?? result.id);
  // What this run has just created may not be in the list yet.
  if (!object) return change.id === undefined ? 'as-before' : 'changed';
  const paths = change.fields.map(({ path }) => path);
  if (paths.every((path) => hasValue(entry, object, path, desired?.[path]))) return 'shown';
  return changedFields(entry, object).length > 0 ? 'changed' : 'as-before';
}

/** The fields that the change is about and that are neither as before nor as desired. */
export function changedFields(entry: Entry, object: LiveObject): string[] {
  const { kind, change, desired, seen, base } = entry;
  const before = [seen, base].flatMap((known) => known ?? []);
  if (before.length === 0) return [];
  const paths =
    change.action === 'delete' ? fieldsThatIdentify(entry) : change.fields.map(({ path }) => path);
  return paths.filter((path) => {
    if (!Object.hasOwn(kind.fields, path)) return false;
    if (desired && hasValue(entry, object, path, desired[path])) return false;
    return !before.some(({ fields }) => hasValue(entry, object, path, fields[path]));
  });
}

/** The fields by which a delete checks that the live object is still the one that the plan shows. */
export function fieldsThatIdentify({ kind }: Entry): string[] {
  return kind.deleteShows.filter((field) => !kind.incidental.includes(field));
}

/** What makes up the key is compared in the key's spelling. */
export function hasValue({ kind }: Entry, object: LiveObject, path: string, value: Value = null): boolean {
  if (kind.keyFields.includes(path)) return keyOf(kind, { ...object.fields, [path]: value }) === object.key;
  return realOf(object.fields[path] ?? null) === realOf(value);
}
