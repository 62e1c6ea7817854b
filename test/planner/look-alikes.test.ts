import { describe, expect, it } from 'vitest';
import { SecretBook } from '../../src/model/secrets.ts';
import { live, liveWebhook, planFor, webhook } from '../support/builders.ts';
import { testCases } from './cases.ts';

const STARTED = 'chat.started';
const HOOK = 'https://hooks.acme.example/in';
const hook = (url: string, id: string, rest = {}) => liveWebhook(STARTED, url, { id, ...rest });
const keptAs = (url: string, key = HOOK) =>
  `webhook ${STARTED} ${key}: the account keeps it as ${url}: write it so`;

describe('a subscription that looks alike', () => {
  testCases([
    {
      name: 'by a slash at the end is the one that the entry is about',
      file: { webhooks: [webhook(STARTED, HOOK)] },
      webhooks: [hook(`${HOOK}/`, 'a')],
      warnings: ['look-alike'],
      says: [keptAs(`${HOOK}/`)],
    },
    {
      name: 'by slash and order of its query at once is it too, and prune passes it by',
      file: { webhooks: [webhook(STARTED, `${HOOK}/?a=1&b=2`)] },
      webhooks: [hook(`${HOOK}?b=2&a=1`, 'a')],
      prune: true,
      warnings: ['look-alike'],
      says: [keptAs(`${HOOK}?b=2&a=1`, `${HOOK}/?a=1&b=2`)],
    },
    {
      name: 'keeps its URL when something else of it is updated',
      file: { webhooks: [webhook(STARTED, HOOK, { essential: true })] },
      webhooks: [hook(`${HOOK}/`, 'a')],
      changes: [`~ webhook ${STARTED} ${HOOK} essential: false → true`],
      warnings: ['look-alike'],
    },
    {
      name: 'is another one where the values of one name have another order',
      file: { webhooks: [webhook(STARTED, `${HOOK}?a=1&a=2`)] },
      webhooks: [hook(`${HOOK}?a=2&a=1`, 'a')],
      prune: false,
      changes: [`+ webhook ${STARTED} ${HOOK}?a=1&a=2 essential: false`],
      unmanaged: [`webhook ${STARTED} ${HOOK}?a=***&a=***`],
      warnings: ['differs-in-key'],
    },
    {
      name: 'is none where an entry matches it exactly, whatever the order of the entries',
      file: { webhooks: [webhook(STARTED, HOOK), webhook(STARTED, `${HOOK}/`)] },
      webhooks: [hook(`${HOOK}/`, 'a')],
      changes: [`+ webhook ${STARTED} ${HOOK} essential: false`],
    },
    {
      name: 'is none where the exact match is an entry by path',
      file: { webhooks: [webhook(STARTED, HOOK), webhook(STARTED, `${HOOK}/?key=2`, { identity: 'path' })] },
      webhooks: [hook(`${HOOK}/?key=2`, 'a')],
      changes: [`+ webhook ${STARTED} ${HOOK} essential: false`],
    },
    {
      name: 'is the one with the smallest id, and the others are surplus',
      file: { webhooks: [webhook(STARTED, HOOK, { essential: true })] },
      webhooks: [hook(`${HOOK}//`, 'b', { essential: true }), hook(`${HOOK}/`, 'a')],
      prune: true,
      changes: [
        `~ webhook ${STARTED} ${HOOK} essential: false → true`,
        `- webhook ${STARTED} ${HOOK}// (pruned)`,
      ],
      warnings: ['look-alike'],
      says: [keptAs(`${HOOK}/`)],
    },
    {
      name: 'is deleted where the file has it as absent',
      file: { webhooks: [webhook(STARTED, HOOK, { absent: true })] },
      webhooks: [hook(`${HOOK}/`, 'a')],
      changes: [`- webhook ${STARTED} ${HOOK}`],
      warnings: ['look-alike'],
    },
    {
      name: 'moves where movedFrom looks like it',
      file: { webhooks: [webhook(STARTED, HOOK, { movedFrom: 'https://old.acme.example/x' })] },
      webhooks: [hook('https://old.acme.example/x/', 'a')],
      changes: [`~ webhook ${STARTED} ${HOOK} targetUrl: "https://old.acme.example/x/" → "${HOOK}"`],
      warnings: ['look-alike'],
      says: [`${keptAs('https://old.acme.example/x/', 'https://old.acme.example/x')} in movedFrom`],
    },
  ]);

  it('is told with the secret by its name, so that it can be written so, and updated with it', () => {
    const secrets = new SecretBook();
    secrets.addSecret('HOOK_KEY', 'hush-hush-hush');
    const entry = webhook(STARTED, secrets.fill(`${HOOK}?key=\${secret:HOOK_KEY}&a=1`), { essential: true });
    const made = planFor(
      { webhooks: [entry], secrets },
      live(null, [hook(`${HOOK}/?a=1&key=hush-hush-hush`, 'a')]),
    );
    const url = `${HOOK}/?a=1&key=\${secret:HOOK_KEY}`;
    expect(made.warnings.map(({ message }) => message)).toEqual([
      keptAs(url, `${HOOK}?key=\${secret:HOOK_KEY}&a=1`),
    ]);
    expect(made.changes).toMatchObject([
      { before: { targetUrl: url }, after: { targetUrl: url }, secretFields: ['targetUrl'] },
    ]);
    expect(JSON.stringify(made)).not.toContain('hush');
  });
});

describe('an entry by path', () => {
  const byPath = (query: string, rest = {}) =>
    webhook(STARTED, `${HOOK}${query}`, { identity: 'path', ...rest });
  testCases([
    {
      name: 'gives its subscription another key in place',
      file: { webhooks: [byPath('?key=new')] },
      webhooks: [hook(`${HOOK}?key=old`, 'a', { essential: true })],
      prune: true,
      changes: [`~ webhook ${STARTED} ${HOOK} targetUrl: "${HOOK}?key=***" → "${HOOK}?key=new"`],
    },
    {
      name: 'has nothing to do where the key is the same',
      file: { webhooks: [byPath('?key=1')] },
      webhooks: [hook(`${HOOK}?key=1`, 'a')],
    },
    {
      name: 'leaves the order of the query as the account has it',
      file: { webhooks: [byPath('?key=1&b=2')] },
      webhooks: [hook(`${HOOK}?b=2&key=1`, 'a')],
      warnings: ['look-alike'],
      says: [keptAs(`${HOOK}?b=2&key=1`, `${HOOK}?key=1&b=2`)],
    },
    {
      name: 'is created with its key',
      file: { webhooks: [byPath('?key=1')] },
      webhooks: [],
      changes: [`+ webhook ${STARTED} ${HOOK} essential: false`],
    },
    {
      name: 'keeps the one that fits of several, and prune deletes the extra ones',
      file: { webhooks: [byPath('?key=2')] },
      webhooks: [hook(`${HOOK}?key=1`, 'a'), hook(`${HOOK}?key=2`, 'b')],
      prune: true,
      changes: [`- webhook ${STARTED} ${HOOK}?key=*** (pruned)`],
    },
    {
      name: 'warns of several where prune does not claim them',
      file: { webhooks: [byPath('?key=3')] },
      webhooks: [hook(`${HOOK}?key=1`, 'a'), hook(`${HOOK}?key=2`, 'b')],
      changes: [`~ webhook ${STARTED} ${HOOK} targetUrl: "${HOOK}?key=***" → "${HOOK}?key=3"`],
      unmanaged: [`webhook ${STARTED} ${HOOK}?key=***`],
      warnings: ['duplicate-subscription'],
    },
    {
      name: 'that is absent deletes every subscription of that event and path',
      file: { webhooks: [byPath('?key=x', { absent: true })] },
      webhooks: [hook(`${HOOK}?key=1`, 'a'), hook(HOOK, 'b'), hook(`${HOOK}/more`, 'c')],
      changes: [`- webhook ${STARTED} ${HOOK}`, `- webhook ${STARTED} ${HOOK}`],
      unmanaged: [`webhook ${STARTED} ${HOOK}/more`],
    },
    {
      name: 'moves from another path whatever the key there is',
      file: { webhooks: [byPath('?key=1', { movedFrom: 'https://old.acme.example/in?key=gone' })] },
      webhooks: [hook('https://old.acme.example/in?key=0', 'a')],
      changes: [
        `~ webhook ${STARTED} ${HOOK} targetUrl: "https://old.acme.example/in?key=***" → "${HOOK}?key=1"`,
      ],
    },
    {
      name: 'leaves to an entry by URL what is exactly its own',
      file: { webhooks: [byPath('', { absent: true }), webhook(STARTED, `${HOOK}?key=2`)] },
      webhooks: [hook(`${HOOK}?key=1`, 'a'), hook(`${HOOK}?key=2`, 'b')],
      changes: [`- webhook ${STARTED} ${HOOK}`],
    },
  ]);

  it('has a key without the query, also where a secret stands in it', () => {
    const secrets = new SecretBook();
    secrets.addSecret('HOOK_KEY', 'hush-hush-hush');
    const entry = webhook(STARTED, secrets.fill(`${HOOK}?key=\${secret:HOOK_KEY}`), { identity: 'path' });
    const made = planFor({ webhooks: [entry], secrets }, live(null, [hook(`${HOOK}?key=old`, 'a')]));
    expect(made.changes).toMatchObject([
      { key: `${STARTED} ${HOOK}`, after: { targetUrl: `${HOOK}?key=\${secret:HOOK_KEY}` } },
    ]);
    expect(made.managed).toMatchObject([{ key: `${STARTED} ${HOOK}` }]);
  });
});
