import { describe } from 'vitest';
import { liveWebhook, webhook } from '../support/builders.ts';
import { testCases } from './cases.ts';

const STARTED = 'chat.started';
const HOOK = 'https://hooks.acme.example/chaport';
const OLD = 'https://old.acme.example/hook';
const at = (url: string, id: string) => liveWebhook(STARTED, url, { id });
const moves = (url: string) => `~ webhook ${STARTED} ${HOOK} targetUrl: "${url}" → "${HOOK}"`;
const protectedUpdate = `protect: webhook ${STARTED} ${HOOK} is protected by policy.protect, and the file asks to update it`;
const arrivesTimes = (count: number, url = HOOK) =>
  `duplicate-subscription: the account has ${count} subscriptions for ${STARTED} ${url}, so every such event arrives ${count} times; let policy.prune claim the extra ones, or delete them in the Chaport app`;
const movedFile = (policy: object) => ({
  webhooks: [webhook(STARTED, HOOK, { movedFrom: OLD })],
  policy: { prune: { webhooks: ['**'] }, ...policy },
});

describe('duplicates that move', () => {
  testCases([
    {
      name: 'are not deleted where the place that they move to is protected, and the move is refused',
      file: movedFile({ protect: ['https://hooks.acme.example/**'] }),
      webhooks: [at(OLD, 'a'), at(OLD, 'b')],
      changes: [moves(OLD), moves(OLD)],
      warnings: [arrivesTimes(2, OLD)],
      refusals: [protectedUpdate, protectedUpdate],
    },
    {
      name: 'are not deleted where the place that they leave is protected, and the move is refused',
      file: movedFile({ protect: ['https://old.acme.example/**'] }),
      webhooks: [at(OLD, 'a'), at(OLD, 'b')],
      changes: [moves(OLD), moves(OLD)],
      warnings: [arrivesTimes(2, OLD)],
      refusals: [protectedUpdate, protectedUpdate],
    },
    {
      name: 'are counted one by one, those that prune claims left out',
      file: { webhooks: [webhook(STARTED, HOOK)] },
      webhooks: [at(HOOK, 'a'), at(HOOK, 'b'), at(HOOK, 'c'), at(OLD, 'd'), at(OLD, 'e')],
      unmanaged: [HOOK, HOOK, OLD, OLD].map((url) => `webhook ${STARTED} ${url}`),
      warnings: [arrivesTimes(2, OLD), arrivesTimes(3)],
    },
  ]);
});

describe('what is left at the URL before a move', () => {
  const byPath = webhook(STARTED, HOOK, { movedFrom: OLD, identity: 'path' });
  const live = [at(HOOK, 'a'), at(`${OLD}?k=1`, 'b'), at(`${OLD}?k=2`, 'c')];
  testCases([
    {
      name: 'is finished where prune claims all of it',
      file: {
        webhooks: [byPath],
        policy: { prune: { webhooks: ['**k=1', '**k=2'] }, maxDeletes: { count: 2 } },
      },
      webhooks: live,
      changes: ['k=***', 'k=***'].map((query) => `- webhook ${STARTED} ${OLD}?${query} (pruned)`),
    },
    {
      name: 'is an error where prune claims a part of it only: what the rest is cannot be told',
      file: { webhooks: [byPath], policy: { prune: { webhooks: ['**k=1'] } } },
      webhooks: live,
      errors: [
        `moved-both-live: movedFrom: the account has both ${STARTED} ${OLD} and ${STARTED} ${HOOK}, so neither can become the other`,
      ],
    },
  ]);
});

describe('a move with nothing to move', () => {
  const file = { webhooks: [webhook(STARTED, HOOK, { movedFrom: OLD })] };
  testCases([
    {
      name: 'is over where the new URL is live',
      file,
      webhooks: [at(HOOK, 'a')],
      warnings: [`moved-already: ${STARTED} ${HOOK} has moved already: the line movedFrom can go`],
    },
    {
      name: 'never began where neither URL is live',
      file,
      webhooks: [],
      changes: [`+ webhook ${STARTED} ${HOOK} essential: false`],
      warnings: [
        `moved-from-missing: movedFrom: the account has neither ${STARTED} ${OLD} nor ${STARTED} ${HOOK}, so a new webhook is created`,
      ],
    },
  ]);
});
