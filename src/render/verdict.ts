import type { HeadlineClause } from '../model/kinds/kind.ts';
import type { PlannedChange } from '../model/plan.ts';
import { count, groupByKind } from './wording.ts';

/** A piece of the verdict: words of ours, or a key for the format to escape. */
export type VerdictPart = string | { key: string };

/** Names that a verdict can take before it counts instead. */
export const NAMED_IN_VERDICT = 2;

export function verdictOpening(isRefused: boolean): string {
  return `This plan ${isRefused ? 'is refused. It would' : 'will'}`;
}

/**
 * What a plan that has changes does to whom, as it follows the opening. At most `named` people of a sort are named.
 * @throws {TypeError} where a kind has no word for what the plan does to its objects.
 */
export function verdictParts(changes: readonly PlannedChange[], named: number): VerdictPart[] {
  const clauses = groupByKind(changes).flatMap(({ kind, items }) => {
    const told = kind.headline(items).filter((clause) => sizeOf(clause) > 0);
    if (told.length === 0) throw new TypeError(`no headline for changes of ${kind.noun.many}`);
    return told;
  });
  return clauses.flatMap((clause, index) => {
    const parts = [clause.before, ...concerned(clause, named), clause.after ?? ''];
    if (index === 0) return parts;
    return [index === clauses.length - 1 ? ' and ' : ', ', ...parts];
  });
}

function concerned(clause: HeadlineClause, named: number): VerdictPart[] {
  if (!('names' in clause) || clause.names.length > named) return [count(sizeOf(clause), clause.noun)];
  return clause.names.flatMap((key, index) => (index === 0 ? [{ key }] : [' and ', { key }]));
}

function sizeOf(clause: HeadlineClause): number {
  return 'names' in clause ? clause.names.length : clause.count;
}
