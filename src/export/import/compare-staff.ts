import { addressKey } from '../../model/addresses.ts';
import type { DesiredState } from '../../model/desired.ts';
import { type DesiredOperator, isSamePerson, operatorKind } from '../../model/kinds/operator.ts';
import { statusKind } from '../../model/kinds/status.ts';
import { realOf } from '../../model/text.ts';
import { literal } from '../../model/written-entry.ts';
import { FIELDS, type Field } from '../staff-list/fields.ts';
import { shortTag } from '../staff-list/languages.ts';
import type { StaffMember } from '../staff-list/parse.ts';

/** Somebody whom the files describe otherwise than the list does. */
export interface ChangedPerson {
  person: DesiredOperator;
  /** As the file is to write it. */
  values: Partial<Record<Field, string>>;
}

/** Somebody whom the list no longer has. */
export interface Leaver {
  person: DesiredOperator;
  /** Why they are not to be marked `state: absent`; null where they may be. */
  stays: string | null;
}

/** What a staff list and the files say differently. */
export interface StaffDifferences {
  joiners: StaffMember[];
  changed: ChangedPerson[];
  leavers: Leaver[];
  /** `state: absent` in the files, and in the list again. */
  returned: DesiredOperator[];
  /** What is in the list and is not done, in sentences. */
  notes: string[];
  /** How many people the files describe. */
  described: number;
}

/** The people of the files by the form in which addresses are compared; those whom an entry moves, by both. */
export function peopleByKey(people: readonly DesiredOperator[]): Map<string, DesiredOperator> {
  const moved = people.flatMap((person) =>
    person.movedFrom === undefined ? [] : [[addressKey(realOf(person.movedFrom)), person] as const],
  );
  return new Map([...moved, ...people.map((person) => [addressKey(realOf(person.email)), person] as const)]);
}

export function peopleOf({ sections }: DesiredState): readonly DesiredOperator[] {
  return (sections[operatorKind.section?.name ?? ''] ?? []) as DesiredOperator[];
}

export function compareStaff(
  desired: DesiredState,
  members: readonly StaffMember[],
  isProtected: (address: string) => boolean,
): StaffDifferences {
  const people = peopleOf(desired);
  const byKey = peopleByKey(people);
  const owner = desired.owner?.email ?? null;
  const isOwner = (person: DesiredOperator) => owner !== null && isSamePerson(person, owner);
  const joiners = members.filter(({ email }) => !byKey.has(addressKey(email)));
  const found = members.flatMap((member) => {
    const person = byKey.get(addressKey(member.email));
    return person ? [{ member, person }] : [];
  });
  const present = new Set(found.map(({ person }) => person));
  const notes: string[] = [];
  const changed = found
    .filter(({ person }) => !person.absent)
    .flatMap(({ member, person }) => {
      const values = valuesToChange(person, member);
      if (addressKey(member.email) !== addressKey(addressOf(person))) {
        notes.push(`The list has ${member.email} for ${addressOf(person)}, who has moved from there.`);
      }
      if (isOwner(person) && values.role !== undefined) {
        delete values.role;
        notes.push(`${addressOf(person)} owns the account: their role stays as it is.`);
      }
      if (Object.keys(values).length === 0) return [];
      if (isProtected(addressOf(person))) {
        notes.push(
          `${addressOf(person)} is protected by policy.protect: a plan that changes them is refused.`,
        );
      }
      return [{ person, values }];
    });
  const newNames = new Set(joiners.flatMap(({ name }) => (name === undefined ? [] : [nameKey(name)])));
  const whyTheyStay = (person: DesiredOperator): string | null => {
    if (isOwner(person)) return 'owns the account';
    if (isProtected(addressOf(person))) return 'protected by policy.protect';
    if (person.movedFrom !== undefined)
      return 'has a movedFrom still: take that line away once it is applied';
    const isNamesake = person.name !== undefined && newNames.has(nameKey(realOf(person.name)));
    return isNamesake
      ? 'somebody new has that name: if they are one person, write movedFrom below the new one, and take the old one out of the file'
      : null;
  };
  const described = people.filter(({ absent }) => !absent);
  return {
    joiners,
    changed,
    leavers: described
      .filter((person) => !present.has(person))
      .map((person) => ({ person, stays: whyTheyStay(person) })),
    returned: [...present].filter(({ absent }) => absent),
    notes,
    described: described.length,
  };
}

export function addressOf({ email }: DesiredOperator): string {
  return realOf(email);
}

function nameKey(name: string): string {
  return name.trim().normalize('NFC').toLowerCase();
}

/** Every field that the member has and the entry has otherwise. */
function valuesToChange(person: DesiredOperator, member: StaffMember): ChangedPerson['values'] {
  const values: ChangedPerson['values'] = {};
  for (const field of FIELDS) {
    const value = member[field];
    if (field === 'email' || value === undefined) continue;
    const written = writtenValue(person, field);
    const isSame =
      written?.normalize('NFC') === value ||
      (field === 'language' && written !== null && shortTag(written) === value);
    if (!isSame) values[field] = value;
  }
  return values;
}

/** What the files say in a field, `defaults` filled in, as they would write it out. */
export function writtenValue(person: DesiredOperator, field: Field): string | null {
  const value = field === statusKind.name ? person.status?.value : person[field];
  return value === undefined || value === null ? null : literal(realOf(value));
}
