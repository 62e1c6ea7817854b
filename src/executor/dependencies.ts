import { describe, type Entry, skipped } from './entry.ts';
import { isStopping, type Run } from './run.ts';

/**
 * Waits until what a change rests on is seen in the account: what the server said is not enough.
 * @returns whether the change may be made; where not, its result says why.
 */
export async function mayGoOn(entry: Entry, run: Run): Promise<boolean> {
  const needed = neededBy(entry, run.entries);
  const lacking = needed.find(({ holds }) => !holds);
  if (lacking) {
    skipped(entry, `skipped because it needs ${describe(lacking.change)}, which did not succeed`);
    return false;
  }
  // What belongs to an object that this run creates rests on the id that the server gave.
  const unseen = needed.filter(
    ({ isSeen, result }) => !isSeen && (entry.change.id !== undefined || result.id === undefined),
  );
  if (unseen.length === 0) return true;
  await waitFor(unseen, run);
  const missing = unseen.find(({ isSeen }) => !isSeen);
  if (!missing || isStopping(run)) return !isStopping(run);
  skipped(
    entry,
    `skipped because it needs ${describe(missing.change)}, which was confirmed, but is not in the account's list yet`,
  );
  return false;
}

function neededBy({ change, phase }: Entry, entries: readonly Entry[]): Entry[] {
  if (!phase.needs) return [];
  return entries.filter((other) => other.change !== change && phase.needs?.(change, other.change) === true);
}

/** Changes that need the same entry share one wait; after a wait in vain there is no second one. */
async function waitFor(unseen: readonly Entry[], { watch }: Run): Promise<void> {
  await Promise.all(
    unseen.map((entry) => {
      entry.sight ??= watch.until([entry.kind.list], () => entry.isSeen);
      return entry.sight;
    }),
  );
}

/** From so many attempted changes on it can be told that the account is not as it should be. */
const ENOUGH_TO_TELL = 10;

/** Why nothing more is deleted; `null` where that may go on. */
export function tooManyFailed(entries: readonly Entry[]): string | null {
  const attempted = entries.filter(({ result }) => result.attempts > 0);
  const failed = attempted.filter(
    ({ result }) => result.outcome === 'failed' || result.outcome === 'unknown',
  );
  if (attempted.length < ENOUGH_TO_TELL || failed.length * 2 <= attempted.length) return null;
  return `skipped because ${failed.length} of the ${attempted.length} changes before it did not succeed, and then nothing more is deleted`;
}
