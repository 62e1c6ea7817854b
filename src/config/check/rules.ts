import { sectionsOfFile } from '../../model/kinds/index.ts';
import { type CheckContext, type EntryComplaint, isAbsent } from '../../model/kinds/kind.ts';
import type { SecretBook } from '../../model/secrets.ts';
import type { Text } from '../../model/text.ts';
import type { Complaint, Complaints } from '../complaints.ts';
import { describeValue } from '../schema/complaints-from-issues.ts';
import { SOLE_KEYS } from '../schema/file-schema.ts';
import type { FileSections, Head } from '../schema/read-sections.ts';
import type { WrittenMap } from '../schema/written-map.ts';
import { checkShifts, type KnownPerson, type ShiftsContext } from '../shifts/check-shifts.ts';
import type { Place } from '../source/source-file.ts';
import { checkGlobs } from './globs.ts';
import { checkIdentities } from './identities.ts';

type Add = (complaint: Complaint) => void;

/**
 * Checks what the schemas cannot see: rules between keys, between entries and between files.
 * @param hasAllFiles `false`: what is missing may stand in a file that could not be read.
 */
export function checkRules(
  files: readonly FileSections[],
  hasAllFiles: boolean,
  secrets: SecretBook,
  complaints: Complaints,
): void {
  const add: Add = (complaint) => complaints.add(complaint);
  const show = (text: Text) => describeValue(text, secrets);
  const heads = files.map(({ head }) => head);
  checkSoleKeys(heads, add);
  const account = heads.find(({ keys }) => keys.account !== undefined);
  const defaults = heads.find((head) => head.has('defaults'));
  const context: CheckContext = {
    owner: account?.keys.account?.owner ?? null,
    defaults: defaults?.keys.defaults ?? {},
    // Faulty ones may have meant to say what is missing.
    hasAllDefaults: defaults === undefined ? hasAllFiles : defaults.keys.defaults !== undefined,
  };
  const owner = account?.placeOf('account', 'owner');
  for (const { kind, section } of sectionsOfFile()) {
    const entries = files.flatMap((file) => file.entries.get(section.name) ?? []);
    for (const fault of section.checkDefaults?.(context.defaults) ?? []) {
      if (defaults) add(locatedIn(defaults, fault, ['defaults'], owner));
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
  checkRota(files, context, { hasAllFiles, show, add });
}

/** The rota against the people whom the files describe. */
function checkRota(
  files: readonly FileSections[],
  { defaults }: CheckContext,
  rest: Pick<ShiftsContext, 'show' | 'add'> & { hasAllFiles: boolean },
): void {
  const written = files.flatMap(({ shifts }) => shifts ?? []);
  if (written.length === 0 && rest.hasAllFiles) {
    warnOfIdleCoverage(
      files.map(({ head }) => head),
      rest.add,
    );
  }
  if (written.length === 0) return;
  const people = new Map<string, KnownPerson>();
  const moved = new Map<string, Text>();
  let hasAllPeople = rest.hasAllFiles;
  for (const { section } of sectionsOfFile()) {
    const { name, ownStatus } = section;
    for (const entry of files.flatMap(({ entries }) => (ownStatus ? (entries.get(name) ?? []) : []))) {
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
  for (const shifts of written) checkShifts(shifts, { ...rest, people, moved, hasAllPeople });
}

function warnOfIdleCoverage(heads: readonly Head[], add: Add): void {
  const head = heads.find(({ keys }) => (keys.policy?.coverage ?? []).length > 0);
  if (!head) return;
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

function checkSoleKeys(heads: readonly Head[], add: Add): void {
  for (const key of SOLE_KEYS) {
    const [first, ...others] = heads.filter((head) => head.has(key));
    if (!first) continue;
    for (const other of others) {
      add({
        code: 'repeated-section',
        message: `"${key}" stands in two files`,
        hint: 'all files are one configuration: keep it in one of them',
        place: other.placeOfKey(key),
        related: { message: 'the first one is here', place: first.placeOfKey(key) },
      });
    }
  }
}

/** Puts what a kind complains of into places. @param base where in the map its paths start. */
function locatedIn<T>(
  written: WrittenMap<T>,
  { place, related, ...fault }: EntryComplaint,
  base: readonly string[],
  owner: Place | undefined,
): Complaint {
  const placeOf = (at: EntryComplaint['place']) =>
    written.placeOfMark({ ...at, path: [...base, ...at.path] });
  const other = related && (related.place === 'owner' ? owner : placeOf(related.place));
  return {
    ...fault,
    place: placeOf(place),
    ...(related && other ? { related: { message: related.message, place: other } } : {}),
  };
}

function checkAbsent(entry: WrittenMap<{ state?: string; movedFrom?: string }>, add: Add): void {
  if (!isAbsent(entry) || entry.keys.movedFrom === undefined) return;
  add({
    code: 'absent-moved',
    message: 'an entry with "state: absent" cannot have moved',
    hint: 'to delete what stands at the old place, write that as the entry’s own key; otherwise remove one of the two lines',
    place: entry.placeOfMark({ path: ['movedFrom'], mark: 'pair' }),
    related: { message: 'the state is here', place: entry.placeOfKey('state') },
  });
}
