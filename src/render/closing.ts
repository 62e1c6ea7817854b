import { kindNamed } from '../model/kinds/index.ts';
import { type Overview, overviewOf } from '../model/overview.ts';
import type { Plan, PlanSummary, UnmanagedObject } from '../model/plan.ts';
import { count } from './wording.ts';

type LookedAt = Parameters<typeof overviewOf>[0];

export function noChanges(document: LookedAt): string {
  return `No changes. ${asTheFileSays(document)}`;
}

/** That the account is as the file says, and no more than is known of it. */
export function asTheFileSays(document: LookedAt): string {
  const overview = overviewOf(document);
  const { onlyTargets, sectionsNotRead } = overview;
  const but = overview.unmanaged === 0 ? '' : `, but for ${unmanagedWords(overview)}`;
  if (onlyTargets.length > 0) {
    return `What was looked at (--target ${onlyTargets.join(', ')}) is as the file says${but}; nothing else was looked at.`;
  }
  const unread =
    sectionsNotRead.length === 0 ? '' : `; its ${sectionsNotRead.join(' and ')} were not looked at`;
  return `The account is as the file says${but}${unread}.`;
}

function unmanagedWords({ unmanaged, unmanagedAdmins }: Overview): string {
  const all = count(unmanaged, { one: 'unmanaged object', many: 'unmanaged objects' });
  if (unmanagedAdmins === 0) return all;
  if (unmanaged === 1) return `${all}, an admin`;
  return `${all}, ${unmanagedAdmins} of them ${unmanagedAdmins === 1 ? 'an admin' : 'admins'}`;
}

export function planSummarySentence(plan: LookedAt & { summary: PlanSummary }): string {
  const { summary } = plan;
  const { unmanagedAdmins } = overviewOf(plan);
  const rest = restSentence(plan);
  if (summary.create + summary.update + summary.delete === 0) return `${noChanges(plan)} ${rest}`;
  const admins =
    unmanagedAdmins === 0
      ? ''
      : ` Of the unmanaged ${unmanagedAdmins === 1 ? '1 is an admin' : `${unmanagedAdmins} are admins`}.`;
  return `Plan: ${summary.create} to create, ${summary.update} to update, ${summary.delete} to delete. ${rest}${admins}`;
}

/** What is as it should be, and what is nobody's: all that a list of changes does not tell. */
export function restSentence({ summary }: { summary: PlanSummary }): string {
  return `${summary.unchanged} unchanged, ${summary.unmanaged} unmanaged.`;
}

/** What an unmanaged object is, beside its key and its name: `admin`, `last active 2026-11-20`. */
export function introductionOf(object: UnmanagedObject): string[] {
  return kindNamed(object.kind).introduce?.(object) ?? [];
}

/** Whom no format cuts off or folds away. */
export function isAdmin(object: UnmanagedObject): boolean {
  return kindNamed(object.kind).isAdmin?.(object) === true;
}

/** The account as of which time, where that is not now. */
export function asOf({ at }: Pick<Plan, 'at'>): string | null {
  return at === undefined ? null : `As of ${at}, for a look: apply takes no such plan.`;
}
