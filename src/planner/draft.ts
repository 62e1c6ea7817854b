import type { PolicyGlob } from '../model/desired.ts';
import type { Fields } from '../model/json.ts';
import type { Action, FieldChange, PlanWarning } from '../model/plan.ts';
import type { LiveObject, ResourceKind, WantedObject } from '../model/resource-kind.ts';
import type { Diagnostic } from '../model/source.ts';

/** A change before its secrets are concealed: what the guards look at. */
export interface DraftChange {
  kind: ResourceKind;
  action: Action;
  /** Real, not concealed. */
  key: string;
  live: LiveObject | null;
  wanted: WantedObject | null;
  before: Fields | null;
  after: Fields | null;
  fields: FieldChange[];
  /** The glob that claims it; `null` for `--prune`. Missing where the file asks for the change. */
  claimedBy?: PolicyGlob | null;
  /** A surplus one: another object with the same key stays. */
  twinStays?: true;
}

/** A live object that is left alone because the file does not have it. */
export interface DraftUnmanaged {
  kind: ResourceKind;
  live: LiveObject;
}

/** Everything that planning found, in real values. */
export interface Draft {
  changes: DraftChange[];
  unmanaged: DraftUnmanaged[];
  unchanged: number;
  /** Keys of the operators that the plan creates: their statuses can follow. */
  created: Set<string>;
  warnings: PlanWarning[];
  errors: Diagnostic[];
}
