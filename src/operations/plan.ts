import type { CallSignals } from '../chaport/client.ts';
import { withExcerpts } from '../config/index.ts';
import type { ConfigText } from '../config/source/config-text.ts';
import type { DesiredState } from '../model/desired.ts';
import { DiagnosticsError } from '../model/errors.ts';
import type { Evidence } from '../model/evidence.ts';
import type { LiveState, NeededLists } from '../model/live.ts';
import type { Plan } from '../model/plan.ts';
import { VERSION } from '../model/version.ts';
import { neededLists, plan as planChanges } from '../planner/plan.ts';
import { parseTarget } from '../planner/targets.ts';
import type { Account } from './connect.ts';
import { withEvidence } from './judge-by-evidence.ts';
import { shiftsAt } from './timetables.ts';

const TOOL = `chaportctl ${VERSION}`;

export interface PlanningOptions {
  /** `KIND` or `KIND:KEY-GLOB`; all objects where it is empty. */
  targets?: readonly string[] | undefined;
  /** Overrides `policy.prune`. */
  prune?: boolean | undefined;
  /** The account was just changed by such a plan: nothing is asked of it that is asked before a first one. */
  again?: boolean | undefined;
  /** The time of planning; default now. */
  now?: Date | undefined;
  /** Plans as of another time, for a look: such a plan is not applied. */
  at?: Date | undefined;
  /** What `doctor` saw of the account; it needs `witnesses` of `readAccount`. */
  evidence?: Evidence | undefined;
  /** The files as they were read: complaints then show their lines. */
  texts?: readonly ConfigText[] | undefined;
}

/** What was read of an account, where and when. */
export interface LiveAccount {
  readonly baseUrl: string;
  readonly live: LiveState;
  /** When it was asked for: milliseconds of a clock that is never set back. */
  readonly askedAt: number;
}

/**
 * Reads the lists that planning needs, side by side; with `witnesses` people too, by whom a saved plan or
 * a report knows the account again.
 * @throws {ChaportError} when the account cannot be read.
 */
export function readAccount(
  account: Account,
  desired: DesiredState,
  signals: CallSignals = {},
  { witnesses = false }: { witnesses?: boolean } = {},
): Promise<LiveAccount> {
  return readLists(account, neededLists(desired, { people: witnesses }), signals);
}

export async function readLists(
  { baseUrl, reader }: Account,
  lists: NeededLists,
  signals: CallSignals = {},
): Promise<LiveAccount> {
  const askedAt = performance.now();
  return { baseUrl, live: await reader.readAccount(lists, signals), askedAt };
}

/** What each plan of this run was made of or checked against: apply holds the account against it. */
const SEEN = new WeakMap<Plan, LiveAccount>();

export function seenBy(plan: Plan): LiveAccount | undefined {
  return SEEN.get(plan);
}

/** The account was found to be what the plan saw. */
export function noteSeen(plan: Plan, seen: LiveAccount): void {
  SEEN.set(plan, seen);
}

/**
 * What must change so that the account is as the files say. A plan that a guard refuses comes back whole,
 * with its `refusals`.
 * @throws {UserError} for a target that names nothing.
 * @throws {DiagnosticsError} when the account and the files cannot be brought together.
 * @throws {RefusedError} when it is the wrong account.
 */
export function plan(desired: DesiredState, account: LiveAccount, options: PlanningOptions = {}): Plan {
  const { targets = [], prune, again, at, now = new Date(), texts = [], evidence } = options;
  try {
    const rota = shiftsAt(desired, at ?? now);
    const made = planChanges(rota ? { ...desired, duty: rota.duty } : desired, account.live, {
      now,
      tool: TOOL,
      baseUrl: account.baseUrl,
      targets: targets.map(parseTarget),
      prune,
      again,
      at,
      ...(rota ? { shifts: rota.week, warnings: rota.warnings } : {}),
    });
    const judged = evidence && !again ? withEvidence(made, account.live, evidence, now) : made;
    noteSeen(judged, account);
    return judged;
  } catch (error) {
    if (!(error instanceof DiagnosticsError)) throw error;
    throw new DiagnosticsError(withExcerpts(error.diagnostics, texts, desired.secrets));
  }
}
