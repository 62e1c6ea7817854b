import { sectionsOfFile } from '../../model/kinds/index.ts';
import { type CheckContext, type EntryComplaint, isAbsent } from '../../model/kinds/kind.ts';
import type { SecretBook } from '../../model/secrets.ts';
import type { Text } from '../../model/text.ts';
import type { Complaint, Complaints } from '../complaints.ts';
import type { JoinedFiles } from '../join/join-files.ts';
import { describeValue } from '../schema/complaints-from-issues.ts';
import type { FileSections } from '../schema/read-sections.ts';
import type { RelatedPlace, WrittenMap } from '../schema/written-map.ts';
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
