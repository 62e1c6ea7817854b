import type { Section } from '../../model/kinds/kind.ts';
import { nearestWord } from '../../model/nearest-word.ts';
import type { SecretBook } from '../../model/secrets.ts';
import type { Text } from '../../model/text.ts';
import type { Complaint } from '../complaints.ts';
import type { Inclusions } from '../include/inclusions.ts';
import { describeValue } from '../schema/complaints-from-issues.ts';
import { overrideSchema } from '../schema/override-schema.ts';
import { type FileSections, readMap } from '../schema/read-sections.ts';
import { isMap } from '../schema/written-map.ts';
import { locate } from '../source/locate.ts';
import { byKey, type FileEntry, keyIn } from './entries.ts';

export interface OverrideContext {
  section: Section;
  inclusions: Inclusions;
  /** `false`: what is overridden may stand in a file that could not be read. */
  hasAllFiles: boolean;
  secrets: SecretBook;
  add: (complaint: Complaint) => void;
}

/** The overrides of a section in all files, with a complaint for each that is wrong or changes nothing. */
export function readOverrides(
  files: readonly FileSections[],
  entries: readonly FileEntry[],
  context: OverrideContext,
): FileEntry[] {
  const described = byKey(entries);
  const isSure = context.hasAllFiles && entries.every(({ key }) => key !== null);
  return files.flatMap(({ file, head }) => {
    const first = new Map<string, FileEntry>();
    const { length = 0 } = head.keys.overrides?.[context.section.name] ?? [];
    return Array.from({ length }, (_, index) => index).flatMap((index) => {
      const override = readOverride({ file, head }, index, described, context);
      const { key } = override;
      if (key === null) return [];
      const twin = first.get(key);
      if (twin) context.add(complaintAboutTwins(override, twin, context));
      first.set(key, twin ?? override);
      const same = described.get(key) ?? [];
      const reached = same.filter((entry) => context.inclusions.includes(file, entry.file));
      if (reached.length > 0) {
        checkOmit(override, reached, context);
        checkShared(override, reached, context);
      } else if (isSure) context.add(complaintAboutNothing(override, same, described, context));
      return twin || reached.length === 0 ? [] : [override];
    });
  });
}

/** A complaint about it names what it overrides too. */
function readOverride(
  { file, head }: Pick<FileSections, 'file' | 'head'>,
  index: number,
  described: ReadonlyMap<string, readonly FileEntry[]>,
  { section, inclusions, secrets, add }: OverrideContext,
): FileEntry {
  const path = ['overrides', section.name, index];
  const { located } = head;
  const whole = {
    ...located,
    node: locate(located.file, located.node, path).node,
    filled: valueAt(located.filled, path),
    real: valueAt(located.real, path),
    called: `an override of "${section.name}"`,
    secrets,
  };
  const complaints: Complaint[] = [];
  const schema = overrideSchema(section);
  const map = readMap<Record<string, unknown>>(schema, whole, {
    addAll: (some) => complaints.push(...some),
  });
  const key = keyIn(map, section);
  const entry = described.get(key ?? '')?.find((one) => inclusions.includes(file, one.file));
  const related = overriddenAt(entry ? [entry] : []);
  for (const complaint of complaints) add({ related, ...complaint });
  return { file, key, map };
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  let found = value;
  for (const step of path) {
    found = isMap(found) || Array.isArray(found) ? (found as Record<PropertyKey, unknown>)[step] : undefined;
  }
  return found;
}

/** The fields that an override says, sound or not. */
export function fieldsOf({ map }: FileEntry, section: Section): string[] {
  const { filled } = map.located;
  return isMap(filled)
    ? Object.keys(filled).filter((field) => field !== section.key && field !== 'omit')
    : [];
}

function checkOmit(
  override: FileEntry,
  reached: readonly FileEntry[],
  { section, add }: OverrideContext,
): void {
  const { map } = override;
  const [field] = map.has('omit') ? fieldsOf(override, section) : [];
  if (field === undefined) return;
  add({
    code: 'omit-with-others',
    message: '"omit" stands alone: what is omitted has no other fields',
    hint: 'remove this line, or "omit"',
    place: map.placeOfKey(field),
    related: overriddenAt(reached),
  });
}

/** What tells entries apart is not the same in all of them, so nobody can say it of all at once. */
function checkShared(
  override: FileEntry,
  reached: readonly FileEntry[],
  { section, add }: OverrideContext,
): void {
  const { apartBy, key } = section;
  if (apartBy === undefined || reached.length === 1 || !override.map.has(apartBy)) return;
  override.refused = apartBy;
  add({
    code: 'shared-override',
    message: `${reached.length} webhooks share this ${key}, so "${apartBy}" cannot be overridden`,
    hint: `omit them and write your own, or change their "${apartBy}" where they stand`,
    place: override.map.placeOfKey(apartBy),
    related: overriddenAt(reached),
  });
}

function overriddenAt([entry]: readonly FileEntry[]): Complaint['related'] {
  return entry && { message: 'it overrides what is said here', place: entry.map.placeOf() };
}

function complaintAboutTwins(
  { map }: FileEntry,
  first: FileEntry,
  { section, secrets }: OverrideContext,
): Complaint {
  return {
    code: 'duplicate-override',
    message: `${describeValue(map.keys[section.key], secrets)} is overridden twice in this file`,
    hint: 'make one of the two',
    place: map.placeOf(section.key),
    related: { message: 'the first one is here', place: first.map.placeOf(section.key) },
  };
}

function complaintAboutNothing(
  { file, map }: FileEntry,
  [elsewhere]: readonly FileEntry[],
  described: ReadonlyMap<string, readonly FileEntry[]>,
  { section, inclusions, secrets }: OverrideContext,
): Complaint {
  const written = map.keys[section.key] as Text;
  const complaint = {
    code: 'nothing-to-override' as const,
    message: `no included file describes ${describeValue(written, secrets)}, so there is nothing to override`,
    place: map.placeOf(section.key),
  };
  if (elsewhere) {
    const isHere = elsewhere.file === file;
    return {
      ...complaint,
      hint: isHere ? 'change it there: it stands in this file' : 'include the file that describes it',
      related: { message: 'it is described here', place: elsewhere.map.placeOf(section.key) },
    };
  }
  const known = [...described.values()].flatMap(([first]) => {
    const text: unknown = first && inclusions.includes(file, first.file) ? first.map.keys[section.key] : null;
    return typeof text === 'string' ? [text] : [];
  });
  const nearest = typeof written === 'string' ? nearestWord(written, known) : undefined;
  return {
    ...complaint,
    hint: nearest
      ? `did you mean ${nearest}?`
      : `write it under "${section.name}" to add it, or remove it here`,
  };
}
