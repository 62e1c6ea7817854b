import type { Fields, FieldValue } from './json.ts';
import type { Source } from './source.ts';

/**
 * The plan: plain data, safe to print and to save. Every string in it is concealed
 * (`SecretBook.conceal`), so a secret stands as `${secret:NAME}`.
 *
 * `formatVersion` is a string. It changes only when a reader of the older one would misread
 * the new one; new optional keys do not change it.
 */
export const FORMAT_VERSION = '1';

export const KIND_NAMES = ['operator', 'status', 'webhook'] as const;
export type KindName = (typeof KIND_NAMES)[number];

export const ACTIONS = ['create', 'update', 'delete'] as const;
export type Action = (typeof ACTIONS)[number];

/** One field that differs. For a create every field is listed with `before: null`, for a delete with `after: null`. */
export interface FieldChange {
  path: string;
  before: FieldValue;
  after: FieldValue;
}

export interface PlannedChange {
  action: Action;
  kind: KindName;
  /** `operator`, `status`: the e-mail in lower case. `webhook`: `EVENT URL`. */
  key: string;
  /** The live object's id; missing for a create, and for a status of an operator that this plan creates. */
  id?: string;
  /** All writable fields as they are live; `null` for a create. */
  before: Fields | null;
  /** All writable fields as they are sent; `null` for a delete. */
  after: Fields | null;
  fields: FieldChange[];
  /** What a reader must know before saying yes. */
  effects: string[];
  /** The entry that asks for this; for a pruned object the glob that claims it. */
  source?: Source;
  /** True where prune deletes it: nobody wrote `state: absent`. */
  pruned?: true;
  /** Fields of `after` that hold `${secret:NAME}` to be replaced before the call; elsewhere such text is literal. */
  secretFields?: string[];
  /** The same for `before`. */
  secretFieldsBefore?: string[];
}

/** A live object that the file does not have and prune does not claim. */
export interface UnmanagedObject {
  kind: KindName;
  key: string;
  id: string;
}

export interface PlanWarning {
  code: string;
  message: string;
  source?: Source;
}

/** A guard of the policy that the plan runs into: it may be read, not applied. */
export interface PlanRefusal {
  code: string;
  message: string;
  hint?: string;
  source?: Source;
}

export interface PlanSummary {
  create: number;
  update: number;
  delete: number;
  unchanged: number;
  unmanaged: number;
}

export interface Plan {
  formatVersion: typeof FORMAT_VERSION;
  /** Name and version of the program, `chaportctl 0.1.0`. */
  tool: string;
  /** RFC 3339, UTC, milliseconds. */
  createdAt: string;
  account: { baseUrl: string; owner?: string };
  config: { files: string[]; sha256: string };
  /** `sha256:` and the hex SHA-256 over the compact JSON of this document without `createdAt` and `digest`. */
  digest: string;
  summary: PlanSummary;
  /** In the order of execution. */
  changes: PlannedChange[];
  unmanaged: UnmanagedObject[];
  warnings: PlanWarning[];
  refusals: PlanRefusal[];
}
