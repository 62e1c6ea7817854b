import type { CallSignals } from '../chaport/client.ts';
import type { ConfigText } from '../config/source/config-text.ts';
import { type Adopted, adoptUnmanaged } from '../export/adopt.ts';
import { type ExportedAccount, exportAccount as exportLive } from '../export/export-account.ts';
import { KINDS } from '../model/kinds/index.ts';
import type { KindName } from '../model/kinds/names.ts';
import type { Account } from './connect.ts';
import type { Environment } from './defaults.ts';
import { type LiveAccount, plan, readLists } from './plan.ts';

export interface ExportingOptions {
  /** Default: operators and webhooks; a status is a person's own toggle. */
  kinds?: readonly KindName[] | undefined;
  /** Writes webhook URLs with their credentials instead of `${secret:NAME}`. Default false. */
  revealSecrets?: boolean | undefined;
}

/**
 * Reads all that an account has; an export needs it whole.
 * @throws {ChaportError} when the account cannot be read.
 */
export function readWholeAccount(account: Account, signals: CallSignals = {}): Promise<LiveAccount> {
  return readLists(account, new Set(KINDS.map(({ list }) => list)), signals);
}

/**
 * The live account as a file that plans to no changes. The same account gives the same file.
 * @param options.owner the owner's e-mail address; without it the file has a commented-out `account`.
 * @throws {UserError} `unknown-owner` when no operator has that address.
 */
export function exportAccount(
  { live, baseUrl }: LiveAccount,
  { owner, ...options }: ExportingOptions & { owner?: string | undefined } = {},
): ExportedAccount {
  return exportLive(live, { ...definedOf(options), owner, baseUrl });
}

export interface AdoptingOptions extends ExportingOptions {
  /** Every file of the configuration. */
  texts: readonly ConfigText[];
  /** The names of those that may be written. */
  into: readonly string[];
  /** As for `loadConfig`. Default: none is set. */
  env?: Environment | undefined;
}

/**
 * The files with what is live but unmanaged added to them; nothing is written. They plan to the same
 * changes as before: that is checked.
 * @throws {DiagnosticsError} when the files have errors.
 * @throws {UserError} when an entry cannot be added without changing what the files ask for.
 */
export function adopt(account: LiveAccount, { texts, into, env = {}, ...options }: AdoptingOptions): Adopted {
  return adoptUnmanaged(account.live, {
    ...definedOf(options),
    texts,
    into,
    env,
    // Who is on shift is the same before and after.
    plan: ({ shifts: _shifts, ...desired }) => plan(desired, account),
  });
}

function definedOf({ kinds, revealSecrets = false }: ExportingOptions) {
  return { revealSecrets, ...(kinds === undefined ? {} : { kinds }) };
}
