import type { CallSignals, ChaportReader, ChaportWriter } from '../chaport/client.ts';
import { ChaportError } from '../chaport/errors.ts';
import type { Fields } from '../model/json.ts';
import type { Outcome } from '../model/report.ts';
import type { LiveObject, ResourceKind } from '../model/resource-kind.ts';
import type { SecretBook } from '../model/secrets.ts';

export interface Account {
  reader: ChaportReader;
  writer: ChaportWriter;
  secrets: SecretBook;
  signals: CallSignals;
}

/** How one change ended. */
export interface Settlement {
  outcome: Outcome;
  attempts: number;
  id?: string;
  error?: string;
  /** Skipped because the account has it already: what depends on it can go on. */
  alreadyThere?: true;
  /** The id is the one that this run's create was answered with. */
  own?: true;
  /** The create was sent again after one that seemed lost. */
  resent?: true;
  /** The server may have acted, or may act still: a later look at the account decides. */
  settleBy?: (objects: readonly LiveObject[]) => Settlement;
}

/**
 * What became of a call whose answer was lost, by a look at the account. Where that says that
 * nothing was done, a slow server may still do it: the last look decides again.
 */
export async function settleLost(
  failure: ChaportError,
  account: Account,
  kind: ResourceKind,
  settleBy: NonNullable<Settlement['settleBy']>,
): Promise<Settlement> {
  const { attempts, message } = failure;
  if (account.signals.stop?.aborted) return { outcome: 'unknown', attempts, error: message, settleBy };
  try {
    const settled = settleBy(await readObjects(account, kind));
    return settled.outcome === 'failed' ? { ...settled, settleBy } : settled;
  } catch (error) {
    const reason = asChaportError(error).message;
    return {
      outcome: 'unknown',
      attempts,
      error: `${message}; reading the account to settle it failed too: ${reason}`,
      settleBy,
    };
  }
}

export async function readObjects(account: Account, kind: ResourceKind): Promise<LiveObject[]> {
  const needed = { operators: false, webhooks: false, [kind.list]: true };
  return kind.live(await account.reader.readAccount(needed, account.signals));
}

export function findByKey(
  objects: readonly LiveObject[],
  kind: ResourceKind,
  fields: Fields,
): LiveObject | undefined {
  const key = kind.keyParts(fields).join(' ');
  return objects.find((object) => object.key === key);
}

export function notDone(failure: ChaportError): Settlement {
  if (failure.code === 'interrupted' && failure.attempts === 0) {
    return { outcome: 'skipped', attempts: 0, error: 'interrupted before it was sent' };
  }
  return { outcome: 'failed', attempts: failure.attempts, error: failure.message };
}

/** @throws the error itself when it is a bug of ours and no failed call. */
export function asChaportError(error: unknown): ChaportError {
  if (error instanceof ChaportError) return error;
  throw error;
}
