import type { CallSignals, ChaportReader } from '../chaport/client.ts';
import type { DesiredState } from '../model/desired.ts';
import type { LiveState } from '../model/live.ts';
import type { Plan } from '../model/plan.ts';
import { neededLists, type PlanOptions, plan } from '../planner/plan.ts';
import { parseTarget } from '../planner/targets.ts';
import { VERSION } from '../version.ts';

export interface PlanningFlags {
  target?: string[] | undefined;
  prune?: boolean | undefined;
}

/** A plan with what it was made from. */
export interface PlannedAccount {
  desired: DesiredState;
  plan: Plan;
  /** Plans again, on what the account is then. */
  replan(live: LiveState): Plan;
}

export const TOOL = `chaportctl ${VERSION}`;

/** What `--target` and `--prune` ask for. @throws {UserError} for a target that names nothing. */
export function planningOptions(flags: PlanningFlags): Pick<PlanOptions, 'targets' | 'prune'> {
  return { targets: (flags.target ?? []).map(parseTarget), prune: flags.prune };
}

/** Reads what is needed of the account, and plans. */
export async function planAccount(
  desired: DesiredState,
  reader: ChaportReader,
  options: Pick<PlanOptions, 'targets' | 'prune'>,
  signals: CallSignals = {},
): Promise<PlannedAccount> {
  const live = await reader.readAccount(neededLists(desired), signals);
  const replan = (current: LiveState) =>
    plan(desired, current, { ...options, now: new Date(), tool: TOOL, baseUrl: reader.baseUrl });
  return { desired, plan: replan(live), replan };
}
