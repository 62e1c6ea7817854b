import type { SeedOperator, SeedWebhook } from './seed.ts';

export type StoredText = string | null | undefined;

/** Fields that nobody documents; the API shows them as they are. */
export type ExtraFields = Record<string, unknown>;

/** `undefined` is a field that the account never had: answers leave it out. */
export interface AccountOperator {
  id: string;
  email: string;
  name: StoredText;
  language: StoredText;
  jobTitle: StoredText;
  role: StoredText;
  image: StoredText;
  lastStatus: StoredText;
  realStatus: StoredText;
  lastLoginAt: StoredText;
  lastActivityAt: StoredText;
  /** Created beyond the paid seats. */
  deactivated: boolean;
  /** The status holds until then; afterwards `before` is the last status again. */
  timedStatus: { until: Date; before: StoredText } | null;
  extra: ExtraFields;
}

export interface AccountWebhook {
  id: string;
  event: string;
  targetUrl: string;
  essential: boolean;
  extra?: ExtraFields;
}

export function seededOperator(entry: SeedOperator & { id: string }, hasSeat: boolean): AccountOperator {
  const { id, email, name, language, jobTitle, role = 'operator', image, ...state } = entry;
  const { lastStatus, realStatus, lastLoginAt, lastActivityAt, ...others } = state;
  const { deactivated = !hasSeat, statusUntil, statusBefore, ...extra } = others;
  return {
    ...{ id, email, name, language, jobTitle, role, image, lastStatus, lastLoginAt, lastActivityAt },
    realStatus: deactivated ? 'offline' : (realStatus ?? lastStatus ?? 'offline'),
    deactivated,
    timedStatus: statusUntil === undefined ? null : { until: new Date(statusUntil), before: statusBefore },
    extra,
  };
}

export function seededWebhook(entry: SeedWebhook & { id: string }): AccountWebhook {
  const { id, event, targetUrl, essential = false, ...extra } = entry;
  return { id, event, targetUrl, essential, extra };
}

/** What a seed says of them: with it they come again as they are. */
export function operatorAsSeed({ timedStatus, extra, ...fields }: AccountOperator): SeedOperator {
  const timed = timedStatus && {
    statusUntil: timedStatus.until.toISOString(),
    statusBefore: timedStatus.before,
  };
  const given = Object.entries({ ...fields, ...timed }).filter(([, value]) => value !== undefined);
  return { ...extra, id: fields.id, email: fields.email, ...Object.fromEntries(given) };
}

export function webhookAsSeed({ extra, ...fields }: AccountWebhook): SeedWebhook {
  return { ...extra, ...fields };
}

/** Read-only, as its name is in every such API. */
const CREATED_AT = 'createdAt';

/** The fields of a new object, with the time where the account notes it. */
export function newExtraFields(notesTime: boolean | undefined, at: Date): ExtraFields {
  return notesTime ? { [CREATED_AT]: at.toISOString() } : {};
}

/** After an update: fields that are there may be written; what is not sent goes where `PUT` replaces. */
export function updatedExtraFields(
  extra: ExtraFields = {},
  input: Readonly<Record<string, unknown>>,
  mode: 'merge' | 'replace',
): ExtraFields {
  const kept = Object.entries(extra).filter(
    ([name]) => name === CREATED_AT || name in input || mode === 'merge',
  );
  return Object.fromEntries(
    kept.map(([name, value]) => [name, name !== CREATED_AT && name in input ? input[name] : value]),
  );
}
