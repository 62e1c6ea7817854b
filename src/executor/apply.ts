import type { CallSignals, ChaportReader, ChaportWriter } from '../chaport/client.ts';
import { RefusedError, UserError } from '../model/errors.ts';
import { EXECUTION_STEPS } from '../model/execution-order.ts';
import { kindNamed } from '../model/kinds.ts';
import type { LiveState, NeededLists } from '../model/live.ts';
import type { Plan, PlannedChange } from '../model/plan.ts';
import { FORMAT_VERSION } from '../model/plan.ts';
import type { ApplyReport } from '../model/report.ts';
import type { SecretBook } from '../model/secrets.ts';
import { listsOfPlan, remainingChanges } from '../planner/plan-against-live.ts';
import { dropOwnDuplicates } from './drop-own-duplicates.ts';
import { countOutcomes, type Entry, pendingEntry, settle } from './entry.ts';
import { makeChange } from './make-change.ts';
import type { ProgressListener } from './progress.ts';
import { runSideBySide } from './run-side-by-side.ts';
import type { Account } from './settlement.ts';

export interface ApplyOptions {
  reader: ChaportReader;
  writer: ChaportWriter;
  /** Holds the secrets that the plan names. */
  secrets: SecretBook;
  /** Calls under way at once within a step. */
  concurrency: number;
  /** Plans again on what the account is afterwards. Without it only the plan's own changes are looked for. */
  verification?: Verification | undefined;
  /** `stop` (with the signal's name as its reason): no new call starts; `abort`: those under way are cut. */
  signals?: CallSignals;
  progress?: ProgressListener;
  now: () => Date;
}

/** How the account is checked after the last change. */
export interface Verification {
  needed: NeededLists;
  /** What is left to do. @throws {UserError} when the account cannot be planned. */
  remaining(live: LiveState): PlannedChange[];
}

/**
 * Makes the changes of a plan, in its steps, then reads the account and checks it.
 * Failed calls do not throw: the report says of every change what became of it.
 *
 * @throws {RefusedError} for a plan that a guard refuses; nothing was called then.
 */
export async function apply(plan: Plan, options: ApplyOptions): Promise<ApplyReport> {
  const [refusal] = plan.refusals;
  if (refusal) {
    throw new RefusedError(
      refusal.code,
      refusal.message,
      refusal.hint === undefined ? {} : { hint: refusal.hint },
    );
  }
  const startedAt = options.now();
  const signals = options.signals ?? {};
  const account: Account = { ...options, signals };
  const entries = plan.changes.map(pendingEntry);
  for (const step of EXECUTION_STEPS) {
    const missing = entries.filter((entry) => !entry.holds && !step.has(entry.change));
    const own = entries.filter((entry) => step.has(entry.change));
    await runSideBySide(own, options.concurrency, async (entry) => {
      const lacks = missing.find((other) => step.needs?.(entry.change, other.change));
      if (!signals.stop?.aborted) {
        if (lacks)
          entry.result.error = `skipped because it needs ${describe(lacks.change)}, which did not succeed`;
        else await execute(entry, entries, account, options.progress);
      }
      options.progress?.finished?.(entry.change, entry.result);
    });
  }
  const check = await verify(plan, entries, account, options);
  return {
    formatVersion: FORMAT_VERSION,
    tool: plan.tool,
    startedAt: startedAt.toISOString(),
    finishedAt: options.now().toISOString(),
    account: plan.account,
    config: plan.config,
    planDigest: plan.digest,
    ...(signals.stop?.aborted ? { interrupted: String(signals.stop.reason) } : {}),
    summary: countOutcomes(entries.map((entry) => entry.result)),
    changes: entries.map((entry) => entry.result),
    ...check,
  };
}

async function execute(
  entry: Entry,
  entries: readonly Entry[],
  account: Account,
  progress: ProgressListener | undefined,
): Promise<void> {
  const { change, result } = entry;
  progress?.started?.(change);
  const start = performance.now();
  const settlement = await makeChange(change, idFor(change, entries), account);
  result.milliseconds = Math.round(performance.now() - start);
  settle(entry, settlement);
}

/** A status of an operator that this plan created goes to the id that the create was given. */
function idFor(change: PlannedChange, entries: readonly Entry[]): string | undefined {
  if (change.id !== undefined || change.action === 'create') return change.id;
  const parent = kindNamed(change.kind).partOf;
  return entries.find((entry) => entry.change.kind === parent && entry.change.key === change.key)?.result.id;
}

function describe({ action, kind, key }: PlannedChange): string {
  return `${action} ${kind} ${key}`;
}

type Check = Pick<ApplyReport, 'converged' | 'remaining' | 'verificationError'>;

/** Reads the account and plans again; after an interruption no call is made for it. */
async function verify(
  plan: Plan,
  entries: readonly Entry[],
  account: Account,
  { verification }: ApplyOptions,
): Promise<Check> {
  if (plan.changes.length === 0) return { converged: true, remaining: [] };
  if (account.signals.stop?.aborted) {
    return {
      converged: false,
      remaining: [],
      verificationError: 'interrupted before the account was read again',
    };
  }
  try {
    const needed = verification?.needed ?? listsOfPlan(plan);
    const read = () => account.reader.readAccount(needed, account.signals);
    const first = await read();
    settleByLastLook(entries, first);
    const { live, problem } = await dropOwnDuplicates(first, entries, account, read);
    settleByLastLook(entries, live);
    const check = checkAgain(plan, live, account, verification);
    return problem === undefined ? check : { ...check, converged: false, verificationError: problem };
  } catch (error) {
    return { converged: false, remaining: [], verificationError: messageOf(error) };
  }
}

/** Compares the account with what the plan did and with what a new plan wants. */
function checkAgain(
  plan: Plan,
  live: LiveState,
  { secrets }: Account,
  verification: Verification | undefined,
): Check {
  const missing = remainingChanges(plan, live, secrets);
  try {
    const remaining = mergeChanges(verification?.remaining(live) ?? [], missing);
    return { converged: remaining.length === 0, remaining };
  } catch (error) {
    return { converged: false, remaining: missing, verificationError: messageOf(error) };
  }
}

/** @throws the error itself when it is a bug of ours. */
function messageOf(error: unknown): string {
  if (error instanceof UserError) return error.message;
  throw error;
}

/** What could not be told for certain when it happened can be told now. */
function settleByLastLook(entries: readonly Entry[], live: LiveState): void {
  for (const entry of entries) {
    const settlement = entry.settleBy?.(kindNamed(entry.change.kind).live(live));
    if (settlement) settle(entry, settlement);
  }
}

/** What a new plan wants, and what the old one did and the account does not show. */
function mergeChanges(again: readonly PlannedChange[], missing: readonly PlannedChange[]): PlannedChange[] {
  const isSame = (a: PlannedChange, b: PlannedChange) =>
    a.kind === b.kind && a.key === b.key && (a.id === b.id || a.id === undefined || b.id === undefined);
  return [...again, ...missing.filter((change) => !again.some((listed) => isSame(listed, change)))];
}
