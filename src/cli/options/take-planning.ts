import type { PlanningOptions } from '../../operations/plan.ts';
import { parseTarget } from '../../planner/targets.ts';
import type { PlanningFlags } from './planning.ts';

/** What `--target` and `--prune` ask for. @throws {UserError} for a target that names nothing, before anything is read. */
export function takePlanning({ target: targets = [], prune }: PlanningFlags): PlanningOptions {
  for (const target of targets) parseTarget(target);
  return { targets, prune };
}
