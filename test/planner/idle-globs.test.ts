import { describe } from 'vitest';
import { liveOperator, liveWebhook, operator, webhook } from '../support/builders.ts';
import { testCases } from './cases.ts';

const ann = liveOperator('ann@acme.example');
const hook = liveWebhook('chat.started', 'https://hooks.acme.example/in');
const idle = (policy: string, glob: string, so: string) =>
  `policy.${policy}: "${glob}" matches nothing in the account or the files, so it ${so}`;

describe('a glob of the policy that matches nothing', () => {
  const both = {
    operators: [operator('ann@acme.example')],
    webhooks: [webhook('chat.started', hook.targetUrl)],
  };
  const live = { operators: [ann], webhooks: [hook] };
  testCases([
    {
      name: 'is warned of',
      file: {
        ...both,
        policy: {
          protect: ['*@partnr.example', 'https://typo.example/**'],
          prune: { webhooks: ['https://old.acme.example/**'] },
        },
      },
      ...live,
      warnings: ['idle-glob', 'idle-glob', 'idle-glob'],
      says: [
        idle('protect', '*@partnr.example', 'protects nothing'),
        idle('protect', 'https://typo.example/**', 'protects nothing'),
        idle('prune', 'https://old.acme.example/**', 'claims nothing'),
      ],
    },
    {
      name: 'is none where it matches the account, or the file alone',
      file: {
        operators: [operator('new@partner.example', { name: 'New' })],
        webhooks: [webhook('chat.started', hook.targetUrl)],
        policy: { protect: ['*@partner.example', 'https://hooks.acme.example/**', '*'] },
      },
      ...live,
      changes: ['+ operator new@partner.example name: "New"'],
      unmanaged: ['operator ann@acme.example'],
    },
    {
      name: 'cannot be told where a list was not read',
      file: {
        webhooks: [],
        policy: { protect: ['*@partner.example'], prune: { operators: ['*@x.example'] } },
      },
      webhooks: [hook],
      unmanaged: [`webhook chat.started ${hook.targetUrl}`],
      warnings: ['prune-without-section'],
    },
    {
      name: 'is told of the list that it is about, where only that was read',
      file: { webhooks: [], policy: { protect: ['https://typo.example/**'] } },
      webhooks: [hook],
      unmanaged: [`webhook chat.started ${hook.targetUrl}`],
      warnings: ['idle-glob'],
    },
    {
      name: 'is not looked for with a target',
      file: { ...both, policy: { protect: ['*@partnr.example'] } },
      ...live,
      targets: ['operator'],
    },
  ]);
});
