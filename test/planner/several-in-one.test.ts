import { describe } from 'vitest';
import { liveWebhook, webhook } from '../support/builders.ts';
import { testCases } from './cases.ts';

const HOOK = 'https://hooks.acme.example/in';
const both = liveWebhook('a.b,c.d', HOOK, { id: 'both', events: ['a.b', 'c.d'] });
const never =
  'which holds several events at once and is never changed; replace it in the Chaport app by one webhook for each; or let neither the files nor prune ask for a change of it';

describe('a subscription of several events', () => {
  testCases([
    {
      name: 'is listed once where no entry is about it',
      file: { webhooks: [] },
      webhooks: [both],
      unmanaged: [`webhook a.b,c.d ${HOOK}`],
    },
    {
      name: 'is what the entries of its events are about, and nothing is created beside it',
      file: { webhooks: [webhook('a.b', HOOK), webhook('c.d', HOOK)] },
      webhooks: [both],
    },
    {
      name: 'is warned of where the files have a part of it',
      file: { webhooks: [webhook('a.b', HOOK)] },
      webhooks: [both],
      prune: true,
      warnings: ['several-in-one'],
      says: [`the webhook a.b,c.d ${HOOK} (id both) holds several events at once; no file has c.d ${HOOK}`],
    },
    {
      name: 'is not updated: the plan is an error that names it',
      file: { webhooks: [webhook('a.b', HOOK, { essential: true })] },
      webhooks: [both],
      errors: ['several-in-one'],
      says: [`the file asks to update the webhook a.b,c.d ${HOOK} (id both), ${never}`],
    },
    {
      name: 'is not deleted on demand of the file',
      file: { webhooks: [webhook('c.d', HOOK, { absent: true })] },
      webhooks: [both],
      errors: ['several-in-one'],
      says: [`the file asks to delete the webhook a.b,c.d ${HOOK} (id both), ${never}`],
    },
    {
      name: 'is not deleted by prune',
      file: { webhooks: [], policy: { prune: { webhooks: ['**'] } } },
      webhooks: [both],
      errors: ['several-in-one'],
      says: [`prune would delete the webhook a.b,c.d ${HOOK} (id both), ${never}`],
    },
    {
      name: 'is not moved',
      file: { webhooks: [webhook('a.b', 'https://new.acme.example/', { movedFrom: HOOK })] },
      webhooks: [both],
      errors: ['several-in-one'],
    },
  ]);
});
