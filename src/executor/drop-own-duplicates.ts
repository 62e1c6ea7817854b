import { kindNamed } from '../model/kinds.ts';
import type { LiveState } from '../model/live.ts';
import type { PlannedChange } from '../model/plan.ts';
import type { ChangeResult } from '../model/report.ts';
import type { LiveObject } from '../model/resource-kind.ts';
import { realFields } from '../planner/plan-against-live.ts';
import type { Account } from './make-change.ts';

export interface MadeChange {
  change: PlannedChange;
  result: ChangeResult;
}

/** How often another run is given time to remove its own. */
const PATIENCE = 3;

/**
 * The API lets two runs create one subscription twice (B). Where that happened, the run whose
 * id is not the smallest removes its own; the other one waits for that, and only when nobody
 * does removes its own too. What this run did not create is never touched.
 *
 * @returns the account as it is afterwards; the one that was given where there was no duplicate.
 */
export async function dropOwnDuplicates(
  live: LiveState,
  created: readonly MadeChange[],
  account: Account,
  readAgain: () => Promise<LiveState>,
): Promise<LiveState> {
  let current = live;
  for (let round = 1; ; round += 1) {
    const doubled = findDoubled(current, created, account);
    if (doubled.length === 0) return current;
    const yielding = doubled.filter(({ made, ids }) => made.result.id !== ids[0] || round > PATIENCE);
    for (const { made } of yielding) await removeOwn(made, account);
    if (yielding.length < doubled.length) await account.writer.waitBeforeRetry(1, account.signals);
    current = await readAgain();
  }
}

function findDoubled(live: LiveState, created: readonly MadeChange[], account: Account) {
  const idsByKey = new Map<string, string[]>();
  const keyOf = (kind: string, key: string) => `${kind} ${key}`;
  const applied = created.filter(({ result }) => result.outcome === 'applied' && result.id !== undefined);
  const kinds = new Set(applied.map(({ change }) => kindNamed(change.kind)));
  for (const kind of kinds) {
    if (kind.liveDuplicates !== 'surplus') continue;
    for (const object of kind.live(live)) addTo(idsByKey, keyOf(kind.name, object.key), object);
  }
  return applied.flatMap((made) => {
    const key = kindNamed(made.change.kind).keyParts(realFields(made.change, account.secrets)).join(' ');
    const ids = idsByKey.get(keyOf(made.change.kind, key)) ?? [];
    const isDoubled = ids.length > 1 && ids.includes(made.result.id ?? '');
    return isDoubled ? { made, ids: ids.sort() } : [];
  });
}

function addTo(idsByKey: Map<string, string[]>, key: string, object: LiveObject): void {
  const ids = idsByKey.get(key);
  if (ids) ids.push(object.id);
  else idsByKey.set(key, [object.id]);
}

async function removeOwn({ change, result }: MadeChange, account: Account): Promise<void> {
  await account.writer.delete(change.kind, result.id ?? '', account.signals);
  result.outcome = 'skipped';
  result.error = `another run created the same ${change.kind} at the same time, so this one was removed again`;
}
