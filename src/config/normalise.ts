import {
  DEFAULT_POLICY,
  DEFAULT_STATUS_TTL,
  type DeleteLimit,
  type DesiredOperator,
  type DesiredStatus,
  type DesiredWebhook,
  type Policy,
  type PolicyGlob,
} from '../model/desired.ts';
import { operatorKey } from '../model/kinds/operator.ts';
import type { SecretBook } from '../model/secrets.ts';
import { normaliseUrl } from '../model/urls.ts';
import type { Written } from './read-sections.ts';
import { sourceOf } from './source-file.ts';
import { parseCount, parseDuration, parsePercentage } from './text-rules.ts';
import type { WrittenDefaults, WrittenFile } from './written-config.ts';
import type { WrittenOperator, WrittenStatus, WrittenWebhook } from './written-entries.ts';

type Defaults = Readonly<Partial<WrittenDefaults>>;

/** An operator entry with defaults filled in; null where the entry has no sound e-mail address. */
export function normaliseOperator(
  entry: Written<WrittenOperator>,
  defaults: Defaults,
  secrets: SecretBook,
): DesiredOperator | null {
  const { email, movedFrom, state, name, role, jobTitle, language, image } = entry.keys;
  if (email === undefined) return null;
  rememberSpelling(secrets, email, operatorKey(email));
  if (movedFrom !== undefined) rememberSpelling(secrets, movedFrom, operatorKey(movedFrom));
  const source = sourceOf(entry.place);
  if (state === 'absent') return { email, absent: true, source };
  const filled = {
    name,
    language: language ?? defaults.operator?.language,
    jobTitle: emptyAsNull(jobTitle === undefined ? defaults.operator?.jobTitle : jobTitle),
    role: role ?? defaults.operator?.role,
    image: emptyAsNull(image === undefined ? defaults.operator?.image : image),
    movedFrom,
    status: normaliseStatus(entry, defaults) ?? undefined,
  };
  const isDefault = role === undefined && filled.role !== undefined;
  return {
    email,
    absent: false,
    ...withoutUndefined(filled),
    ...(isDefault ? { roleIsDefault: true } : {}),
    source,
  };
}

/** `""` clears a field as `null` does. */
function emptyAsNull(text: string | null | undefined): string | null | undefined {
  return text === '' ? null : text;
}

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

function withoutUndefined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
}

/** The status of an entry, or null where neither it nor the defaults have a value. */
function normaliseStatus(entry: Written<WrittenOperator>, defaults: Defaults): DesiredStatus | null {
  const written = entry.keys.status;
  const own: WrittenStatus = typeof written === 'string' ? { value: written } : (written ?? {});
  const value = own.value ?? defaults.status?.value;
  if (value === undefined) return null;
  const place = entry.hasOwn('status') ? entry.placeOfKey('status') : entry.place;
  return {
    value,
    ...lifetimeOf(own, defaults.status ?? {}),
    mode: own.mode ?? defaults.status?.mode ?? 'enforce',
    source: sourceOf(place),
  };
}

/** What the entry says, be it `ttl` or `until`, wins over whatever the defaults say. */
function lifetimeOf(own: WrittenStatus, defaults: WrittenStatus): { ttl: number } | { until: string } {
  const { ttl, until } = own.ttl === undefined && own.until === undefined ? defaults : own;
  if (until !== undefined) return { until };
  return { ttl: (ttl === undefined ? null : parseDuration(ttl)) ?? DEFAULT_STATUS_TTL };
}

/** One subscription for each event; none where the entry has no sound URL or events. */
export function normaliseWebhook(
  entry: Written<WrittenWebhook>,
  defaults: Defaults,
  secrets: SecretBook,
): DesiredWebhook[] {
  const { url, movedFrom, events, essential = defaults.webhook?.essential, state } = entry.keys;
  if (url === undefined || events === undefined) return [];
  const absent = state === 'absent';
  const targetUrl = normaliseWrittenUrl(url, secrets);
  const previous = movedFrom === undefined ? undefined : normaliseWrittenUrl(movedFrom, secrets);
  return events.map((event, index) => ({
    event,
    targetUrl,
    absent,
    ...(previous === undefined || absent ? {} : { movedFrom: previous }),
    ...(essential === undefined || absent ? {} : { essential }),
    source: sourceOf(entry.ownPlaceOf('events', index)),
  }));
}

function normaliseWrittenUrl(url: string, secrets: SecretBook): string {
  const normalised = normaliseUrl(url);
  rememberSpelling(secrets, url, normalised);
  return normalised;
}

/** A string with a secret in it is shown as the file has it, in its other spelling too. */
function rememberSpelling(secrets: SecretBook, written: string, spelling: string): void {
  if (spelling !== written && secrets.isTemplated(written)) {
    secrets.addTemplate(spelling, secrets.conceal(written));
  }
}

/** The policy of the one file that has it; what it leaves out is as by default. */
export function normalisePolicy(head: Written<WrittenFile> | undefined): Policy {
  const policy = head?.keys.policy;
  if (!head || !policy) return DEFAULT_POLICY;
  const globs = (written: readonly string[] | undefined, ...path: string[]): PolicyGlob[] =>
    (written ?? []).map((glob, index) => ({
      glob,
      source: sourceOf(head.placeOf('policy', ...path, index)),
    }));
  return {
    prune: normalisePrune(head, globs),
    maxDeletes: policy.maxDeletes === undefined ? DEFAULT_POLICY.maxDeletes : deleteLimit(policy.maxDeletes),
    protect: globs(policy.protect, 'protect'),
    minAdmins: policy.minAdmins === undefined ? DEFAULT_POLICY.minAdmins : parseCount(policy.minAdmins),
  };
}

type ReadGlobs = (written: readonly string[] | undefined, ...path: string[]) => PolicyGlob[];

function normalisePrune(head: Written<WrittenFile>, globs: ReadGlobs): Policy['prune'] {
  const prune = head.keys.policy?.prune;
  if (!Array.isArray(prune)) {
    return {
      operators: globs(prune?.operators, 'prune', 'operators'),
      webhooks: globs(prune?.webhooks, 'prune', 'webhooks'),
    };
  }
  const everything = (kind: 'operators' | 'webhooks'): PolicyGlob[] => {
    const index = prune.indexOf(kind);
    return index === -1 ? [] : [{ glob: '**', source: sourceOf(head.placeOf('policy', 'prune', index)) }];
  };
  return { operators: everything('operators'), webhooks: everything('webhooks') };
}

function deleteLimit(written: string | number): DeleteLimit {
  const count = parseCount(written);
  return count === null ? { percent: parsePercentage(String(written)) ?? 0 } : { count };
}
