import type { CallSignals } from '../chaport/client.ts';
import type { ConfigText } from '../config/config-text.ts';
import { withExcerpts } from '../config/index.ts';
import type { DesiredState } from '../model/desired.ts';
import { DiagnosticsError } from '../model/errors.ts';
import type { LiveState } from '../model/live.ts';
import type { Plan } from '../model/plan.ts';
import { VERSION } from '../model/version.ts';
import { neededLists, plan as planChanges } from '../planner/plan.ts';
import { parseTarget } from '../planner/targets.ts';
import type { Account } from './connect.ts';

const TOOL = `chaportctl ${VERSION}`;

export interface PlanningOptions {
  /** `KIND` or `KIND:KEY-GLOB`; all objects where it is empty. */
  targets?: readonly string[] | undefined;
  /** Overrides `policy.prune`. */
  prune?: boolean | undefined;
  /** The time of planning; default now. */
  now?: Date | undefined;
  /** The files as they were read: complaints then show their lines. */
  texts?: readonly ConfigText[] | undefined;
}

/** What was read of an account, and where. */
export interface LiveAccount extends LiveState {
  baseUrl: string;
}

/**
 * Reads the lists that planning needs, side by side.
 * @throws {ChaportError} when the account cannot be read.
 */
export async function readAccount(
  account: Account,
  desired: DesiredState,
  signals: CallSignals = {},
): Promise<LiveAccount> {
  const live = await account.reader.readAccount(neededLists(desired), signals);
  return { ...live, baseUrl: account.baseUrl };
}

/**
 * What must change so that the account is as the files say. A plan that a guard refuses comes back whole,
 * with its `refusals`.
 * @throws {UserError} for a target that names nothing.
 * @throws {DiagnosticsError} when the account and the files cannot be brought together.
 * @throws {RefusedError} when they cannot because it is the wrong account.
 */
export function plan(desired: DesiredState, live: LiveAccount, options: PlanningOptions = {}): Plan {
  const { targets = [], prune, now = new Date(), texts = [] } = options;
  try {
    return planChanges(desired, live, {
      now,
      tool: TOOL,
      baseUrl: live.baseUrl,
      targets: targets.map(parseTarget),
      prune,
    });
  } catch (error) {
    if (!(error instanceof DiagnosticsError)) throw error;
    throw new DiagnosticsError(withExcerpts(error.diagnostics, texts, desired.secrets));
  }
}
