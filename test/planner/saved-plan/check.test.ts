import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/model/digest.ts';
import { RefusedError } from '../../../src/model/errors.ts';
import type { Plan, PlannedChange } from '../../../src/model/plan.ts';
import { SecretBook } from '../../../src/model/secrets.ts';
import { checkAgainstLive } from '../../../src/planner/saved-plan/check.ts';
import { checkIntegrity, checkSecrets } from '../../../src/planner/saved-plan/integrity.ts';
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

const owner = liveOperator('owner@acme.example', { role: 'admin' });
const jon = liveOperator('jon@acme.example');
const amy = liveOperator('amy@acme.example', { role: 'admin' });
const account = live([owner, jon, amy], [liveWebhook('chat.started', 'https://old.example/')]);
const secrets = new SecretBook();

const made = planFor(
  {
    owner: owner.email,
    operators: [
      operator(jon.email, { jobTitle: 'Steward', status: status('online') }),
      operator('new@acme.example', { status: status('away') }),
      absentOperator(amy.email),
    ],
    webhooks: [webhook('chat.started', 'https://old.example/', { absent: true })],
  },
  account,
);

/** The plan with changes of somebody's own, its digest made to fit. */
function edited(edit: (change: PlannedChange) => object, more: Partial<Plan> = {}): Plan {
  const changes = made.changes.map((change) => ({ ...change, ...edit(change) }) as PlannedChange);
  const plan = { ...made, changes, ...more };
  return { ...plan, digest: digestOf(plan) };
}

const only = (key: string, action: string, edit: object) => (change: PlannedChange) =>
  change.key === key && change.action === action && change.kind === 'operator' ? edit : {};

function refusalOf(check: () => void): string {
  try {
    check();
  } catch (error) {
    if (error instanceof RefusedError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'not refused';
}

const integrityOf = (plan: Plan) => refusalOf(() => checkIntegrity(plan));

describe('a saved plan that nobody touched', () => {
  it('is whole, and fits the account that it was made from', () => {
    expect(integrityOf(made)).toBe('not refused');
    expect(refusalOf(() => checkAgainstLive(made, account, secrets))).toBe('not refused');
  });
});

describe('a saved plan that was edited', () => {
  it('that shows one person and deletes another is refused', () => {
    const dee = liveOperator('dee@acme.example');
    const cy = liveOperator('cy@acme.example');
    const state = live([owner, dee, cy]);
    const goes = planFor({ operators: [absentOperator(dee.email)] }, state);
    const [deletion] = goes.changes as [PlannedChange];
    const other = { ...goes, changes: [{ ...deletion, key: cy.email } as PlannedChange] };
    const forged = { ...other, digest: digestOf(other) };
    expect(refusalOf(() => checkAgainstLive(forged, state, secrets))).toContain('stale-plan');
    const quiet = { ...goes, changes: [{ ...deletion, effects: [] } as PlannedChange] };
    expect(refusalOf(() => checkIntegrity({ ...quiet, digest: digestOf(quiet) }))).toContain(
      'hides what it does',
    );
    const calm = { ...goes, summary: { ...goes.summary, delete: 0 } };
    expect(refusalOf(() => checkIntegrity(calm))).toContain('it counts other changes than it makes');
    const twice = planFor({ operators: [operator('new@acme.example')] }, state);
    const doubled = {
      ...twice,
      changes: [...twice.changes, ...twice.changes],
      summary: { ...twice.summary, create: 2 },
    };
    expect(refusalOf(() => checkIntegrity({ ...doubled, digest: digestOf(doubled) }))).toContain(
      'operator new@acme.example stands in it twice',
    );
  });

  it('is noticed by its digest', () => {
    expect(integrityOf({ ...made, changes: made.changes.slice(1) })).toBe(
      'plan-edited: the plan was changed after it was saved: its digest does not match',
    );
  });

  it.each<[string, Plan, string]>([
    [
      'promotes unseen',
      edited(
        only(jon.email, 'update', {
          after: { email: jon.email, name: 'Jon Snow', jobTitle: 'Steward', role: 'admin' },
        }),
      ),
      'plan-edited: the plan was changed after it was saved: update operator jon@acme.example shows other fields than it sends',
    ],
    [
      'changes a field that it does not list',
      edited(
        only(jon.email, 'update', { after: { email: jon.email, name: 'Mallory', jobTitle: 'Steward' } }),
      ),
      'plan-edited: the plan was changed after it was saved: update operator jon@acme.example shows other fields than it changes',
    ],
    [
      'lists another value than it sends',
      edited(only(jon.email, 'update', { fields: [{ path: 'jobTitle', before: null, after: 'Harmless' }] })),
      'plan-edited: the plan was changed after it was saved: update operator jon@acme.example shows other values than it sends',
    ],
    [
      'sets a status of nobody that it creates',
      edited(({ kind, key }) =>
        kind === 'status' && key === 'new@acme.example' ? { key: 'who@acme.example' } : {},
      ),
      'plan-edited: the plan was changed after it was saved: update status who@acme.example belongs to nothing that it creates',
    ],
    [
      'touches one object twice',
      edited(only(amy.email, 'delete', { id: jon.id })),
      'plan-edited: the plan was changed after it was saved: operator amy@acme.example stands in it twice',
    ],
    [
      'deletes the owner',
      edited(only(amy.email, 'delete', { key: owner.email })),
      'owner: operator owner@acme.example is the account owner, who is never deleted and never demoted',
    ],
    [
      'carries a refusal',
      edited(() => ({}), { refusals: [{ code: 'protect', message: 'it is protected' }] }),
      'protect: a guard of the policy refuses this plan: it is protected',
    ],
  ])('%s', (_title, plan, refusal) => {
    expect(integrityOf(plan)).toBe(refusal);
  });

  it('shows one person and deletes another: refused against the account', () => {
    const swapped = edited(only(amy.email, 'delete', { id: owner.id }));
    expect(refusalOf(() => checkAgainstLive(swapped, account, secrets))).toBe(
      'stale-plan: the account has changed since the plan was made',
    );
  });

  it('is refused where it would leave no admin', () => {
    const lone = live([jon, amy], account.webhooks);
    const { owner: _owner, ...anybody } = made.account;
    const plan = edited(() => ({}), { account: { ...anybody, witnesses: [jon.id] } });
    expect(refusalOf(() => checkAgainstLive(plan, lone, secrets))).toBe(
      'min-admins: the plan would leave no admin at all; the last admin must stay',
    );
  });
});

describe('a saved plan of another account', () => {
  it('is refused where its owner is nobody here', () => {
    expect(refusalOf(() => checkAgainstLive(made, live([jon, amy], account.webhooks), secrets))).toBe(
      'wrong-account: the plan was made for the account of owner@acme.example, who is no operator of this one',
    );
  });

  it('is refused where none of the people it saw is here, also where it only creates', () => {
    const creates = planFor({ operators: [operator('new@acme.example')] }, live([jon]));
    const elsewhere = live([liveOperator(jon.email, { id: 'ffffff' })]);
    expect(refusalOf(() => checkAgainstLive(creates, elsewhere, secrets))).toBe(
      'wrong-account: none of the people that the plan saw is in this account: it was made for another one',
    );
    expect(refusalOf(() => checkAgainstLive(creates, live([jon]), secrets))).toBe('not refused');
  });

  it('is refused where it does not say whom it saw, whatever else it says of the account', () => {
    const creates = planFor({ operators: [operator('new@acme.example')] }, account);
    const { witnesses: _witnesses, ...unknown } = creates.account;
    for (const about of [unknown, { ...unknown, witnesses: [] }, { ...unknown, owner: owner.email }]) {
      expect(refusalOf(() => checkAgainstLive({ ...creates, account: about }, account, secrets))).toBe(
        'wrong-account: the plan has no witnesses, so nobody can tell which account it was made for',
      );
    }
  });
});

describe('the secrets of a saved plan', () => {
  const plan: Plan = {
    ...made,
    secrets: { HOOK_KEY: '0000', SHORT: null },
    changes: made.changes.map((change) => ({
      ...change,
      ...(change.action === 'create'
        ? { after: { ...change.after, name: '${secret:HOOK_KEY} ${secret:SHORT}' }, secretFields: ['name'] }
        : {}),
    })) as PlannedChange[],
  };

  it('must have the values of then, as far as it can tell', () => {
    const book = new SecretBook();
    book.addSecret('HOOK_KEY', 'another value of today');
    book.addSecret('SHORT', 'anything');
    expect(refusalOf(() => checkSecrets(plan, book))).toBe(
      'other-secrets: HOOK_KEY has another value than when the plan was made',
    );
  });
});

it('knows what an entry by path deletes, although its key leaves the query out', () => {
  const hook = liveWebhook('chat.started', 'https://old.example/in?key=1');
  const entry = webhook('chat.started', 'https://old.example/in', { identity: 'path', absent: true });
  const state = live([owner], [hook]);
  const plan = planFor({ webhooks: [entry] }, state);
  expect(plan.changes.map(({ key }) => key)).toEqual(['chat.started https://old.example/in']);
  expect(() => checkAgainstLive(plan, state, secrets)).not.toThrow();
  const another = live([owner], [{ ...hook, targetUrl: 'https://old.example/other?key=1' }]);
  expect(refusalOf(() => checkAgainstLive(plan, another, secrets))).toMatch(/^stale-plan/);
});
