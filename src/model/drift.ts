import type { Plan, PlannedChange } from './plan.ts';
import type { ApplyReport } from './report.ts';

type Concerned = Pick<PlannedChange, 'kind' | 'key'>;

/** What a plan shows although the files are as they were when they were last applied. */
export interface Drift {
  /** When that apply ended, RFC 3339. */
  since: string;
  /** The objects that the account changed by itself. Empty where everything is left over. */
  concerns: Concerned[];
  /** What that apply itself did not finish: this is no drift. */
  leftOver: Concerned[];
}

/** The drift that a plan shows since an apply; `null` where the files have changed, or nothing differs. */
export function findDrift(plan: Plan, last: ApplyReport): Drift | null {
  if (!isOfTheSameFiles(plan, last) || plan.changes.length === 0) return null;
  const unfinished = unfinishedBy(last);
  const objects = plan.changes.map(({ kind, key }) => ({ kind, key }));
  return {
    since: last.finishedAt,
    concerns: objects.filter((object) => !unfinished.has(nameOf(object))),
    leftOver: objects.filter((object) => unfinished.has(nameOf(object))),
  };
}

export function isOfTheSameFiles(plan: Plan, last: ApplyReport): boolean {
  return plan.config.sha256 === last.config.sha256;
}

/** What was still to do when the apply ended. Where it could not read the account back, its outcomes say. */
function unfinishedBy({ converged, changes, remaining }: ApplyReport): Set<string> {
  if (converged) return new Set();
  const notApplied = changes.filter(({ outcome }) => outcome !== 'applied');
  return new Set([...notApplied, ...remaining].map(nameOf));
}

function nameOf({ kind, key }: Concerned): string {
  return `${kind} ${key}`;
}
