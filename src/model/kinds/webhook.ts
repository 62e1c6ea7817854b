import type { EffectSubject, ResourceKind } from '../resource-kind.ts';
import { hideUrlCredentials, hostOf, normaliseUrl } from '../urls.ts';

/** One subscription is one event to one URL (B). The URL is one that `normaliseUrl` has seen. */
export function webhookKey(event: string, targetUrl: string): string {
  return `${event} ${targetUrl}`;
}

/** The effect of deleting one of two subscriptions for one event and URL: the events go on. */
export const ENDS_DOUBLED_EVENTS = 'ends doubled events: another subscription stays';

export const webhookKind: ResourceKind = {
  name: 'webhook',
  noun: { one: 'webhook', many: 'webhooks' },
  list: 'webhooks',
  fields: ['event', 'targetUrl', 'essential'],
  keyInWords: 'the key of a webhook is its event, a blank and its URL',
  keyFields: ['event', 'targetUrl'],
  createDefaults: { essential: false },
  createNeeds: [],
  words: {},
  liveDuplicates: 'surplus',
  wanted: (desired) =>
    desired.webhooks?.map(({ event, targetUrl, movedFrom, absent, essential, source }) => ({
      key: webhookKey(event, targetUrl),
      ...(movedFrom === undefined
        ? {}
        : { previous: { key: webhookKey(event, movedFrom), fields: { event, targetUrl: movedFrom } } }),
      absent,
      fields: { event, targetUrl, ...(essential === undefined ? {} : { essential }) },
      extras: {},
      source,
    })) ?? null,
  live: (live) =>
    (live.webhooks ?? []).map(({ id, event, targetUrl, essential }) => {
      const url = normaliseUrl(targetUrl);
      return { key: webhookKey(event, url), id, fields: { event, targetUrl: url, essential } };
    }),
  pruneGlobs: (policy) => policy.prune.webhooks,
  globText: (fields) => String(fields.targetUrl),
  keyParts: (fields) => [String(fields.event), String(fields.targetUrl)],
  normalise: (fields) => ({ ...fields, targetUrl: normaliseUrl(String(fields.targetUrl)) }),
  globsIgnoreCase: false,
  hideCredentials: (fields) => ({ ...fields, targetUrl: hideUrlCredentials(String(fields.targetUrl)) }),
  effects: webhookEffects,
};

function webhookEffects({ action, before, after, fields, twinStays }: EffectSubject): string[] {
  const from = before ? hostOf(String(before.targetUrl)) : '';
  const to = after ? hostOf(String(after.targetUrl)) : '';
  if (action === 'create') return [`starts sending chat data to ${to}`];
  if (action === 'delete' && twinStays) return [ENDS_DOUBLED_EVENTS];
  if (action === 'delete') return [`stops sending chat data to ${from}`];
  const moves = fields.some((field) => field.path === 'targetUrl');
  if (!moves) return [];
  return from === to
    ? [`sends chat data to another address on ${to}`]
    : [`starts sending chat data to ${to}`, `stops sending chat data to ${from}`];
}
