import type { Action } from '../model/change.ts';
import type { DesiredObject, PolicyGlob } from '../model/desired.ts';
import type { Kind } from '../model/kinds/index.ts';
import type { LiveObject } from '../model/live.ts';
import type { PlanRefusal, PlanWarning } from '../model/plan.ts';
import type { Diagnostic } from '../model/source.ts';
import type { Values } from '../model/text.ts';
import type { Claims } from './claims.ts';
import type { Presenter } from './presenter.ts';
import type { Target } from './targets.ts';

/** What changes are drafted with, beside the two states. */
export interface DraftOptions {
  now: Date;
  /** It is planned again after an apply, to see what is left. */
  again: boolean;
  claims: Claims;
  presenter: Presenter;
  targets: readonly Target[];
}

/** A change in real values: what the guards look at. */
export interface DraftChange {
  kind: Kind;
  action: Action;
  live: LiveObject | null;
  desired: DesiredObject | null;
  before: Values | null;
  after: Values | null;
  /** The fields that differ, in the kind's order. */
  paths: readonly string[];
  /** The glob that claims it; `null` for `--prune`. Missing where the file asks for the change. */
  claimedBy?: PolicyGlob | null;
  /** A surplus one: another object with the same key stays. */
  twinStays?: true;
  /** The object moved, and this is what an apply that stopped half-way left of it. */
  isRest?: true;
}

/** A live object that is left alone because the file does not have it. */
export interface DraftUnmanaged {
  kind: Kind;
  live: LiveObject;
}

/** Everything that planning found, in real values. */
export interface Draft {
  changes: DraftChange[];
  unmanaged: DraftUnmanaged[];
  /** What the files name, with the live object where there is one. */
  managed: { kind: Kind; desired: DesiredObject; live: LiveObject | null }[];
  /** Kind and id of each. */
  unchanged: Set<string>;
  /** Keys of the objects that the plan creates, by kind: what is part of them can follow. */
  created: Map<string, Set<string>>;
  warnings: PlanWarning[];
  refusals: PlanRefusal[];
  errors: Diagnostic[];
}
