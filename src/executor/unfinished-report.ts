import type { Plan, PlannedChange } from '../model/plan.ts';
import type { ApplyReport, ChangeResult } from '../model/report.ts';
import { pendingResult } from './entry.ts';
import { reportOf } from './report.ts';

/** What is known of an apply that did not come to its end. */
export interface UnfinishedApply {
  startedAt: Date;
  endedAt: Date;
  /** Why it ended: what every change that was not sent says. */
  reason: string;
  /** The changes that a call was begun for; none where the plan was refused. */
  begun: ReadonlySet<PlannedChange>;
  /** What became of those that are done. */
  results: ReadonlyMap<PlannedChange, ChangeResult>;
  /** The signal that ended it. */
  interrupted?: string;
}

/** The report of an apply that was refused, or that had to end while calls were under way. */
export function unfinishedReport(plan: Plan, apply: UnfinishedApply): ApplyReport {
  const { startedAt, endedAt, reason, interrupted, begun, results } = apply;
  const changes = plan.changes.map((change): ChangeResult => {
    const result = results.get(change);
    if (result) return result;
    const pending = { ...pendingResult(change), error: reason };
    if (!begun.has(change)) return pending;
    return { ...pending, outcome: 'unknown', attempts: 1, error: `${reason} while the call was under way` };
  });
  return reportOf(plan, {
    startedAt,
    finishedAt: endedAt,
    interrupted,
    secrets: plan.secrets,
    changes,
    check: {
      converged: false,
      verificationError: `${reason}, so the account was not read again`,
      remaining: [],
      unmanaged: plan.unmanaged,
    },
  });
}
