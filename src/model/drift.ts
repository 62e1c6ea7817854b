import type { Plan, PlannedChange } from './plan.ts';
import type { ApplyReport } from './report.ts';

/** What changed in the account by itself: the files are as they were when they were last applied. */
export interface Drift {
  /** When that apply ended, RFC 3339. */
  since: string;
  /** The objects that differ now. */
  concerns: Pick<PlannedChange, 'kind' | 'key'>[];
}

/** The drift that a plan shows since an apply; `null` where the files have changed, or nothing differs. */
export function findDrift(plan: Plan, last: ApplyReport): Drift | null {
  const filesAreTheSame = plan.config.sha256 === last.config.sha256;
  if (!filesAreTheSame || !last.converged || plan.changes.length === 0) return null;
  return { since: last.finishedAt, concerns: plan.changes.map(({ kind, key }) => ({ kind, key })) };
}
