import { describe, expect, it } from 'vitest';
import { neededLists } from '../../src/planner/plan.ts';
import { desired, live, liveOperator, liveWebhook, operator, planFor, webhook } from '../support/builders.ts';
import { testCases } from './cases.ts';

const owner = 'owner@acme.example';
const boss = liveOperator(owner, { role: 'admin' });
const eve = liveOperator('eve@evil.example', { role: 'admin', name: 'Eve' });
const ann = liveOperator('ann@acme.example', { name: 'Ann' });
const HOOK = 'https://stranger.example/in?key=1';
const stranger = liveWebhook('chat.started', HOOK);
const listed = ['operator eve@evil.example', 'operator ann@acme.example'];

describe('policy.unmanaged', () => {
  const warn = { unmanaged: { operators: 'warn', webhooks: 'warn' } } as const;
  const refuse = { unmanaged: { operators: 'refuse' } } as const;
  testCases([
    {
      name: 'shows by default, admins first',
      file: { owner, operators: [] },
      operators: [boss, ann, eve],
      unmanaged: listed,
    },
    {
      name: 'warns of each kind by itself, and never of the owner',
      file: { owner, operators: [], webhooks: [], policy: warn },
      operators: [boss, ann, eve],
      webhooks: [stranger],
      unmanaged: [...listed, 'webhook chat.started https://stranger.example/in?key=***'],
      warnings: ['unmanaged', 'unmanaged'],
      says: [
        'no file has 1 webhook: chat.started https://stranger.example/in?key=***',
        'no file has 2 operators: eve@evil.example (admin), ann@acme.example',
      ],
    },
    {
      name: 'refuses',
      file: { owner, operators: [], policy: refuse },
      operators: [boss, eve],
      unmanaged: ['operator eve@evil.example'],
      refusals: ['unmanaged'],
      says: [
        'policy.unmanaged refuses what no file has: 1 operator: eve@evil.example (admin); take them into a file (`chaportctl export --into FILE` does), delete them with `state: absent`, or name them in policy.protect',
      ],
    },
    {
      name: 'never counts what is protected, claimed by prune or in a file',
      file: {
        owner,
        operators: [operator(ann.email, { name: 'Ann' })],
        policy: { ...refuse, protect: ['*@partner.example'], prune: { operators: ['*@evil.example'] } },
      },
      operators: [boss, ann, eve, liveOperator('p@partner.example', { name: 'P' })],
      changes: ['- operator eve@evil.example (pruned)'],
      unmanaged: ['operator p@partner.example'],
    },
    {
      name: 'reads a kind that no file has, and then prune claims nothing of it',
      file: {
        webhooks: [webhook('chat.started', HOOK)],
        policy: { ...refuse, prune: { operators: ['*'] } },
      },
      operators: [ann],
      webhooks: [stranger],
      unmanaged: ['operator ann@acme.example'],
      warnings: ['prune-without-section'],
      refusals: ['unmanaged'],
    },
    {
      name: 'is judged for the whole of a kind that a target takes a part of',
      file: { owner, operators: [operator(ann.email, { name: 'Ann' })], policy: refuse },
      operators: [boss, ann, eve],
      targets: ['operator:ann@*'],
      refusals: ['unmanaged'],
    },
    {
      name: 'is not judged for a kind that no target takes',
      file: { owner, operators: [], webhooks: [webhook('chat.started', HOOK)], policy: refuse },
      operators: [boss, eve],
      webhooks: [stranger],
      targets: ['webhook'],
    },
  ]);

  it('names every admin, however many others there are', () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      liveOperator(`p${index + 10}@acme.example`, {
        name: `P${index}`,
        role: index % 3 ? 'operator' : 'admin',
      }),
    );
    const [warning] = planFor({ owner, operators: [], policy: warn }, live([boss, ...many], [])).warnings;
    expect(warning?.message).toMatch(/^no file has 30 operators: (\S+ \(admin\), ){10}20 more$/);
  });

  it('has the lists read that it watches', () => {
    const needed = (policy: object) => [...neededLists(desired({ webhooks: [], policy }))];
    expect(needed({})).toEqual(['webhooks']);
    expect(needed(refuse)).toEqual(['operators', 'webhooks']);
    expect(needed({ unmanaged: { operators: 'show' } })).toEqual(['webhooks']);
  });
});

describe('the owner', () => {
  it('counts as unchanged where no file names them', () => {
    const { summary } = planFor({ owner, operators: [] }, live([boss, ann]));
    expect(summary).toMatchObject({ unchanged: 1, unmanaged: 1 });
  });
});
