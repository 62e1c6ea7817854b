import { UserError } from '../model/errors.ts';
import { kindNamed } from '../model/kinds/index.ts';
import type { LiveState, NeededLists } from '../model/live.ts';
import type { Plan, PlannedChange } from '../model/plan.ts';
import type { ApplyReport } from '../model/report.ts';
import { remainingChanges } from '../planner/saved-plan/differences.ts';
import type { Entry } from './entry.ts';
import { decide, isAwaited, noteIdle } from './outcomes.ts';
import { dropOwnDuplicates } from './own-duplicates.ts';
import { isStopping, type Run } from './run.ts';
import { tellSpellings } from './spellings.ts';

/** How the account is checked after the last change. */
export interface Verification {
  /** What must be read for it. */
  lists: NeededLists;
  /** Plans again, as of the plan's own time and without guards. @throws {UserError} when the account cannot be planned. */
  planAgain(live: LiveState): PlannedAgain;
}

/** What is left to do, with its digest, and what the account has beside. */
export type PlannedAgain = Pick<Plan, 'changes' | 'digest' | 'unmanaged'>;

export type Afterwards = Pick<
  ApplyReport,
  'converged' | 'remaining' | 'remainingDigest' | 'verificationError' | 'unmanaged'
>;

const INTERRUPTED = 'interrupted before the account was read again';

/**
 * Reads the account until all that was confirmed is seen or the settle time is over, and plans again. What a
 * reading shows decides what became of each change.
 */
export async function lookAfterwards(plan: Plan, run: Run, verification: Verification): Promise<Afterwards> {
  const unread = (verificationError: string): Afterwards => ({
    converged: false,
    remaining: [],
    verificationError,
    unmanaged: plan.unmanaged,
  });
  if (isStopping(run)) return unread(INTERRUPTED);
  const failure = await readUntilSeen(run, verification.lists);
  if (failure !== null) return unread(failure);
  const first = planned(plan, run, verification);
  await tellSpellings(run, first.changes);
  const twice = await dropOwnDuplicates(run);
  for (const entry of run.entries) {
    const reading = run.readings.latest(entry.kind.list);
    decide(entry, reading, run.secrets);
    noteIdle(entry, reading);
  }
  return check(run.entries, planned(plan, run, verification), twice);
}

/** @returns why a list could not be read; `null` where all were. */
async function readUntilSeen({ entries, readings, watch }: Run, needed: NeededLists): Promise<string | null> {
  const lists = [...new Set([...needed, ...entries.map(({ kind }) => kind.list)])];
  const before = new Map(lists.map((list) => [list, readings.peek(list)]));
  const isRead = () => lists.every((list) => readings.peek(list) !== before.get(list));
  const watched = await watch.until(
    lists,
    () => isRead() && !entries.some((entry) => isAwaited(entry, readings.latest(entry.kind.list))),
  );
  if (isRead()) return null;
  return typeof watched === 'string' ? INTERRUPTED : `the account could not be read back: ${watched.message}`;
}

type Again = PlannedAgain & { error?: string };

/** Where it cannot be planned, at least this plan's own changes are looked for. */
function planned(plan: Plan, { readings, secrets }: Run, { planAgain }: Verification): Again {
  const live = readings.live();
  try {
    return planAgain(live);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { digest, unmanaged } = plan;
    return {
      changes: remainingChanges(plan, live, secrets),
      digest,
      unmanaged,
      error: `the account cannot be planned again: ${error.message}`,
    };
  }
}

function check(entries: readonly Entry[], again: Again, twice: string | null): Afterwards {
  const remaining = remainingOf(entries, again.changes);
  const problem = again.error ?? twice;
  const isDone = entries.every(({ result, isExcused }) => result.outcome === 'applied' || isExcused);
  return {
    converged: problem === null && isDone && remaining.length === 0,
    ...(problem === null ? {} : { verificationError: problem }),
    remaining,
    ...(again.error === undefined ? { remainingDigest: remaining.length === 0 ? null : again.digest } : {}),
    unmanaged: again.unmanaged,
  };
}

/** A change of a passing kind (a status) remains only where this run should have made it and did not. */
function remainingOf(entries: readonly Entry[], again: readonly PlannedChange[]): PlannedChange[] {
  const unset = entries.filter(
    ({ kind, result, isExcused }) => kind.passing && result.outcome !== 'applied' && !isExcused,
  );
  return [
    ...again.filter(({ kind }) => !kindNamed(kind).passing),
    ...unset.map(({ change }) => again.find((other) => isSame(other, change)) ?? change),
  ];
}

function isSame(one: PlannedChange, other: PlannedChange): boolean {
  return one.kind === other.kind && one.key === other.key;
}
