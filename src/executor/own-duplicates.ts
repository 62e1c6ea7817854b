import { create } from './creates.ts';
import { desiredKey, type Entry, end, skipped } from './entry.ts';
import { removeOwn } from './remove-own.ts';
import { isStopping, type Run } from './run.ts';

/** Two runs that undo each other's work for so long will not agree. */
const MOST_ROUNDS = 10;

/**
 * The API lets two runs create one subscription twice (B). Then the run whose id is not the smallest removes
 * its own after one settle time. The other run waits for two, and removes its own if both are still there.
 * If both were removed, a run that finds none creates it again. A run removes only an object whose id its own
 * create was answered with.
 * @returns what the account still has twice; `null` where nothing.
 */
export async function dropOwnDuplicates(run: Run): Promise<string | null> {
  const created = run.entries.filter(
    ({ change, kind, holds }) => change.action === 'create' && kind.liveDuplicates === 'surplus' && holds,
  );
  const state: State = { run, waited: new Map(), removed: new Map(), stuck: new Map() };
  for (let round = 0; round < MOST_ROUNDS && !isStopping(run); round += 1) {
    const doubled = created.filter((entry) => !state.stuck.has(entry) && idsOf(entry, state).length > 1);
    const lost = [...state.removed.keys()].filter((entry) => idsOf(entry, state).length === 0);
    if (doubled.length + lost.length === 0) break;
    for (const entry of lost) await createAgain(entry, state);
    if (doubled.length > 0) await resolve(doubled, state);
  }
  const left = created.find((entry) => idsOf(entry, state).length > 1);
  return left ? twiceInWords(left, state) : null;
}

interface State {
  run: Run;
  /** How many settle times were waited for somebody else to remove theirs. */
  waited: Map<Entry, number>;
  /** The own ids that were removed: a lagging list may show them still. */
  removed: Map<Entry, Set<string>>;
  /** Why the own one could not be removed. */
  stuck: Map<Entry, string>;
}

/** The ids of all live objects with an entry's key, the smallest first. */
function idsOf(entry: Entry, { run, removed }: State): string[] {
  const { kind } = entry;
  const objects = run.readings.latest(kind.list).byKey(kind, desiredKey(entry));
  return objects
    .map(({ id }) => id)
    .filter((id) => !removed.get(entry)?.has(id))
    .sort();
}

async function resolve(doubled: readonly Entry[], state: State): Promise<void> {
  const { run, waited } = state;
  const lists = doubled.map(({ kind }) => kind.list);
  await run.watch.until(lists, () => doubled.every((entry) => idsOf(entry, state).length <= 1));
  if (isStopping(run)) return;
  for (const entry of doubled) {
    const ids = idsOf(entry, state);
    if (ids.length <= 1) continue;
    waited.set(entry, (waited.get(entry) ?? 0) + 1);
    const patience = entry.isOwn && entry.result.id !== ids[0] ? 1 : 2;
    if ((waited.get(entry) ?? 0) >= patience) await remove(entry, ids, state);
  }
}

async function remove(entry: Entry, ids: readonly string[], state: State): Promise<void> {
  const { run, stuck, removed } = state;
  const { kind, result } = entry;
  const own = run.readings.latest(kind.list).byId(kind, result.id);
  if (!entry.isOwn || !own) {
    stuck.set(entry, 'which of them this run created cannot be told');
    return;
  }
  const failure = await removeOwn(entry, own, run);
  if (failure !== null) {
    stuck.set(entry, failure);
    return;
  }
  removed.set(entry, (removed.get(entry) ?? new Set()).add(own.id));
  const because = `another run created the same ${kind.noun.one} at the same time, so this one was removed again`;
  skipped(entry, because, result.attempts);
  const other = ids.find((id) => id !== own.id);
  if (other !== undefined) result.id = other;
  entry.said = 'nothing';
  entry.isOwn = false;
  entry.isExcused = true;
  await run.watch.until([kind.list], () => !run.readings.latest(kind.list).byId(kind, own.id));
}

async function createAgain(entry: Entry, { run, waited, removed }: State): Promise<void> {
  const { attempts } = entry.result;
  removed.delete(entry);
  waited.delete(entry);
  Object.assign(entry, { isSeen: false, isExcused: false });
  delete entry.result.id;
  await create(entry, run);
  end(entry, entry.result.outcome, { ...entry.result, attempts: attempts + entry.result.attempts });
  await run.watch.until([entry.kind.list], () => entry.isSeen);
}

function twiceInWords(entry: Entry, state: State): string {
  const { kind, change } = entry;
  const why = state.stuck.get(entry);
  const ids = idsOf(entry, state).join(' and ');
  const reason = why === undefined ? '' : ` (${why})`;
  return `the account has the ${kind.noun.one} twice: ${change.key}, with the ids ${ids}${reason}; look which of them is needed, and delete the other one in the Chaport app`;
}
