import * as z from 'zod';
import { type LiveWebhook, webhookKind } from '../../model/kinds/webhook.ts';
import { callsOf } from './collection.ts';
import { id } from './values.ts';
import type { WireKind, WireList } from './wire-kind.ts';

const path = '/events/subscriptions';

/** Facts: lists-answer, subscription-fields. */
const list: WireList<LiveWebhook> = {
  live: webhookKind.list,
  word: 'subscriptions',
  path,
  entry: z.preprocess(
    withItsEvents,
    z.object({
      id,
      event: z.string().min(1),
      events: z.array(z.string()).exactOptional(),
      targetUrl: z.string().min(1),
      essential: z
        .boolean()
        .nullish()
        .transform((essential) => essential ?? false),
    }),
  ),
};

const someEvents = z.looseObject({ events: z.array(z.string().min(1)).min(1) });

/** Facts: subscription-event. One in a list is an event as any, several stay together. */
function withItsEvents(raw: unknown): unknown {
  const { success, data } = someEvents.safeParse(raw);
  if (!success) return withoutEvents(raw);
  const events = [...new Set(data.events)];
  if (events.length > 1) return { ...data, events, event: events.join(',') };
  return withoutEvents({ event: events[0], ...data });
}

function withoutEvents(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null) return raw;
  const { events, ...rest } = raw as { events?: unknown };
  return rest;
}

const writable = Object.keys(webhookKind.fields);
const { clearable } = webhookKind;

/** What is known to be shown of a subscription. */
export const KNOWN_OF_WEBHOOK: readonly string[] = ['id', ...writable, 'events', 'createdAt'];

/** Facts: subscription-create, subscription-update, deletes. */
export const webhookOnTheWire = {
  list,
  clearable,
  ...callsOf({ path, writable, clearable }),
} satisfies WireKind;
