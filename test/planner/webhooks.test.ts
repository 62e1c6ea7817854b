import { describe } from 'vitest';
import { liveOperator, liveWebhook, webhook } from '../support/builders.ts';
import { testCases } from './cases.ts';

const STARTED = 'chat.started';
const FINISHED = 'chat.finished';
const HOOK = 'https://hooks.acme.example/chaport';
const OLD = 'https://old.acme.example/hook';
const other = (id: string, url = HOOK, essential = false) => liveWebhook(STARTED, url, { id, essential });

describe('a subscription', () => {
  testCases([
    {
      name: 'that is missing is created, not essential by default',
      file: { webhooks: [webhook(STARTED, HOOK), webhook(FINISHED, HOOK, { essential: true })] },
      webhooks: [],
      changes: [
        `+ webhook ${FINISHED} ${HOOK} essential: true`,
        `+ webhook ${STARTED} ${HOOK} essential: false`,
      ],
    },
    {
      name: 'is updated where "essential" differs',
      file: { webhooks: [webhook(STARTED, HOOK, { essential: true })] },
      webhooks: [liveWebhook(STARTED, HOOK)],
      changes: [`~ webhook ${STARTED} ${HOOK} essential: false → true`],
    },
    {
      name: 'keeps the "essential" that the file leaves out',
      file: { webhooks: [webhook(STARTED, HOOK)] },
      webhooks: [liveWebhook(STARTED, HOOK, { essential: true })],
    },
    {
      name: 'is the same with another case of the host, the default port and an empty path',
      file: { webhooks: [webhook(STARTED, 'https://hooks.acme.example')] },
      webhooks: [liveWebhook(STARTED, 'https://HOOKS.acme.example:443/')],
    },
    {
      name: 'is another one with another case of the path',
      file: { webhooks: [webhook(STARTED, `${HOOK}/A`)] },
      webhooks: [liveWebhook(STARTED, `${HOOK}/a`)],
      changes: [`+ webhook ${STARTED} ${HOOK}/A essential: false`],
      unmanaged: [`webhook ${STARTED} ${HOOK}/a`],
    },
    {
      name: 'with a changed URL is a create and, where prune claims the old one, a delete at the very end',
      file: { webhooks: [webhook(STARTED, HOOK)], policy: { prune: { webhooks: ['https://old.*/**'] } } },
      webhooks: [liveWebhook(STARTED, OLD)],
      changes: [`+ webhook ${STARTED} ${HOOK} essential: false`, `- webhook ${STARTED} ${OLD} (pruned)`],
    },
    {
      name: 'that the file has as absent is deleted, every one of it',
      file: { webhooks: [webhook(STARTED, HOOK, { absent: true })] },
      webhooks: [other('a'), other('b'), liveWebhook(FINISHED, HOOK)],
      prune: false,
      changes: [`- webhook ${STARTED} ${HOOK}`, `- webhook ${STARTED} ${HOOK}`],
      unmanaged: [`webhook ${FINISHED} ${HOOK}`],
    },
    {
      name: 'that is protected is passed by when prune claims it',
      file: {
        webhooks: [],
        policy: { prune: { webhooks: ['**'] }, protect: ['https://hooks.acme.example:443/**'] },
      },
      webhooks: [liveWebhook(STARTED, HOOK)],
      unmanaged: [`webhook ${STARTED} ${HOOK}`],
    },
    {
      name: 'that is protected is not updated on demand of the file',
      file: {
        webhooks: [webhook(STARTED, HOOK, { essential: true })],
        policy: { protect: ['https://*.acme.example/**'] },
      },
      webhooks: [liveWebhook(STARTED, HOOK)],
      changes: [`~ webhook ${STARTED} ${HOOK} essential: false → true`],
      refusals: ['protect'],
    },
    {
      name: 'that only the account knows is listed with its credentials hidden',
      file: { webhooks: [] },
      webhooks: [liveWebhook(STARTED, 'https://user:pass@hooks.acme.example/in?key=abc')],
      unmanaged: [`webhook ${STARTED} https://***@hooks.acme.example/in?key=***`],
    },
  ]);
});

describe('movedFrom of a webhook', () => {
  const moved = webhook(STARTED, HOOK, { movedFrom: OLD });
  testCases([
    {
      name: 'with only the old URL live points the subscription at the new one in place',
      file: { webhooks: [moved] },
      webhooks: [liveWebhook(STARTED, OLD, { essential: true })],
      changes: [`~ webhook ${STARTED} ${HOOK} targetUrl: "${OLD}" → "${HOOK}"`],
    },
    {
      name: 'with only the new URL live has nothing to do, and a hint says so',
      file: { webhooks: [moved] },
      webhooks: [liveWebhook(STARTED, HOOK)],
      warnings: ['moved-already'],
    },
    {
      name: 'with both URLs live is an error',
      file: { webhooks: [moved] },
      webhooks: [liveWebhook(STARTED, HOOK), liveWebhook(STARTED, OLD)],
      errors: ['moved-both-live'],
    },
    {
      name: 'with both URLs live is finished by prune where it claims the old one',
      file: { webhooks: [moved], policy: { prune: { webhooks: ['https://old.acme.example/**'] } } },
      webhooks: [liveWebhook(STARTED, HOOK), liveWebhook(STARTED, OLD)],
      changes: [`- webhook ${STARTED} ${OLD} (pruned)`],
    },
    {
      name: 'with neither URL live is a create, and a warning says so',
      file: { webhooks: [moved] },
      webhooks: [],
      changes: [`+ webhook ${STARTED} ${HOOK} essential: false`],
      warnings: ['moved-from-missing'],
    },
    {
      name: 'goes event by event',
      file: { webhooks: [moved, webhook(FINISHED, HOOK, { movedFrom: OLD })] },
      webhooks: [liveWebhook(STARTED, OLD), liveWebhook(FINISHED, HOOK)],
      changes: [`~ webhook ${STARTED} ${HOOK} targetUrl: "${OLD}" → "${HOOK}"`],
      warnings: ['moved-already'],
    },
    {
      name: 'keeps prune from taking the old one',
      file: { webhooks: [moved] },
      webhooks: [liveWebhook(STARTED, OLD)],
      prune: true,
      changes: [`~ webhook ${STARTED} ${HOOK} targetUrl: "${OLD}" → "${HOOK}"`],
    },
  ]);
});

describe('two live subscriptions with one event and URL', () => {
  const file = { webhooks: [webhook(STARTED, HOOK, { essential: true })] };
  const pruned = { ...file, policy: { prune: { webhooks: ['**'] }, maxDeletes: { count: 2 } } };
  testCases([
    {
      name: 'are warned of where prune does not claim them; the one that fits is kept',
      file,
      webhooks: [other('a'), other('b', HOOK, true)],
      unmanaged: [`webhook ${STARTED} ${HOOK}`],
      warnings: ['duplicate-subscription'],
    },
    {
      name: 'lose the extra ones where prune claims them, and the one that fits stays',
      file: pruned,
      webhooks: [other('a'), other('b', 'https://HOOKS.acme.example/chaport', true), other('c')],
      changes: [`- webhook ${STARTED} ${HOOK} (pruned)`, `- webhook ${STARTED} ${HOOK} (pruned)`],
    },
    {
      name: 'lose the extra ones with --prune, and keep them with --no-prune',
      file: pruned,
      webhooks: [other('a', HOOK, true), other('b', HOOK, true)],
      prune: false,
      unmanaged: [`webhook ${STARTED} ${HOOK}`],
      warnings: ['duplicate-subscription'],
    },
    {
      name: 'are no deletes that the policy counts: nothing is lost',
      file: { ...pruned, policy: { ...pruned.policy, maxDeletes: { count: 0 } } },
      webhooks: [other('a', HOOK, true), other('b'), other('c')],
      changes: [`- webhook ${STARTED} ${HOOK} (pruned)`, `- webhook ${STARTED} ${HOOK} (pruned)`],
    },
    {
      name: 'are warned of where the file does not have them either',
      file: { webhooks: [] },
      webhooks: [other('a'), other('b')],
      unmanaged: [`webhook ${STARTED} ${HOOK}`, `webhook ${STARTED} ${HOOK}`],
      warnings: ['duplicate-subscription'],
    },
    {
      name: 'move together where prune does not claim them: nothing is left at the old URL',
      file: { webhooks: [webhook(STARTED, HOOK, { movedFrom: OLD })] },
      webhooks: [other('a', OLD), other('b', OLD)],
      changes: [
        `~ webhook ${STARTED} ${HOOK} targetUrl: "${OLD}" → "${HOOK}"`,
        `~ webhook ${STARTED} ${HOOK} targetUrl: "${OLD}" → "${HOOK}"`,
      ],
      warnings: ['duplicate-subscription'],
    },
    {
      name: 'lose the extra ones when they move, where prune claims them at either URL',
      file: {
        webhooks: [webhook(STARTED, HOOK, { movedFrom: OLD })],
        policy: { prune: { webhooks: ['https://hooks.acme.example/**'] } },
      },
      webhooks: [other('a', OLD), other('b', OLD)],
      changes: [
        `~ webhook ${STARTED} ${HOOK} targetUrl: "${OLD}" → "${HOOK}"`,
        `- webhook ${STARTED} ${OLD} (pruned)`,
      ],
    },
  ]);
});

describe('a section that no file has', () => {
  testCases([
    {
      name: 'leaves its objects alone and unlisted',
      file: { webhooks: [] },
      operators: [liveOperator('jon@acme.example')],
      webhooks: [],
    },
    {
      name: 'leaves them alone with --prune too',
      file: { operators: [] },
      operators: [],
      webhooks: [liveWebhook(STARTED, HOOK)],
      prune: true,
    },
    {
      name: 'is left alone by policy.prune too, with a warning: it may be a file that was forgotten',
      file: { operators: [], policy: { prune: { webhooks: ['https://old.acme.example/**'] } } },
      operators: [],
      webhooks: [liveWebhook(STARTED, HOOK), liveWebhook(STARTED, OLD)],
      warnings: ['prune-without-section'],
    },
  ]);
});
