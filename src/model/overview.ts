import { kindNamed } from './kinds/index.ts';
import type { Plan } from './plan.ts';

/** What the sentence at the end of a plan or report may claim. */
export interface Overview {
  unmanaged: number;
  unmanagedAdmins: number;
  /** Targets beside which nothing was looked at; empty: everything was. */
  onlyTargets: readonly string[];
  /** Sections whose objects were not looked at. */
  sectionsNotRead: readonly string[];
}

export function overviewOf({
  unmanaged,
  onlyTargets = [],
  sectionsNotRead = [],
}: Pick<Plan, 'unmanaged' | 'onlyTargets' | 'sectionsNotRead'>): Overview {
  const admins = unmanaged.filter((object) => kindNamed(object.kind).isAdmin?.(object) === true);
  return { unmanaged: unmanaged.length, unmanagedAdmins: admins.length, onlyTargets, sectionsNotRead };
}
