import { isDeepStrictEqual } from 'node:util';
import { isAbsent } from '../../model/kinds/kind.ts';
import type { Complaint } from '../complaints.ts';
import type { WrittenMap } from '../schema/written-map.ts';
import { byKey, type FileEntry } from './entries.ts';
import { OverriddenEntry } from './layered-map.ts';
import { fieldsOf, type OverrideContext } from './read-overrides.ts';

/** The entries of all files with what overrides change of them; linear in their number. */
export function layOver(
  entries: readonly FileEntry[],
  overrides: readonly FileEntry[],
  context: OverrideContext,
): WrittenMap[] {
  const overridesByKey = byKey(overrides);
  return entries.flatMap((entry) => {
    const all = overridesByKey.get(entry.key ?? '') ?? [];
    const reaching = all.filter(({ file }) => context.inclusions.includes(file, entry.file));
    return reaching.length === 0 ? [entry.map] : overridden(entry.map, reaching, context);
  });
}

/** The entry as it is after all overrides; none where it is omitted. The outermost wins, field by field. */
function overridden(
  entry: WrittenMap,
  overrides: readonly FileEntry[],
  context: OverrideContext,
): WrittenMap[] {
  if (isOmitted(overrides, context)) return [];
  const keys: Record<string, unknown> = { ...entry.keys };
  const byField = new Map<string, WrittenMap>();
  const fields = new Set(overrides.flatMap((override) => fieldsOf(override, context.section)));
  for (const field of fields) {
    const saying = overrides.filter(({ map, refused }) => map.has(field) && refused !== field);
    const [first, ...others] = context.inclusions.outermost(saying);
    if (!first) continue;
    const other = others.find(({ map }) => !isDeepStrictEqual(realIn(map, field), realIn(first.map, field)));
    if (other) context.add(conflict(other, first, field));
    byField.set(field, first.map);
    keys[field] = first.map.keys[field];
    // What is not sound was complained of.
    if (keys[field] === undefined) delete keys[field];
  }
  return [byField.size === 0 ? entry : new OverriddenEntry(keys, entry, byField)];
}

function realIn({ located }: WrittenMap, field: string): unknown {
  return (located.real as Record<string, unknown>)[field];
}

function isOmit({ map }: FileEntry): boolean {
  return map.keys.omit === true;
}

/** Whoever includes the file that omits an entry may have it again, by saying that it is present. */
function isOmitted(overrides: readonly FileEntry[], { inclusions, add }: OverrideContext): boolean {
  const omitting = overrides.filter(isOmit);
  const isRevived = ({ file }: FileEntry) =>
    overrides.some((other) => inclusions.includes(other.file, file) && !isOmit(other) && saysPresent(other));
  const left = omitting.filter((omit) => !isRevived(omit));
  for (const override of overrides) {
    if (isOmit(override)) continue;
    // What an outer file omits may be changed further in, for others.
    const [omit] = left.filter(({ file }) => !inclusions.includes(file, override.file));
    if (!omit) continue;
    if (inclusions.includes(override.file, omit.file)) add(omittedAlready(override, omit));
    else add(conflict(override, omit, 'omit'));
  }
  return left.length > 0;
}

function saysPresent({ map }: FileEntry): boolean {
  return map.keys.state !== undefined && !isAbsent(map);
}

function omittedAlready({ map }: FileEntry, omit: FileEntry): Complaint {
  return {
    code: 'nothing-to-override',
    message: 'an included file omits this one, so there is nothing to override',
    hint: 'add state: present to have it all the same, or remove this override',
    place: map.placeOf(),
    related: { message: 'it is omitted here', place: omit.map.placeOfKey('omit') },
  };
}

function conflict({ map }: FileEntry, first: FileEntry, field: string): Complaint {
  return {
    code: 'conflicting-keys',
    message: `two included files override "${field}", and not in the same way`,
    hint: 'say in the file that includes both which it is, or take it out of one of them',
    place: map.placeOfKey(field),
    related: { message: 'the other one is here', place: first.map.placeOfKey(field) },
  };
}
