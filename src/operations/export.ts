import type { CallSignals } from '../chaport/client.ts';
import type { ConfigText } from '../config/config-text.ts';
import { type Adopted, adoptUnmanaged } from '../export/adopt.ts';
import { type ExportedAccount, exportAccount as exportLive } from '../export/export-account.ts';
import type { KindName } from '../model/plan.ts';
import type { Account } from './connect.ts';
import type { Environment } from './defaults.ts';
import { type LiveAccount, plan } from './plan.ts';

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
export async function readWholeAccount(account: Account, signals: CallSignals = {}): Promise<LiveAccount> {
  const live = await account.reader.readAccount({ operators: true, webhooks: true }, signals);
  return { ...live, baseUrl: account.baseUrl };
}

/**
 * The live account as a file that plans to no changes. The same account gives the same file.
 * @param options.owner the owner's e-mail address; without it the file has a commented-out `account`.
 * @throws {UserError} `unknown-owner` when no operator has that address.
 */
export function exportAccount(
  live: LiveAccount,
  { owner, ...options }: ExportingOptions & { owner?: string | undefined } = {},
): ExportedAccount {
  return exportLive(live, { ...definedOf(options), owner, baseUrl: live.baseUrl });
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
export function adopt(live: LiveAccount, { texts, into, env = {}, ...options }: AdoptingOptions): Adopted {
  return adoptUnmanaged(live, {
    ...definedOf(options),
    texts,
    into,
    env,
    plan: (desired) => plan(desired, live),
  });
}

function definedOf({ kinds, revealSecrets = false }: ExportingOptions) {
  return { revealSecrets, ...(kinds === undefined ? {} : { kinds }) };
}
