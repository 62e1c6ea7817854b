import type { CallSignals, ChaportReader } from '../chaport/client.ts';
import { withExcerpts } from '../config/index.ts';
import { DiagnosticsError } from '../model/errors.ts';
import type { LiveState } from '../model/live.ts';
import type { Plan } from '../model/plan.ts';
import { VERSION } from '../model/version.ts';
import { neededLists, type PlanOptions, plan } from '../planner/plan.ts';
import { parseTarget } from '../planner/targets.ts';
import type { LoadedDesired } from './load-desired.ts';

export interface PlanningFlags {
  target?: string[] | undefined;
  prune?: boolean | undefined;
}

/** A plan, and how to make it again. */
export interface PlannedAccount {
  plan: Plan;
  /** Plans again, on what the account is then. */
  replan(live: LiveState): Plan;
}

export const TOOL = `chaportctl ${VERSION}`;

/** What `--target` and `--prune` ask for. @throws {UserError} for a target that names nothing. */
export function planningOptions(flags: PlanningFlags): Pick<PlanOptions, 'targets' | 'prune'> {
  return { targets: (flags.target ?? []).map(parseTarget), prune: flags.prune };
}

/**
 * Reads what is needed of the account, and plans.
 * @throws {DiagnosticsError} when it and the files cannot be brought together, with the lines of the files.
 */
export async function planAccount(
  { desired, texts }: LoadedDesired,
  reader: ChaportReader,
  options: Pick<PlanOptions, 'targets' | 'prune'>,
  signals: CallSignals = {},
): Promise<PlannedAccount> {
  const live = await reader.readAccount(neededLists(desired), signals);
  const replan = (current: LiveState) => {
    try {
      return plan(desired, current, { ...options, now: new Date(), tool: TOOL, baseUrl: reader.baseUrl });
    } catch (error) {
      if (!(error instanceof DiagnosticsError)) throw error;
      throw new DiagnosticsError(withExcerpts(error.diagnostics, texts, desired.secrets));
    }
  };
  return { plan: replan(live), replan };
}
