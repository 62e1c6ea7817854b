import type { Change } from './change.ts';
import type { RefusalCode, WarningCode } from './codes.ts';
import type { Fields } from './json.ts';
import type { EffectCode, KindName } from './kinds/names.ts';
import type { ShiftsDocument } from './rota/document.ts';
import type { Source } from './source.ts';

/**
 * The plan: plain data, safe to print and to save. A secret stands in it as `${secret:NAME}`, a credential
 * that only the live account knows as `***`.
 *
 * `formatVersion` is a string. It changes only when a reader of the older one would misread
 * the new one; new optional keys do not change it.
 */
export const FORMAT_VERSION = '2';

export type PlannedChange = Change<KindName, EffectCode>;

/** A live object that the file does not have and prune does not claim, with what it is: its name, role and the like. */
export type UnmanagedObject = ObjectName & { id: string } & Fields;

/** An object by its kind and key. */
export interface ObjectName {
  kind: KindName;
  key: string;
}

export type ManagedObject = ObjectName & { id?: string };

export interface PlanWarning {
  code: WarningCode;
  message: string;
  source?: Source;
}

/** A guard of the policy that the plan runs into: it may be read, not applied. */
export interface PlanRefusal {
  code: RefusalCode;
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

/** Which account a document is about. */
export interface PlanAccount {
  baseUrl: string;
  /** As the file says: the API does not. */
  owner?: string;
  /** Up to three ids, the smallest among the live operators, where they were read. */
  witnesses?: string[];
}

export interface Plan {
  formatVersion: typeof FORMAT_VERSION;
  /** Name and version of the program, `chaportctl 0.2.0`. */
  tool: string;
  /** RFC 3339, UTC, milliseconds. */
  createdAt: string;
  /** It is planned as of then, for a look: such a plan is not applied. */
  at?: string;
  account: PlanAccount;
  /** `sha256` (hex) is over what the files ask for, not over their text. */
  config: { files: string[]; sha256: string };
  /** Of each secret that a change needs the first hex digits of a hash; `null` where the secret is too short for that. */
  secrets: Record<string, string | null>;
  /** Every object that the files name, also under `--target`; with the id where it is live. */
  managed: ManagedObject[];
  /** `sha256:` and a hash of what will be done. */
  digest: string;
  summary: PlanSummary;
  /** Given where `--prune` or `--no-prune` overrode the policy. */
  prune?: boolean;
  /** Nothing beside these was looked at. */
  onlyTargets?: string[];
  /** Sections that no file has, and whose objects were not looked at. */
  sectionsNotRead?: string[];
  /** The rota of this week, for readers. */
  shifts?: ShiftsDocument;
  /** In the order of execution. */
  changes: PlannedChange[];
  unmanaged: UnmanagedObject[];
  warnings: PlanWarning[];
  refusals: PlanRefusal[];
}
