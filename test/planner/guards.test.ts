import { describe, expect, it } from 'vitest';
import type { DeleteLimit } from '../../src/model/desired.ts';
import {
  absentOperator,
  at,
  live,
  liveOperator,
  liveWebhook,
  operator,
  planFor,
  status,
} from '../support/builders.ts';
import { testCases } from './cases.ts';

const OWNER = 'owner@acme.example';
const ann = 'ann@acme.example';
const bob = 'bob@acme.example';
const cid = 'cid@acme.example';
const admin = (email: string) => liveOperator(email, { role: 'admin' });

describe('the owner', () => {
  testCases([
    {
      name: 'is passed by when everyone else is pruned',
      file: { owner: 'OWNER@acme.example', operators: [], policy: { prune: { operators: ['*'] } } },
      operators: [admin(OWNER), liveOperator(ann)],
      changes: [`- operator ${ann} (pruned)`],
    },
    {
      name: 'is passed by with --prune',
      file: { owner: OWNER, operators: [] },
      operators: [admin(OWNER)],
      prune: true,
    },
    {
      name: 'takes no role from the defaults',
      file: { owner: OWNER, operators: [operator(OWNER, { role: 'operator', roleIsDefault: true })] },
      operators: [admin(OWNER)],
    },
    {
      name: 'keeps the role that they have, with a warning, whatever the file says',
      file: { owner: OWNER, operators: [operator(OWNER, { role: 'admin' })] },
      operators: [liveOperator(OWNER, { role: 'operator' })],
      warnings: [
        `fixed-role: the role of ${OWNER} cannot change, since they own the account: it stays operator`,
      ],
    },
    {
      name: 'may have their own role in the file',
      file: { owner: OWNER, operators: [operator(OWNER, { role: 'admin' })] },
      operators: [admin(OWNER)],
    },
    {
      name: 'is updated like everyone else otherwise',
      file: { owner: OWNER, operators: [operator(OWNER, { jobTitle: 'Boss', status: status('away') })] },
      operators: [admin(OWNER)],
      changes: [`~ operator ${OWNER} jobTitle: ∅ → "Boss"`, `~ status ${OWNER} status: "offline" → "away"`],
    },
    {
      name: 'moves to a new address while account.owner still has the old one',
      file: {
        owner: OWNER,
        operators: [operator(ann, { movedFrom: OWNER, role: 'operator', roleIsDefault: true })],
      },
      operators: [admin(OWNER)],
      prune: true,
      changes: [`~ operator ${ann} email: "${OWNER}" → "${ann}"`],
    },
    {
      name: 'moves to a new address when account.owner has the new one already',
      file: {
        owner: ann,
        operators: [operator(ann, { movedFrom: OWNER, role: 'operator', roleIsDefault: true })],
      },
      operators: [admin(OWNER)],
      changes: [`~ operator ${ann} email: "${OWNER}" → "${ann}"`],
    },
    {
      name: 'is known at the new address after the move, with the old one in account.owner',
      file: { owner: OWNER, operators: [operator(ann, { movedFrom: OWNER })] },
      operators: [admin(ann)],
      warnings: ['moved-already'],
    },
    {
      name: 'is not deleted, even where a file got as far as asking for it',
      file: { owner: OWNER, operators: [absentOperator(OWNER)], policy: { minAdmins: 0 } },
      operators: [admin(OWNER)],
      changes: [`- operator ${OWNER}`],
      refusals: [`owner: operator ${OWNER} is the account owner, who cannot be deleted`],
    },
    {
      name: 'who is not there means that it is the wrong account',
      file: { owner: OWNER, operators: [operator(ann, { jobTitle: 'Steward' })] },
      operators: [liveOperator(ann)],
      errors: [
        `refused: wrong-account: account.owner ${OWNER} is no operator of this account: it is the wrong account`,
      ],
    },
    {
      name: 'who is not there is the reason given, rather than names that creating would need',
      file: { owner: OWNER, operators: [operator(ann, { name: undefined })] },
      operators: [liveOperator(bob)],
      errors: ['refused: wrong-account'],
    },
    {
      name: 'is looked for when the file has webhooks alone',
      file: { owner: OWNER, webhooks: [] },
      operators: [liveOperator(bob)],
      webhooks: [],
      errors: [
        `refused: wrong-account: account.owner ${OWNER} is no operator of this account: it is the wrong account`,
      ],
    },
    {
      name: 'unknown to the file is worth a warning where someone is demoted',
      file: { operators: [operator(ann, { role: 'operator' })] },
      operators: [admin(ann), admin(bob)],
      changes: [`~ operator ${ann} role: "admin" → "operator"`],
      unmanaged: [`operator ${bob}`],
      warnings: [
        'owner-unknown: the plan deletes or demotes operators, and the API does not say who the owner is: name them in account.owner, so that they are left alone',
      ],
    },
  ]);
});

describe('maxDeletes', () => {
  const people = (count: number) =>
    Array.from({ length: count }, (_, index) => liveOperator(`p${index}@acme.example`));
  const hooks = (count: number) =>
    Array.from({ length: count }, (_, index) => liveWebhook('chat.started', `https://h${index}.example/`));
  /** Deletes by prune of so many of so many operators, the owner among them. */
  const pruning = (deletes: number, of: number, maxDeletes?: DeleteLimit) => {
    const kept = people(of).slice(0, of - deletes);
    const file = {
      owner: 'p0@acme.example',
      operators: kept.map(({ email }) => operator(email)),
      policy: { prune: { operators: ['*'] }, ...(maxDeletes ? { maxDeletes } : {}) },
    };
    return planFor(file, live(people(of)));
  };

  it.each<[deletes: number, of: number, limit: DeleteLimit | undefined, isRefused: boolean]>([
    [1, 2, undefined, false],
    [1, 4, undefined, false],
    [2, 9, undefined, true],
    [2, 10, undefined, false],
    [3, 10, undefined, true],
    [3, 14, { percent: 20 }, true],
    [3, 15, { percent: 20 }, false],
    [1, 5, { percent: 10 }, false],
    [1, 5, { percent: 0 }, true],
    [4, 5, { percent: 100 }, false],
    [2, 5, { count: 2 }, false],
    [3, 5, { count: 2 }, true],
    [1, 5, { count: 0 }, true],
  ])('%i of %i with %o: refused is %s', (deletes, of, limit, isRefused) => {
    const made = pruning(deletes, of, limit);
    expect(made.summary.delete).toBe(deletes);
    expect(made.refusals.map(({ code }) => code)).toEqual(isRefused ? ['max-deletes'] : []);
  });

  it('does not count what the file has as absent', () => {
    const [owner, ...others] = people(5);
    const file = {
      owner: String(owner?.email),
      operators: others.map(({ email }) => absentOperator(email)),
      policy: { maxDeletes: { count: 0 } },
    };
    const made = planFor(file, live(people(5)));
    expect([made.summary.delete, made.refusals]).toEqual([4, []]);
  });

  it('counts each kind by itself', () => {
    const both = {
      owner: 'p0@acme.example',
      operators: people(5)
        .slice(1)
        .map(({ email }) => operator(email)),
      webhooks: [],
      policy: { prune: { operators: ['*'], webhooks: ['**'] }, maxDeletes: { count: 1 } },
    };
    const fine = planFor(both, live(people(5), hooks(1)));
    expect(fine.refusals).toEqual([]);
    const tooMany = planFor(both, live(people(5), hooks(2)));
    expect(tooMany.refusals.map(({ message }) => message)).toEqual([
      'prune would delete 2 of 2 webhooks; policy.maxDeletes allows 1',
    ]);
  });
});

describe('minAdmins', () => {
  const demoted = (email: string) => operator(email, { role: 'operator' });
  const promoted = (email: string) => operator(email, { role: 'admin' });
  const rows = { owner: OWNER };
  const untilCreated = (fewest: number) =>
    `min-admins: the plan would leave ${fewest} admins until its new ones are created, since deletes free the seats first; policy.minAdmins is 2`;
  testCases([
    {
      name: 'holds where enough admins stay',
      file: { ...rows, operators: [demoted(ann)], policy: { minAdmins: 1 } },
      operators: [admin(OWNER), admin(ann)],
      changes: [`~ operator ${ann} role: "admin" → "operator"`],
    },
    {
      name: 'refuses a demotion that leaves too few',
      file: { ...rows, operators: [demoted(ann)], policy: { minAdmins: 2 } },
      operators: [admin(OWNER), admin(ann)],
      changes: [`~ operator ${ann} role: "admin" → "operator"`],
      refusals: ['min-admins: the plan would leave 1 of 2 admins; policy.minAdmins is 2'],
    },
    {
      name: 'refuses deletes, asked for or pruned, that leave too few',
      file: {
        ...rows,
        operators: [absentOperator(ann)],
        policy: { minAdmins: 2, prune: { operators: ['bob@*'] } },
      },
      operators: [admin(OWNER), admin(ann), admin(bob)],
      changes: [`- operator ${ann}`, `- operator ${bob} (pruned)`],
      refusals: ['min-admins: the plan would leave 1 of 3 admins; policy.minAdmins is 2'],
    },
    {
      name: 'keeps the last admin without any policy',
      file: { operators: [demoted(ann)] },
      operators: [admin(ann), liveOperator(bob)],
      changes: [`~ operator ${ann} role: "admin" → "operator"`],
      unmanaged: [`operator ${bob}`],
      warnings: ['owner-unknown'],
      refusals: ['min-admins: the plan would leave 0 of 1 admins; the last admin must stay'],
    },
    {
      name: 'may be 0, and then the last admin can go',
      file: { operators: [demoted(ann)], policy: { minAdmins: 0 } },
      operators: [admin(ann)],
      changes: [`~ operator ${ann} role: "admin" → "operator"`],
      warnings: ['owner-unknown'],
    },
    {
      name: 'holds when one is promoted for another: promotions come first',
      file: { ...rows, operators: [demoted(ann), promoted(bob)], policy: { minAdmins: 2 } },
      operators: [admin(OWNER), admin(ann), liveOperator(bob)],
      changes: [
        `~ operator ${bob} role: "operator" → "admin"`,
        `~ operator ${ann} role: "admin" → "operator"`,
      ],
    },
    {
      name: 'refuses when a new admin replaces an old one, since creates come after deletes',
      file: { ...rows, operators: [absentOperator(ann), promoted(cid)], policy: { minAdmins: 2 } },
      operators: [admin(OWNER), admin(ann)],
      changes: [`- operator ${ann}`, `+ operator ${cid} name: "Jon Snow", role: "admin"`],
      refusals: [untilCreated(1)],
    },
    {
      name: 'refuses when promotions reach it and a delete falls below it again before the creates',
      file: {
        operators: [promoted(ann), absentOperator(bob), promoted(cid)],
        policy: { minAdmins: 2 },
      },
      operators: [liveOperator(ann), admin(bob)],
      changes: [
        `~ operator ${ann} role: "operator" → "admin"`,
        `- operator ${bob}`,
        `+ operator ${cid} name: "Jon Snow", role: "admin"`,
      ],
      warnings: ['owner-unknown'],
      refusals: [untilCreated(1)],
    },
    {
      name: 'lets a new account grow up to it',
      file: { ...rows, operators: [promoted(ann)], policy: { minAdmins: 2 } },
      operators: [admin(OWNER)],
      changes: [`+ operator ${ann} name: "Jon Snow", role: "admin"`],
    },
    {
      name: 'is no matter to a plan without operators',
      file: { operators: [operator(ann, { status: status('online') })], policy: { minAdmins: 3 } },
      operators: [admin(ann)],
      changes: [`~ status ${ann} status: "offline" → "online"`],
    },
  ]);
});

it('a refusal says where, why and what to do', () => {
  const made = planFor(
    {
      owner: OWNER,
      operators: [absentOperator(ann)],
      policy: { protect: ['ann@*'] },
    },
    live([admin(OWNER), liveOperator(ann)]),
  );
  expect(made.refusals).toEqual([
    {
      code: 'protect',
      message: `operator ${ann} is protected by policy.protect, and the file asks to delete it`,
      hint: 'take it out of the file, or out of policy.protect',
      source: at(10),
    },
  ]);
});
