import * as z from 'zod';
import { type LiveWebhook, webhookKind } from '../../model/kinds/webhook.ts';
import { callsOf } from './collection.ts';
import { id } from './values.ts';
import type { WireKind, WireList } from './wire-kind.ts';

const path = '/events/subscriptions';

/** Grade B. */
const list: WireList<LiveWebhook> = {
  live: webhookKind.list,
  word: 'subscriptions',
  path,
  entry: z.object({
    id,
    event: z.string().min(1),
    targetUrl: z.string().min(1),
    essential: z
      .boolean()
      .nullish()
      .transform((essential) => essential ?? false),
  }),
};

const writable = Object.keys(webhookKind.fields);
const { clearable } = webhookKind;

/** Creating: grade B; updating and deleting: grade C. */
export const webhookOnTheWire = {
  list,
  clearable,
  ...callsOf({ path, writable, clearable }),
} satisfies WireKind;
