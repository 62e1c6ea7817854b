import { FORMAT_VERSION, type Plan, type PlannedChange } from '../model/plan.ts';
import type { ApplyReport, ChangeResult } from '../model/report.ts';
import { countOutcomes, pendingResult } from './entry.ts';

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
  const changes = plan.changes.map((change): ChangeResult => {
    const result = apply.results.get(change);
    if (result) return result;
    const pending = { ...pendingResult(change), error: apply.reason };
    if (!apply.begun.has(change)) return pending;
    return {
      ...pending,
      outcome: 'unknown',
      attempts: 1,
      error: `${apply.reason} while the call was under way`,
    };
  });
  return {
    formatVersion: FORMAT_VERSION,
    tool: plan.tool,
    startedAt: apply.startedAt.toISOString(),
    finishedAt: apply.endedAt.toISOString(),
    account: plan.account,
    config: plan.config,
    planDigest: plan.digest,
    ...(apply.interrupted === undefined ? {} : { interrupted: apply.interrupted }),
    summary: countOutcomes(changes),
    changes,
    converged: false,
    verificationError: `${apply.reason}, so the account was not read again`,
    remaining: [],
  };
}
