import { kindNamed } from './kinds/index.ts';
import type { Plan, PlanSummary } from './plan.ts';

/** What the sentence at the end of a plan may claim. */
export interface Overview extends PlanSummary {
  unmanagedAdmins: number;
  /** Targets beside which nothing was looked at; empty: everything was. */
  onlyTargets: readonly string[];
  /** Sections whose objects were not looked at. */
  sectionsNotRead: readonly string[];
}

export function overviewOf({
  summary,
  unmanaged,
  onlyTargets = [],
  sectionsNotRead = [],
}: Pick<Plan, 'summary' | 'unmanaged' | 'onlyTargets' | 'sectionsNotRead'>): Overview {
  const admins = unmanaged.filter((object) => kindNamed(object.kind).isAdmin?.(object) === true);
  return { ...summary, unmanagedAdmins: admins.length, onlyTargets, sectionsNotRead };
}
