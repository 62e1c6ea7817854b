import { describe, expect, it } from 'vitest';
import type { LiveOperator } from '../../../src/model/kinds/operator.ts';
import type { LiveWebhook } from '../../../src/model/kinds/webhook.ts';
import { SecretBook } from '../../../src/model/secrets.ts';
import { remainingChanges, staleDifferences } from '../../../src/planner/saved-plan/differences.ts';
import { listsOfPlan } from '../../../src/planner/saved-plan/filled-values.ts';
import {
  absentOperator,
  live,
  liveOperator,
  liveWebhook,
  operator,
  planFor,
  status,
  webhook,
} from '../../support/builders.ts';
import { changeLine } from '../../support/plan-lines.ts';

const STARTED = 'chat.started';
const jon = liveOperator('Jon@acme.example', { jobTitle: 'Steward' });
const sam = liveOperator('samwell@acme.example');
const del = liveOperator('del@acme.example');
const bystander = liveOperator('bystander@acme.example');
const hook = liveWebhook(STARTED, 'https://old.example/?key=hidden');
const gone = liveWebhook(STARTED, 'https://gone.example/?key=hidden');
const before = live([jon, sam, del, bystander], [hook, gone]);

const made = planFor(
  {
    operators: [
      operator('jon@acme.example', { jobTitle: 'Supervisor', status: status('online') }),
      operator('sam@acme.example', { movedFrom: 'samwell@acme.example' }),
      absentOperator('del@acme.example'),
      operator('New@acme.example', { status: status('away') }),
    ],
    webhooks: [
      webhook(STARTED, 'https://new.example/', { movedFrom: 'https://old.example/?key=hidden' }),
      webhook(STARTED, 'https://created.example/'),
    ],
    policy: { prune: { webhooks: ['https://gone.example/**'] } },
  },
  before,
);
const secrets = new SecretBook();

const stale = (operators: (LiveOperator | null)[], webhooks: LiveWebhook[] = [hook, gone]) =>
  staleDifferences(
    made,
    live(
      operators.flatMap((one) => one ?? []),
      webhooks,
    ),
    secrets,
  ).map(({ kind, key, path, planned, live: now }) => `${kind} ${key} ${path}: ${planned} / ${now}`);

describe('whether a saved plan is stale', () => {
  it('is not, against the account that it was made from', () => {
    expect(stale([jon, sam, del, bystander])).toEqual([]);
  });

  it('is not, when what it does not touch has moved on', () => {
    const other = liveOperator('other@acme.example');
    expect(
      stale([jon, sam, del, other], [hook, gone, liveWebhook('chat.finished', 'https://x.example/')]),
    ).toEqual([]);
  });

  it('is, in each field that the files manage, and in what a deleted person may do', () => {
    expect(stale([{ ...jon, jobTitle: null, name: 'J' }, sam, { ...del, role: 'admin' }])).toEqual([
      'operator jon@acme.example name: Jon Snow / J',
      'operator jon@acme.example jobTitle: Steward / (empty)',
      'operator del@acme.example role: operator / admin',
    ]);
  });

  it('is not, in a field that no file manages, nor by the name of whom it deletes', () => {
    expect(stale([{ ...jon, language: 'de', role: 'admin' }, sam, { ...del, name: 'Del Ta' }])).toEqual([]);
  });

  it('is not, where someone else set the status', () => {
    expect(stale([{ ...jon, lastStatus: 'away' }, sam, del])).toEqual([]);
  });

  it('is, where what it would change or delete is gone', () => {
    expect(stale([jon, sam], [hook])).toEqual([
      'operator del@acme.example : there / not there',
      'webhook chat.started https://gone.example/?key=*** : there / not there',
    ]);
  });

  it('is, where what it would create is there, in whatever case', () => {
    const created = liveWebhook(STARTED, 'https://CREATED.example');
    expect(stale([jon, sam, del, liveOperator('NEW@acme.example')], [hook, gone, created])).toEqual([
      'webhook chat.started https://created.example/ : not there / there',
      'operator new@acme.example : not there / there',
    ]);
  });

  it('is, where the place that something moves to was taken', () => {
    const taken = liveWebhook(STARTED, 'https://new.example/');
    expect(stale([jon, sam, del, liveOperator('Sam@acme.example')], [hook, gone, taken])).toEqual([
      'webhook chat.started https://new.example/ : not there / there',
      'operator sam@acme.example : not there / there',
    ]);
  });

  it('is, where a hidden URL has become another one, and shows neither credential', () => {
    const other = { ...gone, targetUrl: 'https://gone.example/other?key=secret-of-others' };
    expect(stale([jon, sam, del], [hook, other])).toEqual([
      'webhook chat.started https://gone.example/?key=*** targetUrl: https://gone.example/?key=*** / https://gone.example/other?key=***',
    ]);
  });
});

describe('what remains of a plan', () => {
  const after = {
    operators: [
      { ...jon, jobTitle: 'Supervisor', lastStatus: 'online' },
      { ...sam, email: 'SAM@acme.example' },
      // The account may write an address in its own case.
      liveOperator('new@acme.example', { id: 'created', role: null, language: null, lastStatus: 'away' }),
    ],
    webhooks: [
      { ...hook, targetUrl: 'https://new.example/' },
      liveWebhook(STARTED, 'https://created.example/'),
    ],
  };
  const remaining = (operators: LiveOperator[], webhooks = after.webhooks) =>
    remainingChanges(made, live(operators, webhooks), secrets).map(changeLine);

  it('is all of it before it is applied', () => {
    expect(remainingChanges(made, before, secrets)).toEqual(made.changes);
  });

  it('is nothing when the account has it all', () => {
    expect(remaining(after.operators)).toEqual([]);
  });

  it('is what the account does not show, and no more', () => {
    const [first, second] = after.operators;
    expect(
      remaining([...(first ? [{ ...first, lastStatus: 'away' }] : []), ...(second ? [second] : []), del], []),
    ).toEqual([
      '+ webhook chat.started https://created.example/ essential: false',
      '~ webhook chat.started https://new.example/ targetUrl: "https://old.example/?key=hidden" → "https://new.example/"',
      '- operator del@acme.example',
      '+ operator new@acme.example name: "Jon Snow"',
      '~ status jon@acme.example status: "offline" → "online"',
      '~ status new@acme.example status: ∅ → "away"',
    ]);
  });
});

describe('the lists that a saved plan needs', () => {
  it('are those of its changes, and of the people by whom the account is known again', () => {
    expect([...listsOfPlan(made)].sort()).toEqual(['operators', 'webhooks']);
    expect([...listsOfPlan({ ...made, changes: [] })]).toEqual(['operators']);
  });
});
