import { describe } from 'vitest';
import {
  absentOperator,
  liveOperator,
  liveWebhook,
  operator,
  type PolicyInShort,
  webhook,
} from '../support/builders.ts';
import { testCases } from './cases.ts';

const STARTED = 'chat.started';
const HOOK = 'https://hooks.acme.example/in';
const hook = (url: string, id: string) => liveWebhook(STARTED, url, { id });

describe('a subscription that takes the place of another one', () => {
  const policy = (count: number): PolicyInShort => ({
    prune: { webhooks: ['**'] },
    maxDeletes: { count },
  });
  testCases([
    {
      name: 'excuses one prune-delete of the same event, host and path',
      file: { webhooks: [webhook(STARTED, `${HOOK}?key=2`)], policy: policy(0) },
      webhooks: [hook(`${HOOK}?key=1`, 'a')],
      changes: [
        `+ webhook ${STARTED} ${HOOK}?key=2 essential: false`,
        `- webhook ${STARTED} ${HOOK}?key=*** (pruned)`,
      ],
    },
    {
      name: 'excuses one alone, and no delete of another path or event',
      file: { webhooks: [webhook(STARTED, `${HOOK}?key=2`)], policy: policy(1) },
      webhooks: [hook(`${HOOK}?key=0`, 'a'), hook(`${HOOK}?key=1`, 'b'), hook(`${HOOK}/b`, 'c')],
      changes: [
        `+ webhook ${STARTED} ${HOOK}?key=2 essential: false`,
        `- webhook ${STARTED} ${HOOK}/b (pruned)`,
        `- webhook ${STARTED} ${HOOK}?key=*** (pruned)`,
        `- webhook ${STARTED} ${HOOK}?key=*** (pruned)`,
      ],
      refusals: ['max-deletes'],
      says: [
        'prune would delete 2 of 3 webhooks, beside 1 that are replaced; policy.maxDeletes allows 1; check that the file and the token belong together; raise policy.maxDeletes for this change if it is meant',
      ],
    },
  ]);
});

describe('a subscription that differs from another one in its key alone', () => {
  const both = (id: string, url: string, key: string, ways: string) =>
    `webhook ${STARTED} ${key}: the account also has ${STARTED} ${url} (id ${id}), which differs only in its key, so both will receive every such event; ${ways}list the other one with \`state: absent\`, or let policy.prune claim it`;
  testCases([
    {
      name: 'is warned of when it is created, with both ways out',
      file: { webhooks: [webhook(STARTED, `${HOOK}?key=2`)] },
      webhooks: [hook(`${HOOK}?key=1`, 'a')],
      changes: [`+ webhook ${STARTED} ${HOOK}?key=2 essential: false`],
      unmanaged: [`webhook ${STARTED} ${HOOK}?key=***`],
      warnings: ['differs-in-key'],
      says: [
        both(
          'a',
          `${HOOK}?key=***`,
          `${HOOK}?key=2`,
          'write `identity: path` in the webhook (or `movedFrom` with its URL) to change it in place, or ',
        ),
      ],
    },
    {
      name: 'is warned of when both are there already',
      file: { webhooks: [webhook(STARTED, `${HOOK}?key=2`)] },
      webhooks: [hook(`${HOOK}?key=1`, 'a'), hook(`${HOOK}?key=2`, 'b')],
      unmanaged: [`webhook ${STARTED} ${HOOK}?key=***`],
      warnings: ['differs-in-key'],
      says: [both('a', `${HOOK}?key=***`, `${HOOK}?key=2`, '')],
    },
    {
      name: 'may differ in its userinfo, which is changed in place by movedFrom',
      file: { webhooks: [webhook(STARTED, HOOK, { identity: 'path' })] },
      webhooks: [hook('https://u:p@hooks.acme.example/in', 'a')],
      changes: [`+ webhook ${STARTED} ${HOOK} essential: false`],
      unmanaged: [`webhook ${STARTED} https://***@hooks.acme.example/in`],
      warnings: ['differs-in-key'],
      says: [
        both(
          'a',
          'https://***@hooks.acme.example/in',
          HOOK,
          'write `movedFrom` with its URL in the webhook to change it in place, or ',
        ),
      ],
    },
    {
      name: 'is another one where the query has other names, or the file has both',
      file: {
        webhooks: [webhook(STARTED, `${HOOK}?room=1`), webhook(STARTED, `${HOOK}?room=2`)],
      },
      webhooks: [hook(`${HOOK}?key=1`, 'a'), hook(`${HOOK}?room=2`, 'b')],
      changes: [`+ webhook ${STARTED} ${HOOK}?room=1 essential: false`],
      unmanaged: [`webhook ${STARTED} ${HOOK}?key=***`],
    },
    {
      name: 'is not warned of where prune takes the other one',
      file: {
        webhooks: [webhook(STARTED, `${HOOK}?key=2`)],
        policy: { prune: { webhooks: ['**'] } },
      },
      webhooks: [hook(`${HOOK}?key=1`, 'a'), hook(`${HOOK}?key=2`, 'b')],
      changes: [`- webhook ${STARTED} ${HOOK}?key=*** (pruned)`],
    },
  ]);
});

describe('an operator with the name of one who leaves', () => {
  const OLD = 'ann@old.example';
  const NEW = 'ann@acme.example';
  const owner = 'owner@acme.example';
  const boss = liveOperator(owner, { role: 'admin', name: 'Boss' });
  const entry = operator(NEW, { name: ' ANN Lee' });
  const old = liveOperator(OLD, { name: 'Ann Lee ' });
  const pruning = { prune: { operators: ['*'] } };
  const created = `+ operator ${NEW} name: " ANN Lee"`;
  const ways = `if it is one person, write \`movedFrom: ${OLD}\` below ${NEW}; if they are two, list ${OLD} with \`state: absent\``;
  const fact = `operator ${NEW} would be created, while ${OLD} with the same name`;
  const refused = `${fact} would be deleted by prune: one more invitation, and a person locked out for good; ${ways}`;
  testCases([
    {
      name: 'is refused, and both ways are named',
      file: { owner, operators: [entry], policy: pruning },
      operators: [boss, old],
      changes: [`- operator ${OLD} (pruned)`, created],
      refusals: ['looks-renamed'],
      says: [refused],
    },
    {
      name: 'is refused also where a target leaves the delete to the next plan',
      file: { owner, operators: [entry], policy: pruning },
      operators: [boss, old],
      targets: [`operator:${NEW}`],
      changes: [created],
      refusals: ['looks-renamed'],
      says: [refused],
    },
    {
      name: 'is refused also where a target leaves the create to the next plan',
      file: { owner, operators: [entry], policy: pruning },
      operators: [boss, old],
      targets: [`operator:${OLD}`],
      changes: [`- operator ${OLD} (pruned)`],
      refusals: ['looks-renamed'],
    },
    {
      name: 'is warned of where the other one is only unmanaged',
      file: { owner, operators: [entry] },
      operators: [boss, old],
      changes: [created],
      unmanaged: [`operator ${OLD}`],
      warnings: ['looks-renamed'],
      says: [`${fact} is in the account and not in the files; ${ways}`],
    },
    {
      name: 'is as wished where the other one is written as absent',
      file: { owner, operators: [entry, absentOperator(OLD)], policy: pruning },
      operators: [boss, old],
      changes: [`- operator ${OLD}`, created],
    },
    {
      name: 'is nothing to speak of where the other one has an entry, or is the owner',
      file: {
        owner,
        operators: [entry, operator(OLD, { name: undefined }), operator('b@acme.example', { name: 'Boss' })],
        policy: pruning,
      },
      operators: [boss, old],
      changes: [created, '+ operator b@acme.example name: "Boss"'],
    },
    {
      name: 'is somebody else where the name is empty',
      file: { owner, operators: [operator(NEW, { name: 'Ann' })], policy: pruning },
      operators: [boss, liveOperator(OLD, { name: null })],
      changes: [`- operator ${OLD} (pruned)`, `+ operator ${NEW} name: "Ann"`],
    },
  ]);
});
