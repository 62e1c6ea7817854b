import type { CallSignals } from '../chaport/client.ts';
import { apply as applyPlan, type Verification } from '../executor/apply.ts';
import type { ProgressListener } from '../executor/progress.ts';
import type { DesiredState } from '../model/desired.ts';
import { digestOf } from '../model/digest.ts';
import { RefusedError } from '../model/errors.ts';
import type { Plan } from '../model/plan.ts';
import type { ApplyReport } from '../model/report.ts';
import type { SecretBook } from '../model/secrets.ts';
import { neededLists } from '../planner/plan.ts';
import type { Account } from './connect.ts';
import { type PlanningOptions, plan } from './plan.ts';

/** How a run is watched and ended. */
export interface RunOptions {
  /** Abort `stop` with a reason: no new call starts, and the report has the reason as `interrupted`. */
  signals?: CallSignals | undefined;
  progress?: ProgressListener | undefined;
}

export interface ApplyingOptions extends PlanningOptions, RunOptions {}

/**
 * Makes the changes of a plan, reads the account again and plans again: see `converged`.
 * A call that fails does not throw: the report says of every change what became of it.
 *
 * Give the same planning options as to `plan`. A plan that was saved some time ago has `applySavedPlan`;
 * or plan anew, and go on if the `digest` is the one that was reviewed.
 * @throws {RefusedError} for a plan with refusals, one that was edited, and one of another account or of
 * other files; nothing was called then.
 */
export async function apply(
  proposed: Plan,
  account: Account,
  desired: DesiredState,
  { signals, progress, ...planning }: ApplyingOptions = {},
): Promise<ApplyReport> {
  checkBelongsTogether(proposed, account, desired);
  const { baseUrl } = account;
  const verification: Verification = {
    needed: neededLists(desired),
    remaining: (live) => plan(desired, { ...live, baseUrl }, planning).changes,
  };
  return makeChanges(proposed, account, desired.secrets, { signals, progress, verification });
}

/** The changes in their order, and a look at the account after them: at all that `verification` asks for, or at them alone. */
export function makeChanges(
  plan: Plan,
  { reader, writer, concurrency }: Account,
  secrets: SecretBook,
  { signals, progress, verification }: RunOptions & { verification?: Verification },
): Promise<ApplyReport> {
  return applyPlan(plan, {
    reader,
    writer,
    secrets,
    concurrency,
    verification,
    ...(signals ? { signals } : {}),
    ...(progress ? { progress } : {}),
    now: () => new Date(),
  });
}

function checkBelongsTogether(proposed: Plan, account: Account, desired: DesiredState): void {
  const { account: planned, config, digest } = proposed;
  if (planned.baseUrl !== account.baseUrl) {
    throw new RefusedError(
      'other-account',
      `the plan was made for ${planned.baseUrl}, and this is ${account.baseUrl}`,
    );
  }
  if (config.sha256 !== desired.config.sha256) {
    throw new RefusedError('other-files', 'the plan was made from other files than the desired state');
  }
  if (digestOf(proposed) !== digest) {
    throw new RefusedError(
      'plan-edited',
      'the plan was changed after it was made: its digest does not match',
      {
        hint: 'plan with `targets` for a part of the changes',
      },
    );
  }
}
