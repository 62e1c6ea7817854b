import type { EffectSubject, ResourceKind } from '../resource-kind.ts';
import { hostOf, normaliseUrl } from '../urls.ts';

/** One subscription is one event to one URL (B). */
export function webhookKey(event: string, targetUrl: string): string {
  return `${event} ${normaliseUrl(targetUrl)}`;
}

export const webhookKind: ResourceKind = {
  name: 'webhook',
  noun: { one: 'webhook', many: 'webhooks' },
  list: 'webhooks',
  fields: ['event', 'targetUrl', 'essential'],
  keyFields: ['event', 'targetUrl'],
  createDefaults: { essential: false },
  liveDuplicates: 'surplus',
  wanted: (desired) =>
    desired.webhooks?.map(({ event, targetUrl, movedFrom, absent, essential, source }) => ({
      key: webhookKey(event, targetUrl),
      ...(movedFrom === undefined ? {} : { previousKey: webhookKey(event, movedFrom) }),
      absent,
      fields: { event, targetUrl, ...(essential === undefined ? {} : { essential }) },
      extras: {},
      source,
    })) ?? null,
  live: (live) =>
    (live.webhooks ?? []).map(({ id, event, targetUrl, essential }) => ({
      key: webhookKey(event, targetUrl),
      id,
      fields: { event, targetUrl: normaliseUrl(targetUrl), essential },
    })),
  pruneGlobs: (policy) => policy.prune.webhooks,
  globText: (fields) => String(fields.targetUrl),
  keyOf: (fields) => webhookKey(String(fields.event), String(fields.targetUrl)),
  effects: webhookEffects,
};

function webhookEffects({ action, before, after, fields }: EffectSubject): string[] {
  const from = before ? hostOf(String(before.targetUrl)) : '';
  const to = after ? hostOf(String(after.targetUrl)) : '';
  if (action === 'create') return [`starts sending chat data to ${to}`];
  if (action === 'delete') return [`stops sending chat data to ${from}`];
  const moves = fields.some((field) => field.path === 'targetUrl');
  if (!moves) return [];
  return from === to
    ? [`sends chat data to another address on ${to}`]
    : [`starts sending chat data to ${to}`, `stops sending chat data to ${from}`];
}
