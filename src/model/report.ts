import type { Action, Effect, FieldChange } from './change.ts';
import type { Fields } from './json.ts';
import type { EffectCode } from './kinds/names.ts';
import type {
  FORMAT_VERSION,
  ManagedObject,
  ObjectName,
  PlanAccount,
  PlannedChange,
  UnmanagedObject,
} from './plan.ts';

/**
 * `applied`: the account has it. `failed`: the account does not have it, `error` says why.
 * `skipped`: no call was made, or the account had it already from elsewhere. `unknown`: a call was made, its answer was lost, and reading
 * the account could not settle it.
 */
export const OUTCOMES = ['applied', 'failed', 'skipped', 'unknown'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface ChangeResult extends ObjectName {
  action: Action;
  /** The object's id where it is known, also the id that a create was given. */
  id?: string;
  /** Old and new; of what was deleted every writable field, so that it can be made again. */
  fields: FieldChange[];
  effects: Effect<EffectCode>[];
  /** Who or what it is, as in the plan. */
  about?: Fields;
  outcome: Outcome;
  /** Calls that were sent to change this object; 0 for a skipped change. */
  attempts: number;
  /** From the first call until the outcome was known. */
  milliseconds: number;
  /** Why it failed, was skipped or is unknown. Masked, one line. */
  error?: string;
  /** What is to be known of one that was applied. Masked, one line. */
  note?: string;
}

/** What apply did: written to `--report FILE`, whatever the exit code. */
export interface ApplyReport {
  formatVersion: typeof FORMAT_VERSION;
  tool: string;
  startedAt: string;
  finishedAt: string;
  account: PlanAccount;
  config: { files: string[]; sha256: string };
  /** Of every secret of the files the first hex digits of a hash; `null` where it is too short for that. */
  secrets: Record<string, string | null>;
  /** The digest of the plan that was applied. */
  planDigest: string;
  /** The signal that stopped it early. */
  interrupted?: string;
  summary: Record<Outcome, number>;
  /** In the order of the plan. */
  changes: ChangeResult[];
  /** Whether reading the account afterwards showed that nothing is left to do. */
  converged: boolean;
  /** Why nobody can say that the account is as planned, in a sentence: it could not be read back, or has something twice. */
  verificationError?: string;
  /** What a plan made after the last change still wants to do. */
  remaining: PlannedChange[];
  /** The digest of a plan of what is left, to go on with; `null` where nothing is, missing where nobody knows. */
  remainingDigest?: string | null;
  /** Every object that the files name. */
  managed: ManagedObject[];
  /** What the account has beside them. */
  unmanaged: UnmanagedObject[];
  /** As in the plan: what was looked at, and what was not. */
  onlyTargets?: string[];
  sectionsNotRead?: string[];
}
