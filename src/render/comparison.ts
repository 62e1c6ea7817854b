import type { PlanComparison, ValueDifference } from '../model/plan-comparison.ts';
import { count } from './wording.ts';

/** How the two plans are called: names of files, or words. */
export interface PlanNames {
  old: string;
  new: string;
}

export const PLAN_NAMES: PlanNames = { old: 'the old plan', new: 'the new plan' };

/** What was reviewed, and what would happen now. */
export const REVIEWED_NAMES: PlanNames = { old: 'the plan that was reviewed', new: 'the plan now' };

/** `role`; what the account had, and an id, are no wishes of the file. */
export function differenceName({ path, side }: ValueDifference): string {
  return side === 'before' ? `${path}, as the account had it` : path;
}

/** The verdict, in a sentence. */
export function comparisonSentence({ isSame, isReordered, ...found }: PlanComparison): string {
  const { onlyOld, onlyNew, differing } = found;
  const statuses =
    [...onlyOld, ...onlyNew, ...differing].length > 0 ? ', but for what is set for a while' : '';
  if (isSame) return `Both plans do the same${statuses}: their digests are equal.`;
  if (isReordered) return 'Not the same plan: the changes are equal, but made in another order.';
  return `Not the same plan: ${countsOf(found)}.`;
}

function countsOf({
  setting,
  onlyOld,
  onlyNew,
  differing,
}: Omit<PlanComparison, 'isSame' | 'isReordered'>): string {
  const changes = (number: number) => count(number, { one: 'change', many: 'changes' });
  return [
    ...(setting.length > 0 ? ['account or secrets differ'] : []),
    ...(onlyNew.length > 0 ? [`${changes(onlyNew.length)} only in the new one`] : []),
    ...(onlyOld.length > 0 ? [`${changes(onlyOld.length)} only in the old one`] : []),
    ...(differing.length > 0
      ? [`${changes(differing.length)} in both ${differing.length === 1 ? 'differs' : 'differ'}`]
      : []),
  ].join(', ');
}
