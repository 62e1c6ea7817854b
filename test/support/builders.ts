import { createHash } from 'node:crypto';
import {
  type AccountPins,
  DEFAULT_POLICY,
  type DesiredState,
  NO_PINS,
  type Policy,
} from '../../src/model/desired.ts';
import type { DesiredOperator, LiveOperator } from '../../src/model/kinds/operator.ts';
import { DEFAULT_STATUS_TTL, type DesiredStatus } from '../../src/model/kinds/status.ts';
import type { DesiredWebhook, LiveWebhook } from '../../src/model/kinds/webhook.ts';
import type { LiveState } from '../../src/model/live.ts';
import { SecretBook } from '../../src/model/secrets.ts';
import { respell, type Text } from '../../src/model/text.ts';
import { normaliseUrl } from '../../src/model/urls.ts';
import { type PlanOptions, plan } from '../../src/planner/plan.ts';

export const NOW = new Date('2026-11-22T10:00:00.000Z');

export const PLAN_OPTIONS: PlanOptions = {
  now: NOW,
  tool: 'chaportctl 0.2.0',
  baseUrl: 'https://app.chaport.com/api/v1',
};

/** A place in the file; entries that are given none stand on line 10. */
export const at = (line: number) => ({ file: 'chaport.yaml', line, column: 5 });

/** 24 hex characters that are the same for the same text. */
export function idOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}

export function liveOperator(email: string, rest: Partial<LiveOperator> = {}): LiveOperator {
  return {
    id: idOf(email),
    email,
    name: 'Jon Snow',
    language: 'en',
    jobTitle: null,
    role: 'operator',
    image: null,
    lastStatus: 'offline',
    realStatus: 'offline',
    lastLoginAt: null,
    lastActivityAt: null,
    ...rest,
  };
}

export function liveWebhook(event: string, targetUrl: string, rest: Partial<LiveWebhook> = {}): LiveWebhook {
  return { id: idOf(`${event} ${targetUrl}`), event, targetUrl, essential: false, ...rest };
}

/** What was read of an account. */
export type LiveLists = { operators: LiveOperator[] | null; webhooks: LiveWebhook[] | null };

export function live(operators: LiveOperator[] | null, webhooks: LiveWebhook[] | null = null): LiveLists {
  return { operators, webhooks };
}

/** An operator entry; it has a name, so that it can be created, unless `name` says otherwise. */
export function operator(
  email: Text,
  rest: Omit<Partial<DesiredOperator>, 'name'> & { name?: Text | undefined } = {},
): DesiredOperator {
  const { name = 'Jon Snow', ...others } = rest;
  const isNamed = !('name' in rest) || rest.name !== undefined;
  return { email, absent: false, ...(isNamed ? { name } : {}), source: at(10), ...others };
}

export function absentOperator(email: string): DesiredOperator {
  return { email, absent: true, source: at(10) };
}

export function status(value: DesiredStatus['value'], rest: Partial<DesiredStatus> = {}): DesiredStatus {
  const lifetime = rest.until === undefined ? { ttl: DEFAULT_STATUS_TTL } : {};
  return { value, ...lifetime, mode: 'enforce', source: at(11), ...rest };
}

export function webhook(
  event: string,
  targetUrl: Text,
  { movedFrom, ...rest }: Partial<DesiredWebhook> = {},
): DesiredWebhook {
  return {
    event,
    targetUrl: respell(targetUrl, normaliseUrl),
    absent: false,
    ...(movedFrom === undefined ? {} : { movedFrom: respell(movedFrom, normaliseUrl) }),
    source: at(20),
    ...rest,
  };
}

type PolicyGlobs = { prune?: { operators?: string[]; webhooks?: string[] }; protect?: string[] };
export type PolicyInShort = PolicyGlobs & Partial<Pick<Policy, 'maxDeletes' | 'minAdmins' | 'unmanaged'>>;

/** A policy with its globs as plain texts. */
export function policy({ prune = {}, protect = [], ...limits }: PolicyInShort): Policy {
  const globs = (texts: string[] = []) => texts.map((glob) => ({ glob, source: at(3) }));
  return {
    ...DEFAULT_POLICY,
    ...limits,
    prune: { operators: globs(prune.operators), webhooks: globs(prune.webhooks) },
    protect: globs(protect),
  };
}

export interface FileInShort {
  owner?: string | undefined;
  account?: Partial<AccountPins>;
  policy?: PolicyInShort;
  operators?: DesiredOperator[] | null;
  webhooks?: DesiredWebhook[] | null;
  secrets?: SecretBook;
}

/** What the files ask for; a section that is left out is not managed. */
export function desired(file: FileInShort): DesiredState {
  return {
    owner: file.owner === undefined ? null : { email: file.owner, source: at(2) },
    account: { ...NO_PINS, ...file.account },
    policy: policy(file.policy ?? {}),
    sections: { operators: file.operators ?? null, webhooks: file.webhooks ?? null },
    config: { files: ['chaport.yaml'], sha256: 'ab'.repeat(32) },
    secrets: file.secrets ?? new SecretBook(),
  };
}

export const planFor = (file: FileInShort, state: LiveState, options: Partial<PlanOptions> = {}) =>
  plan(desired(file), state, { ...PLAN_OPTIONS, ...options });
