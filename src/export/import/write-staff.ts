import { type Document, isMap, isScalar, type YAMLMap } from 'yaml';
import { editConfigText, itemsOf } from '../../config/format/index.ts';
import type { ConfigText } from '../../config/source/config-text.ts';
import { UserError } from '../../model/errors.ts';
import { type DesiredOperator, operatorKind } from '../../model/kinds/operator.ts';
import { statusKind } from '../../model/kinds/status.ts';
import type { Source } from '../../model/source.ts';
import type { WrittenEntry } from '../../model/written-entry.ts';
import { addEntries } from '../add-entries.ts';
import { type AdoptedFile, placeForSections } from '../adopt.ts';
import { FIELDS } from '../staff-list/fields.ts';
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

/** A key of an entry, or of an override of it, and what it is to say. */
interface FieldEdit {
  person: DesiredOperator;
  place: Source;
  field: string;
  value: string;
}

/** The files after the edits, each where its people stand; new ones where `into` says. */
export function writeStaff(
  texts: readonly ConfigText[],
  into: readonly string[],
  { joiners, changed, leaving, bare }: StaffEdits,
): AdoptedFile[] {
  const home = placeForSections(texts, into)(SECTION);
  const placeOf = placeFinder(texts);
  const edits: FieldEdit[] = [
    ...changed.map(({ person, values }) => ({ person, fields: Object.entries(values) })),
    ...leaving.map((person) => ({ person, fields: [['state', 'absent'] as [string, string]] })),
  ].flatMap(({ person, fields }) =>
    fields.map(([field, value]) => ({ person, place: placeOf(person, field), field, value })),
  );
  return texts.flatMap((file) => {
    const here = edits.filter(({ place }) => place.file === file.name);
    const added = file === home ? joiners.map((member) => entryFor(member, bare)) : [];
    if (here.length + added.length === 0) return [];
    const { bytes, isRewritten } = editConfigText(file, (document, itemAt) => {
      for (const { person, place, field, value } of here) {
        const entry = itemAt(place);
        if (!isMap(entry)) throw cannotChange(person);
        setField(document, entry as YAMLMap, field, value);
      }
      if (added.length > 0) addEntries(file.name, document, SECTION, added);
    });
    return [{ name: file.name, before: file.bytes, after: bytes, isRewritten }];
  });
}

/** Where a field of somebody is said: in an override that has it, else in their entry. */
function placeFinder(texts: readonly ConfigText[]): (person: DesiredOperator, field: string) => Source {
  const items = new Map<string, ReturnType<typeof itemsOf>>();
  const entryAt = (place: Source) => {
    const text = texts.find(({ name }) => name === place.file);
    if (!text) return undefined;
    const find = items.get(text.name) ?? itemsOf(text);
    items.set(text.name, find);
    return find(place);
  };
  return ({ source }, field) => {
    const saying = source.overrides?.find((place) => {
      const entry = entryAt(place);
      return isMap(entry) && entry.has(field);
    });
    return saying ?? source;
  };
}

export function cannotChange(person: DesiredOperator): UserError {
  const { file, line } = person.source;
  return new UserError(
    'cannot-import',
    `${file}:${line}: what it says of ${addressOf(person)} cannot be changed by itself, so nothing is written`,
    {
      hint: 'an anchor, an alias, a variable or an override has a part in it: write it out in full, or change it by hand',
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
