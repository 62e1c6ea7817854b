import type { ConfigText } from '../config/source/config-text.ts';
import { type ImportedStaff, importStaff as importInto } from '../export/import/import-staff.ts';
import type { NamedColumn } from '../export/staff-list/fields.ts';
import type { DesiredState } from '../model/desired.ts';
import { RefusedError } from '../model/errors.ts';
import { operatorKind } from '../model/kinds/operator.ts';
import { claimsOf } from '../planner/claims.ts';
import { allowedDeletes, limitInWords } from '../planner/guards.ts';
import type { Environment } from './defaults.ts';

export type { ImportedStaff } from '../export/import/import-staff.ts';

export interface ImportingOptions {
  /** Every file of the configuration. */
  texts: readonly ConfigText[];
  /** The names of those that get new people; others change where they stand. */
  into: readonly string[];
  /** As for `loadConfig`. Default: none is set. */
  env?: Environment | undefined;
  /** The staff list, CSV or TSV. */
  list: { name: string; bytes: Uint8Array };
  /** Which column of it is what, where that is not found by its heading. */
  columns?: readonly NamedColumn[] | undefined;
  /** Whether who is no longer in it is marked `state: absent`. Default `report`: only named. */
  leavers?: 'report' | 'absent' | undefined;
}

/**
 * The files with what a staff list says in them; nothing is written. Where more people would leave than
 * `policy.maxDeletes` allows, that is the `refusal`, and no file changes.
 * @throws {DiagnosticsError} when the files or the list have errors.
 * @throws {UserError} when an entry cannot be changed without changing what else the files say.
 */
export function importStaff({
  env = {},
  columns = [],
  leavers = 'report',
  ...options
}: ImportingOptions): ImportedStaff {
  return importInto({ ...options, env, columns, leavers, protectedBy, checkLeavers });
}

function protectedBy(desired: DesiredState): (address: string) => boolean {
  const claims = claimsOf(desired, undefined);
  return (email) => claims.isProtected(operatorKind, { email });
}

function checkLeavers({ policy: { maxDeletes } }: DesiredState, leaving: number, described: number): void {
  const allowed = allowedDeletes(maxDeletes, described);
  if (leaving <= allowed) return;
  throw new RefusedError(
    'max-deletes',
    `${leaving} of the ${described} people in the files are not in the list; policy.maxDeletes allows ${limitInWords(maxDeletes, allowed)} to leave at once, so nothing is written`,
    { hint: 'check that it is the whole list; raise policy.maxDeletes for this import if it is meant' },
  );
}
