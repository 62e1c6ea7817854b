import { type LoadOptions, parseConfig } from '../../config/load.ts';
import type { ConfigText } from '../../config/source/config-text.ts';
import { addressKey } from '../../model/addresses.ts';
import type { DesiredState } from '../../model/desired.ts';
import { DiagnosticsError, UserError } from '../../model/errors.ts';
import { type DesiredOperator, operatorKind } from '../../model/kinds/operator.ts';
import { realOf } from '../../model/text.ts';
import { type AdoptedFile, textsAfter } from '../adopt.ts';
import { withListsForNothing } from '../empty-sections.ts';
import type { NamedColumn } from '../staff-list/fields.ts';
import { parseStaffList } from '../staff-list/parse.ts';
import { compareStaff, peopleByKey, peopleOf, type StaffDifferences } from './compare-staff.ts';
import { cannotChange, meaningOf, type StaffEdits, writeStaff } from './write-staff.ts';

export interface ImportOptions {
  /** Every file of the configuration. */
  texts: readonly ConfigText[];
  /** The names of those that get new people. */
  into: readonly string[];
  env: LoadOptions['env'];
  list: { name: string; bytes: Uint8Array };
  columns?: readonly NamedColumn[];
  /** Whether who is no longer in the list is marked `state: absent`. Default `report`: only named. */
  leavers?: 'report' | 'absent';
  /** The addresses that `policy.protect` matches. */
  protectedBy(desired: DesiredState): (address: string) => boolean;
  /** @throws {RefusedError} where so many of those whom the files describe may not leave at once. */
  checkLeavers(desired: DesiredState, leaving: number, described: number): void;
}

export interface ImportedStaff extends StaffDifferences {
  /** The files that change. */
  files: AdoptedFile[];
  /** Who is marked `state: absent`. */
  leaving: DesiredOperator[];
  /** Why nothing may be written: thrown once the rest was shown. */
  refusal: UserError | null;
}

/**
 * Brings a staff list into the files. Afterwards they say what the list says, and of everything else what
 * they said before; that is checked here, before anybody can write them.
 * @throws {DiagnosticsError} when the files or the list have errors
 * @throws {UserError} `cannot-import` or `cannot-insert`
 */
export function importStaff(options: ImportOptions): ImportedStaff {
  const { texts, into, list, columns = [], leavers: mode = 'report' } = options;
  const { desired, bare } = loadWithBare(texts, options.env);
  const isProtected = options.protectedBy(desired);
  const known = peopleByKey(peopleOf(desired));
  const { members, notes } = parseStaffList(list.bytes, list.name, {
    columns,
    isKnown: (key) => known.has(key),
  });
  const differences = compareStaff(desired, members, isProtected);
  const staying = mode === 'report' ? [] : differences.leavers.filter(({ stays }) => stays === null);
  const leaving = staying.map(({ person }) => person);
  const imported = { ...differences, notes: [...notes, ...differences.notes], leaving };
  const refusal = refusalOf(() => options.checkLeavers(desired, leaving.length, differences.described));
  if (refusal) return { ...imported, files: [], refusal };
  const edits = { ...imported, bare };
  const files = writeStaff(texts, into, edits);
  if (files.length > 0) checkOutcome(desired, edits, afterwards(options, files));
  return { ...imported, files, refusal };
}

function refusalOf(check: () => void): UserError | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

/** The files, and the entry that somebody has of whom they say nothing: what `defaults` give. */
function loadWithBare(
  texts: readonly ConfigText[],
  env: LoadOptions['env'],
): { desired: DesiredState; bare: DesiredOperator } {
  const { name = '', bare: entry } = operatorKind.section ?? {};
  const bytes = new TextEncoder().encode(JSON.stringify({ [name]: [entry] }));
  const { desired, diagnostics } = parseConfig(
    [...texts.map(withListsForNothing), { name: 'bare entries', bytes }],
    { env },
  );
  const people = desired ? [...peopleOf(desired)] : [];
  const bare = people.pop();
  if (desired === null || bare === undefined) throw new DiagnosticsError(diagnostics);
  return { desired: { ...desired, sections: { ...desired.sections, [name]: people } }, bare };
}

function afterwards({ texts, env }: ImportOptions, files: readonly AdoptedFile[]): DesiredState {
  const after = textsAfter(texts, files).map(withListsForNothing);
  const { desired, diagnostics } = parseConfig(after, { env });
  if (desired) return desired;
  const [fault] = diagnostics.filter(({ severity }) => severity === 'error');
  throw new UserError(
    'cannot-import',
    `with the list the files would be wrong, so nothing is written: ${fault?.message}`,
    {
      ...(fault?.hint === undefined ? {} : { hint: fault.hint }),
    },
  );
}

/** @throws {UserError} for the first person of whom the files would not say what they should. */
function checkOutcome(
  before: DesiredState,
  { joiners, changed, leaving }: StaffEdits,
  after: DesiredState,
): void {
  const people = peopleByKey(peopleOf(after));
  const values = new Map(changed.map((change) => [change.person, change.values]));
  for (const person of peopleOf(before)) {
    const now = people.get(addressKey(realOf(person.email)));
    const meant = leaving.includes(person) ? 'absent' : meaningOf(person, values.get(person));
    if (now === undefined || meaningOf(now) !== meant) throw cannotChange(person);
  }
  const missing = joiners.find(({ email }) => !people.has(addressKey(email)));
  if (missing)
    throw new UserError('cannot-import', `${missing.email} could not be added, so nothing is written`);
}
