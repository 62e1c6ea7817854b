import { checkSameAccount, type Drift, type SinceThen, sinceApply } from '../model/drift.ts';
import type { Plan } from '../model/plan.ts';
import type { ApplyReport } from '../model/report.ts';
import { seenBy } from './plan.ts';

/**
 * What became of the account since an apply: drift, who left the files and stays, who is new.
 * @param called how complaints name the report.
 * @throws {RefusedError} for the report of another account.
 */
export function tellSince(last: ApplyReport, plan: Plan, called = 'the report'): SinceThen {
  checkSameAccount(last, plan, seenBy(plan)?.live ?? null, called);
  return sinceApply(plan, last);
}

/**
 * What the account changed by itself since an apply; `null` where the files have changed (`isOfTheSameFiles`
 * tells), or nothing differs.
 * @param called how complaints name the report.
 * @throws {RefusedError} for the report of another account.
 */
export function driftSince(last: ApplyReport, plan: Plan, called = 'the report'): Drift | null {
  return tellSince(last, plan, called).drift;
}
