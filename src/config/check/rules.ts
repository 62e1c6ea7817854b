import { sectionsOfFile } from '../../model/kinds/index.ts';
import { type CheckContext, type EntryComplaint, isAbsent } from '../../model/kinds/kind.ts';
import type { SecretBook } from '../../model/secrets.ts';
import type { Text } from '../../model/text.ts';
import type { Complaint, Complaints } from '../complaints.ts';
import type { JoinedFiles } from '../join/join-files.ts';
import { describeValue } from '../schema/complaints-from-issues.ts';
import type { FileSections, Head } from '../schema/read-sections.ts';
import { isMap, type RelatedPlace, type WrittenMap } from '../schema/written-map.ts';
import { checkShifts, type KnownPerson, type ShiftsContext } from '../shifts/check-shifts.ts';
import { type Place, sourceOf } from '../source/source-file.ts';
import { checkGlobs } from './globs.ts';
import { checkIdentities } from './identities.ts';

type Add = (complaint: Complaint) => void;

/**
 * Checks what the schemas cannot see: rules between keys, between entries and between files.
 * @param files those that are joined, one by one.
 * @param hasAllFiles `false`: what is missing may stand in a file that could not be read.
 */
export function checkRules(
  { head, entries: joined }: JoinedFiles,
  files: readonly FileSections[],
  hasAllFiles: boolean,
  secrets: SecretBook,
  complaints: Complaints,
): void {
  const add: Add = (complaint) => complaints.add(complaint);
  const show = (text: Text) => describeValue(text, secrets);
  const heads = files.map((file) => file.head);
  const { account, defaults = {} } = head.keys;
  const context: CheckContext = {
    owner: account?.owner ?? null,
    defaults,
    // Faulty ones may have meant to say what is missing.
    hasAllDefaults: head.has('defaults')
      ? heads.every((one) => !one.has('defaults') || one.keys.defaults !== undefined)
      : hasAllFiles,
  };
  const owner = account && head.placeOf('account', 'owner');
  for (const { kind, section } of sectionsOfFile()) {
    const entries = joined.get(section.name) ?? [];
    for (const fault of section.checkDefaults?.(context.defaults) ?? []) {
      add(locatedIn(head, fault, ['defaults'], owner));
    }
    for (const entry of entries) {
      for (const fault of section.check(entry, context)) add(locatedIn(entry, fault, [], owner));
      checkAbsent(entry, add);
    }
    const identities = entries.flatMap((entry) =>
      section.identities(entry, context.defaults).map((identity) => ({ ...identity, entry })),
    );
    checkIdentities(identities, { noun: kind.noun.one, section, show, add });
  }
  checkGlobs(heads, add);
  checkRota({ head, entries: joined }, files, { hasAllFiles, show, add });
}

/** The rota against the people whom the files describe. */
function checkRota(
  joined: JoinedFiles,
  files: readonly FileSections[],
  { hasAllFiles, show, add }: Pick<ShiftsContext, 'show' | 'add'> & { hasAllFiles: boolean },
): void {
  const { head } = joined;
  if (!head.has('shifts')) {
    if (hasAllFiles) warnOfIdleCoverage(head, add);
    return;
  }
  const { hasAllPeople, ...known } = knownPeople(joined);
  const sections = files.map((file) => file.head.located.filled);
  const isWritten = (key: string) =>
    !hasAllFiles ||
    sections.some(
      (said) => isMap(said) && 'shifts' in said && (!isMap(said.shifts) || Object.hasOwn(said.shifts, key)),
    );
  checkShifts(head, { ...known, hasAllPeople: hasAllPeople && hasAllFiles, isWritten, show, add });
}

function knownPeople({
  head,
  entries: joined,
}: JoinedFiles): Pick<ShiftsContext, 'people' | 'moved' | 'hasAllPeople'> {
  const { defaults = {} } = head.keys;
  const people = new Map<string, KnownPerson>();
  const moved = new Map<string, Text>();
  let hasAllPeople = true;
  for (const { section } of sectionsOfFile()) {
    const { name, ownStatus } = section;
    for (const entry of ownStatus ? (joined.get(name) ?? []) : []) {
      const own = ownStatus?.(entry, defaults) ?? null;
      const identities = section.identities(entry, defaults);
      // Whoever is described in it cannot be told.
      if (identities.length === 0) hasAllPeople = false;
      for (const { key, previousKey, words } of identities) {
        people.set(key, { isAbsent: isAbsent(entry), ownStatus: own && entry.placeOfMark(own) });
        if (previousKey !== undefined && words[0] !== undefined) moved.set(previousKey, words[0]);
      }
    }
  }
  return { people, moved, hasAllPeople };
}

function warnOfIdleCoverage(head: Head, add: Add): void {
  if ((head.keys.policy?.coverage ?? []).length === 0) return;
  add({
    severity: 'warning',
    code: 'idle-coverage',
    message: '"policy.coverage" asks for people of the rota, and no file has "shifts"',
    hint: 'write the rota under "shifts", or take the rules away',
    place: head.placeOfKey('policy', 'coverage'),
  });
}

/** `version` is asked for only when every file could be read: the missing one may stand in an unread file. */
export function checkVersion(files: readonly FileSections[], complaints: Complaints): void {
  const [first] = files;
  if (!first || files.some(({ head }) => !head.isMap || head.has('version'))) return;
  complaints.add({
    code: 'missing-key',
    message: files.length === 1 ? 'the file has no "version"' : 'no file has a "version"',
    hint: 'add version: 1 at the top',
    place: first.head.placeOf(),
  });
}

/** Puts what a kind complains of into places. @param base where in the map its paths start. */
function locatedIn<T>(
  written: WrittenMap<T>,
  { place, related, meant, ...fault }: EntryComplaint,
  base: readonly string[],
  owner: Place | undefined,
): Complaint {
  const placeOf = (at: EntryComplaint['place']) =>
    written.placeOfMark({ ...at, path: [...base, ...at.path] });
  const other = related && (related.place === 'owner' ? owner : placeOf(related.place));
  const own = related && other ? { message: related.message, place: other } : undefined;
  const overridden = written.otherPlaceOf(...base, ...place.path);
  return {
    ...fault,
    // There is room for one other place beside the sentence.
    message: own && overridden ? `${fault.message} (${inSentence(overridden)})` : fault.message,
    place: placeOf(place),
    ...(meant === undefined ? {} : { fix: fixTo(meant, placeOf(place)) }),
    related: own ?? overridden,
  };
}

function fixTo(meant: string, { offset, length }: Place): Complaint['fix'] {
  return { from: offset, to: offset + length, text: meant };
}

function inSentence({ message, place }: RelatedPlace): string {
  const { file, line, column } = sourceOf(place);
  return `${message}: ${file}:${line}:${column}`;
}

function checkAbsent(entry: WrittenMap<{ state?: string; movedFrom?: string }>, add: Add): void {
  if (!isAbsent(entry) || entry.keys.movedFrom === undefined) return;
  add({
    code: 'absent-moved',
    message: 'what has "state: absent" cannot have moved',
    hint: 'to delete what stands at the old place, write the old address in the place of the new one; otherwise take one of the two lines away',
    place: entry.placeOfMark({ path: ['movedFrom'], mark: 'pair' }),
    related: { message: 'the state is here', place: entry.placeOfKey('state') },
  });
}
