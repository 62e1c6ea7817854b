import type { SecretBook } from './secrets.ts';
import type { Source } from './source.ts';

export const ROLES = ['operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Values seen in public clients (grade B). */
export const STATUS_VALUES = ['online', 'away', 'offline'] as const;
export type StatusValue = (typeof STATUS_VALUES)[number];

/** Seconds a status holds where neither the entry nor `defaults.status` says; the length of the API's own example. */
export const DEFAULT_STATUS_TTL = 28_800;

/** Exactly one of `ttl` (seconds) and `until` (RFC 3339, as written) is set. */
export interface DesiredStatus {
  value: StatusValue;
  ttl?: number;
  until?: string;
  /** `initial`: set only when the plan creates the operator. */
  mode: 'enforce' | 'initial';
  source: Source;
}

/**
 * An operator entry with `defaults` filled in. A field that is missing is not managed;
 * `null` clears it. Strings are real values: `SecretBook` knows how to show them.
 */
export interface DesiredOperator {
  email: string;
  movedFrom?: string;
  absent: boolean;
  name?: string;
  language?: string;
  jobTitle?: string | null;
  role?: Role;
  /** True when `role` came from `defaults`: the owner takes none from there. */
  roleIsDefault?: boolean;
  image?: string | null;
  status?: DesiredStatus;
  source: Source;
}

/** One subscription: an entry of the file gives one for each of its events. `targetUrl` is normalised. */
export interface DesiredWebhook {
  event: string;
  targetUrl: string;
  /** The normalised URL that this subscription had before. */
  movedFrom?: string;
  absent: boolean;
  essential?: boolean;
  source: Source;
}

/** A glob of `policy.prune` or `policy.protect`, with its place in the file. */
export interface PolicyGlob {
  glob: string;
  source: Source;
}

export type DeleteLimit = { count: number } | { percent: number };

export interface Policy {
  /** What is live, matches and is not in the file is deleted. Empty: nothing is. */
  prune: { operators: PolicyGlob[]; webhooks: PolicyGlob[] };
  maxDeletes: DeleteLimit;
  protect: PolicyGlob[];
  /** `null`: not given; then only the last admin is kept from leaving. */
  minAdmins: number | null;
}

export const DEFAULT_POLICY: Policy = {
  prune: { operators: [], webhooks: [] },
  maxDeletes: { percent: 20 },
  protect: [],
  minAdmins: null,
};

/** What the files ask for. A section that no file has is `null`: that kind is not managed. */
export interface DesiredState {
  owner: { email: string; source: Source } | null;
  policy: Policy;
  operators: DesiredOperator[] | null;
  webhooks: DesiredWebhook[] | null;
  /** File names as given (stdin is `-`), and the SHA-256 (hex) over their names and contents. */
  config: { files: string[]; sha256: string };
  secrets: SecretBook;
}
