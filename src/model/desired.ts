import type { CoverageRule, Duty, OnShift, Rota } from './rota/rota.ts';
import type { SecretBook } from './secrets.ts';
import type { Source } from './source.ts';
import type { Text, Values } from './text.ts';

/** What the file wants of one object, in the form that every kind shares. */
export interface DesiredObject {
  /** Identity, comparable with `LiveObject.key`. Real: it may hold a secret, and is not to be shown. */
  key: string;
  /** The key it had before `movedFrom`, and the key fields behind it. */
  previous?: { key: string; fields: Values };
  /** What identifies it where that is less than its key fields: the rest of them may change in place. */
  identity?: Values;
  absent: boolean;
  /** The declared fields: these are compared, and win over live values when sent. */
  fields: Values;
  /** Wished for, but the API cannot change it: never sent, and warned of where the live value differs. */
  fixed?: { fields: Values; because: string };
  /** Sent along with a change, never compared: a status's `ttl`. */
  extras: Values;
  /** Planned only when the object it is part of is created by the same plan. */
  onlyAtCreation?: boolean;
  /** From this time (RFC 3339) on it is left alone. */
  until?: string;
  /** The rota asks for it, not the entry itself. */
  onShift?: OnShift;
  source: Source;
}

/** A glob of `policy.prune` or `policy.protect`, with its place in the file. */
export interface PolicyGlob {
  glob: Text;
  source: Source;
}

export type DeleteLimit = { count: number } | { percent: number };

export interface Policy {
  /** By section: what is live, matches and is not in the file is deleted. Missing or empty: nothing is. */
  prune: Readonly<Record<string, readonly PolicyGlob[]>>;
  maxDeletes: DeleteLimit;
  protect: readonly PolicyGlob[];
  /** `null`: not given; then only the last admin is kept from leaving. */
  minAdmins: number | null;
  /** By section; missing: `show`. */
  unmanaged: Readonly<Record<string, UnmanagedMode>>;
  /** When how many people of the rota must be online. Missing: nothing is asked. */
  coverage?: readonly CoverageRule[];
}

export const DEFAULT_POLICY: Policy = {
  prune: {},
  maxDeletes: { percent: 20 },
  protect: [],
  minAdmins: null,
  unmanaged: {},
};

/** What is done where a kind has objects that no file has and no prune claims. */
export const UNMANAGED_MODES = ['show', 'warn', 'refuse'] as const;
export type UnmanagedMode = (typeof UNMANAGED_MODES)[number];

/** What tells that it is the right account, beside its owner. */
export interface AccountPins {
  /** An operator with this id must be there: ids are unique over all accounts (D). */
  operatorId: string | null;
  /** One of these must be the address that is used; `null`: any may be. */
  baseUrls: readonly string[] | null;
}

export const NO_PINS: AccountPins = { operatorId: null, baseUrls: null };

/** What the files ask for. */
export interface DesiredState {
  owner: { email: Text; source: Source } | null;
  account: AccountPins;
  policy: Policy;
  /** The entries of each section by its name, `defaults` filled in; `null`: no file has it, so its kinds are not managed. */
  sections: Readonly<Record<string, readonly unknown[] | null>>;
  /** Missing: no file has the section. */
  shifts?: Rota;
  /** Who is on shift at the time that is planned for; missing where nobody looked. */
  duty?: Duty;
  /** File names as given (stdin is `-`), and the SHA-256 (hex) over their names and contents. */
  config: { files: string[]; sha256: string };
  secrets: SecretBook;
}
