import { type Document, isMap, isScalar, type YAMLMap } from 'yaml';
import { editConfigText } from '../../config/format/index.ts';
import type { ConfigText } from '../../config/source/config-text.ts';
import { UserError } from '../../model/errors.ts';
import { type DesiredOperator, operatorKind } from '../../model/kinds/operator.ts';
import { statusKind } from '../../model/kinds/status.ts';
import type { WrittenEntry } from '../../model/written-entry.ts';
import { addEntries } from '../add-entries.ts';
import { type AdoptedFile, placeForSections } from '../adopt.ts';
import { FIELDS } from '../staff-list/headings.ts';
import type { StaffMember } from '../staff-list/parse.ts';
import { addressOf, type ChangedPerson, writtenValue } from './compare-staff.ts';

const SECTION = operatorKind.section?.name ?? '';

export interface StaffEdits {
  joiners: readonly StaffMember[];
  changed: readonly ChangedPerson[];
  /** Whom to mark `state: absent`. */
  leaving: readonly DesiredOperator[];
  /** What an entry without fields gets from `defaults`. */
  bare: DesiredOperator;
}

/** The files after the edits, each where its people stand; new ones where `into` says. */
export function writeStaff(
  texts: readonly ConfigText[],
  into: readonly string[],
  { joiners, changed, leaving, bare }: StaffEdits,
): AdoptedFile[] {
  const home = placeForSections(texts, into)(SECTION);
  return texts.flatMap((file) => {
    const isHere = ({ source }: DesiredOperator) => source.file === file.name;
    const [changes, leavers] = [changed.filter(({ person }) => isHere(person)), leaving.filter(isHere)];
    const added = file === home ? joiners : [];
    if (changes.length + leavers.length + added.length === 0) return [];
    const { bytes, isRewritten } = editConfigText(file, (document, itemAt) => {
      for (const { person, values } of changes) {
        const entry = entryOf(person, itemAt);
        for (const [field, value] of Object.entries(values)) setField(document, entry, field, value);
      }
      for (const person of leavers) setField(document, entryOf(person, itemAt), 'state', 'absent');
      if (added.length > 0) {
        addEntries(
          file.name,
          document,
          SECTION,
          added.map((member) => entryFor(member, bare)),
        );
      }
    });
    return [{ name: file.name, before: file.bytes, after: bytes, isRewritten }];
  });
}

/** @throws {UserError} `cannot-import` where the entry is not written out. */
function entryOf(person: DesiredOperator, itemAt: (place: DesiredOperator['source']) => unknown): YAMLMap {
  const entry = itemAt(person.source);
  if (isMap(entry)) return entry as YAMLMap;
  throw cannotChange(person);
}

export function cannotChange(person: DesiredOperator): UserError {
  const { file, line } = person.source;
  return new UserError(
    'cannot-import',
    `${file}:${line}: the entry of ${addressOf(person)} cannot be changed by itself, so nothing is written`,
    {
      hint: 'an anchor, an alias, a variable or an override has a part in it: write that entry out, or change it by hand',
    },
  );
}

function setField(document: Document, entry: YAMLMap, field: string, value: string): void {
  const pair = entry.items.find(({ key }) => isScalar(key) && key.value === field);
  if (!pair) entry.items.push(document.createPair(field, value));
  // { value: online, ttl: 8h } keeps what else it says.
  else if (isMap(pair.value) && field === statusKind.name) setField(document, pair.value, 'value', value);
  else if (isScalar(pair.value)) pair.value.value = value;
  else pair.value = document.createNode(value);
}

/** What `defaults` say already is left out. */
function entryFor(member: StaffMember, bare: DesiredOperator): WrittenEntry {
  const fields = FIELDS.filter((field) => member[field] !== undefined);
  const told = fields.filter((field) => field === 'email' || writtenValue(bare, field) !== member[field]);
  return { keys: Object.fromEntries(told.map((field) => [field, member[field]])), notes: [] };
}

/** The entry as a person says it, for comparing; with `values` in place of what it says. */
export function meaningOf(person: DesiredOperator, values: ChangedPerson['values'] = {}): string {
  if (person.absent) return 'absent';
  const { status, movedFrom } = person;
  const fields = FIELDS.map((field) => values[field] ?? writtenValue(person, field));
  return JSON.stringify(
    [fields, movedFrom, status?.ttl, status?.until, status?.mode].map((part) => part ?? null),
  );
}
