import { type Drift, findDrift } from '../model/drift.ts';
import { UserError } from '../model/errors.ts';
import type { Plan } from '../model/plan.ts';
import type { ApplyReport } from '../model/report.ts';

/**
 * What the account changed by itself since an apply; `null` where the files have changed (`isOfTheSameFiles`
 * tells), or nothing differs.
 * @param called how complaints name the report.
 * @throws {UserError} for the report of another account.
 */
export function driftSince(last: ApplyReport, plan: Plan, called = 'the report'): Drift | null {
  if (last.account.baseUrl !== plan.account.baseUrl) {
    throw new UserError(
      'other-account',
      `${called} is about ${last.account.baseUrl}, and this plan about ${plan.account.baseUrl}`,
      { hint: 'give the report of the last apply to this account, or leave --since out' },
    );
  }
  return findDrift(plan, last);
}
