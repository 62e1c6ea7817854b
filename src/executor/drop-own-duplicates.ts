import { ChaportError } from '../chaport/errors.ts';
import { kindNamed } from '../model/kinds.ts';
import type { LiveState } from '../model/live.ts';
import type { LiveObject } from '../model/resource-kind.ts';
import { realFields } from '../planner/plan-against-live.ts';
import { type Entry, settle } from './entry.ts';
import { makeChange } from './make-change.ts';
import type { Account } from './settlement.ts';

/** How often another run is given time to remove its own. */
const PATIENCE = 3;
/** Two runs that undo each other's work for so long will not agree. */
const MOST_ROUNDS = 10;

export interface WithoutOwnDuplicates {
  /** The account as it is afterwards; the one that was given where there was no duplicate. */
  live: LiveState;
  /** Why there still are two of one of the created objects. */
  problem?: string;
}

/**
 * The API lets two runs create one subscription twice (B). Where that happened, the run whose
 * id is not the smallest removes its own; the other one waits for that, and only when nobody
 * does removes its own too. Should both have done so, the one that finds none creates it again.
 * What this run was not answered with is not its own, and never removed.
 */
export async function dropOwnDuplicates(
  live: LiveState,
  entries: readonly Entry[],
  account: Account,
  readAgain: () => Promise<LiveState>,
): Promise<WithoutOwnDuplicates> {
  const created = entries.filter(
    ({ change, result }) =>
      change.action === 'create' &&
      kindNamed(change.kind).liveDuplicates === 'surplus' &&
      result.outcome === 'applied',
  );
  if (created.length === 0) return { live };
  const rounds = new Map<Entry, number>();
  const removed = new Set<Entry>();
  const stuck = new Map<Entry, string>();
  let current = live;
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    const idsOf = indexIds(current, created, account);
    const lost = [...removed].filter((entry) => idsOf(entry).length === 0);
    const doubled = created.filter(
      (entry) => !removed.has(entry) && !stuck.has(entry) && idsOf(entry).length > 1,
    );
    if (lost.length === 0 && doubled.length === 0) break;
    for (const entry of lost) {
      removed.delete(entry);
      rounds.delete(entry);
      await createAgain(entry, account);
    }
    let waits = false;
    for (const entry of doubled) {
      const ids = idsOf(entry);
      const waited = rounds.get(entry) ?? 0;
      rounds.set(entry, waited + 1);
      if ((!entry.own || entry.result.id === ids[0]) && waited < PATIENCE) {
        waits = true;
        continue;
      }
      const problem = await removeOwn(entry, ids, account);
      if (problem === null) removed.add(entry);
      else stuck.set(entry, problem);
    }
    if (waits) await account.writer.waitBeforeRetry(1, account.signals);
    current = await readAgain();
  }
  return { live: current, ...describeLeft(current, created, account, stuck) };
}

/** The ids of all live objects with an entry's key, the smallest first. */
function indexIds(live: LiveState, created: readonly Entry[], account: Account) {
  const objects = new Map<string, LiveObject[]>();
  for (const kind of new Set(created.map(({ change }) => kindNamed(change.kind)))) {
    for (const object of kind.live(live)) {
      const name = `${kind.name} ${object.key}`;
      objects.set(name, [...(objects.get(name) ?? []), object]);
    }
  }
  return ({ change }: Entry): string[] => {
    const kind = kindNamed(change.kind);
    const key = kind.keyParts(realFields(change, account.secrets)).join(' ');
    return (objects.get(`${kind.name} ${key}`) ?? []).map(({ id }) => id).sort();
  };
}

/** @returns why it could not be removed, `null` where it was. */
async function removeOwn(entry: Entry, ids: readonly string[], account: Account): Promise<string | null> {
  const { change, result, resent } = entry;
  const own = result.id ?? '';
  if (!entry.own || !ids.includes(own)) return 'which of them this run created cannot be told';
  try {
    await account.writer.delete(change.kind, own, account.signals);
  } catch (error) {
    if (error instanceof ChaportError) return error.message;
    throw error;
  }
  const [other] = ids.filter((id) => id !== own);
  if (other !== undefined) result.id = other;
  // The other one may well be this run's own first create, come late.
  if (resent) return null;
  result.outcome = 'skipped';
  result.error = `another run created the same ${change.kind} at the same time, so this one was removed again`;
  return null;
}

async function createAgain(entry: Entry, account: Account): Promise<void> {
  const { attempts } = entry.result;
  const settlement = await makeChange(entry.change, undefined, account);
  settle(entry, { ...settlement, attempts: attempts + settlement.attempts });
}

function describeLeft(
  live: LiveState,
  created: readonly Entry[],
  account: Account,
  stuck: ReadonlyMap<Entry, string>,
): { problem?: string } {
  const idsOf = indexIds(live, created, account);
  const left = created.find((entry) => idsOf(entry).length > 1);
  if (!left) return {};
  const { kind, key } = left.change;
  const reason = stuck.get(left);
  return {
    problem: `another run created the same ${kind} at the same time, and the account has it twice: ${key}${reason === undefined ? '' : ` (${reason})`}`,
  };
}
