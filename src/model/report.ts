import type { Action, FORMAT_VERSION, KindName, PlannedChange } from './plan.ts';

/**
 * `applied`: the account has it. `failed`: the account does not have it, `error` says why.
 * `skipped`: no call was made, or the account had it already from elsewhere. `unknown`: a call was made, its answer was lost, and reading
 * the account could not settle it.
 */
export const OUTCOMES = ['applied', 'failed', 'skipped', 'unknown'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface ChangeResult {
  action: Action;
  kind: KindName;
  key: string;
  /** The object's id where it is known, also the id that a create was given. */
  id?: string;
  outcome: Outcome;
  /** Calls that were sent to change this object; 0 for a skipped change. */
  attempts: number;
  /** From the first call until the outcome was known. */
  milliseconds: number;
  /** Why it failed, was skipped or is unknown. Masked, one line. */
  error?: string;
}

/** What apply did: written to `--report FILE`, whatever the exit code. */
export interface ApplyReport {
  formatVersion: typeof FORMAT_VERSION;
  tool: string;
  startedAt: string;
  finishedAt: string;
  account: { baseUrl: string; owner?: string };
  config: { files: string[]; sha256: string };
  /** The digest of the plan that was applied. */
  planDigest: string;
  /** The signal that stopped it early. */
  interrupted?: string;
  summary: Record<Outcome, number>;
  /** In the order of the plan. */
  changes: ChangeResult[];
  /** Whether reading the account afterwards showed that nothing is left to do. */
  converged: boolean;
  /** Why the account could not be read back, where that is so. */
  verificationError?: string;
  /** What a plan made after the last change still wants to do. */
  remaining: PlannedChange[];
}
