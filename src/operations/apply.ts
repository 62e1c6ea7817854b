import type { Verification } from '../executor/apply.ts';
import type { DesiredState } from '../model/desired.ts';
import { digestOf } from '../model/digest.ts';
import { RefusedError } from '../model/errors.ts';
import type { Plan } from '../model/plan.ts';
import type { ApplyReport } from '../model/report.ts';
import { neededLists } from '../planner/plan.ts';
import { checkAgainstLive } from '../planner/saved-plan/check.ts';
import type { Account } from './connect.ts';
import { makeChanges } from './make-changes.ts';
import { type PlanningOptions, plan, readLists, seenBy } from './plan.ts';
import type { RunOptions } from './run-options.ts';

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
  { signals, progress, settleSeconds, ...planning }: ApplyingOptions = {},
): Promise<ApplyReport> {
  checkBelongsTogether(proposed, account, desired);
  const lists = neededLists(desired);
  const seen = seenBy(proposed) ?? (await readLists(account, lists, signals));
  if (!seenBy(proposed)) checkAgainstLive(proposed, seen.live, desired.secrets);
  const now = new Date(proposed.createdAt);
  const verification: Verification = {
    lists,
    planAgain: (live) => plan(desired, { ...seen, live }, { ...planning, now, again: true }),
  };
  return makeChanges(proposed, account, desired.secrets, {
    seen,
    verification,
    signals,
    progress,
    settleSeconds,
  });
}

function checkBelongsTogether(proposed: Plan, account: Account, desired: DesiredState): void {
  const { config, digest } = proposed;
  checkAddress(proposed, account);
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

/** Before anything is asked of it. @throws {RefusedError} for another address than the plan's. */
export function checkAddress({ account: { baseUrl } }: Plan, account: Account): void {
  if (baseUrl === account.baseUrl) return;
  throw new RefusedError(
    'other-account',
    `the plan was made for ${baseUrl}, and this is ${account.baseUrl}`,
    {
      hint: 'plan again for this account, or reach it the way that the plan did: see --base-url, --via and --connection',
    },
  );
}
