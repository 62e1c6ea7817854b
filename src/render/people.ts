import type { FieldChange } from '../model/change.ts';
import type { Fields } from '../model/json.ts';
import { kindNamed } from '../model/kinds/index.ts';
import type { KindName } from '../model/kinds/names.ts';
import type { PlannedChange, UnmanagedObject } from '../model/plan.ts';
import { shownFields } from './wording.ts';

/** The names of people by the key that a document has for them. */
export type People = ReadonlyMap<string, string>;

/** Anything in a document that may say who somebody is. */
interface Introduced {
  kind: KindName;
  key: string;
  about?: Fields;
  before?: Fields | null;
  after?: Fields | null;
  fields?: readonly FieldChange[];
}

/** Who the people of a document are: what stands at one object says it for all that have its key. */
export function peopleIn(objects: readonly Introduced[]): People {
  const people = new Map<string, string>();
  for (const object of objects) {
    const name = nameIn(object);
    if (name !== null && !people.has(object.key)) people.set(object.key, name);
  }
  return people;
}

/** Who those are whom no file names. */
export function peopleAmong(objects: readonly UnmanagedObject[]): People {
  return peopleIn(objects.map((object) => ({ kind: object.kind, key: object.key, about: object })));
}

/** The fields worth a line, without a name that stands whole beside the key already. */
export function fieldsBesideName(
  change: PlannedChange,
  people: People,
  isWhole: (name: string) => boolean = () => true,
): FieldChange[] {
  const { calledBy } = kindNamed(change.kind);
  const fields = shownFields(change);
  if (change.action === 'update') return fields;
  return fields.filter(({ path, before, after }) => {
    const name = String(after ?? before);
    return path !== calledBy || people.get(change.key) !== name || !isWhole(name);
  });
}

/** As the account has it; of a new one as the file says. */
function nameIn({ kind, about, before, after, fields = [] }: Introduced): string | null {
  const { calledBy } = kindNamed(kind);
  if (calledBy === undefined) return null;
  const changed = fields.find(({ path }) => path === calledBy);
  const known = [about?.[calledBy], before?.[calledBy], changed?.before, after?.[calledBy], changed?.after];
  const name = known.find((value) => typeof value === 'string' && value.trim() !== '');
  return typeof name === 'string' ? name : null;
}
