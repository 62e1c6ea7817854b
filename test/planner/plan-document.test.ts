import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { webhookKind } from '../../src/model/kinds/webhook.ts';
import { planSchema } from '../../src/model/plan-schema.ts';
import { neededLists, plan } from '../../src/planner/plan.ts';
import { checkIntegrity } from '../../src/planner/saved-plan/integrity.ts';
import { parseTarget } from '../../src/planner/targets.ts';
import {
  absentOperator,
  at,
  desired,
  type FileInShort,
  live,
  liveOperator,
  liveWebhook,
  NOW,
  operator,
  PLAN_OPTIONS,
  planFor,
  status,
  webhook,
} from '../support/builders.ts';
import { changeLine } from '../support/plan-lines.ts';
import { testCases } from './cases.ts';

const STARTED = 'chat.started';
const person = (name: string) => `${name}@acme.example`;
const admin = (name: string) => liveOperator(person(name), { role: 'admin' });

/** A file and an account with every sort of change between them. */
const everything: FileInShort = {
  owner: person('owner'),
  operators: [
    operator(person('zoe'), { role: 'admin' }),
    operator(person('amy'), { role: 'operator' }),
    operator(person('bea'), { role: 'admin' }),
    operator(person('abe'), { jobTitle: 'Steward', status: status('online') }),
    operator(person('new'), { status: status('away') }),
    absentOperator(person('del')),
    operator(person('past'), { status: status('online', { until: '2020-01-01T00:00:00Z' }) }),
    operator(person('moved'), { movedFrom: person('before') }),
  ],
  webhooks: [
    webhook(STARTED, 'https://new.acme.example/'),
    webhook(STARTED, 'https://changed.acme.example/', { essential: true }),
    webhook(STARTED, 'https://gone.acme.example/', { absent: true }),
  ],
};
const account = live(
  [
    ...['owner', 'amy'].map(admin),
    ...['zoe', 'bea', 'abe', 'del', 'past', 'moved'].map((name) => liveOperator(person(name))),
    liveOperator(person('extra'), { name: 'Eva Extra' }),
  ],
  [
    liveWebhook(STARTED, 'https://changed.acme.example/'),
    liveWebhook(STARTED, 'https://gone.acme.example/'),
    liveWebhook(STARTED, 'https://extra.acme.example/', { id: 'b' }),
    liveWebhook(STARTED, 'https://extra.acme.example/', { id: 'a' }),
  ],
);

describe('the plan document', () => {
  it('has the changes in the order of execution, by key within a step', () => {
    expect(planFor(everything, account).changes.map((change) => changeLine(change))).toEqual([
      '~ webhook chat.started https://changed.acme.example/ essential: false → true',
      '+ webhook chat.started https://new.acme.example/ essential: false',
      '~ operator bea@acme.example role: "operator" → "admin"',
      '~ operator zoe@acme.example role: "operator" → "admin"',
      '~ operator abe@acme.example jobTitle: ∅ → "Steward"',
      '~ operator amy@acme.example role: "admin" → "operator"',
      '- operator del@acme.example',
      '+ operator new@acme.example name: "Jon Snow"',
      '~ status abe@acme.example status: "offline" → "online"',
      '~ status new@acme.example status: ∅ → "away"',
      '- webhook chat.started https://gone.acme.example/',
    ]);
  });

  it('counts everything in its summary', () => {
    // Unchanged are past, moved, and the owner, whom the file does not name; statuses are not compared.
    expect(planFor(everything, account).summary).toEqual({
      create: 2,
      update: 7,
      delete: 2,
      unchanged: 3,
      unmanaged: 3,
    });
  });

  it('lists what is unmanaged by kind, key and id', () => {
    const listed = planFor(everything, account).unmanaged.map(({ kind, key, id }) => [kind, key, id]);
    expect(listed.map(([, key]) => key)).toEqual([
      person('extra'),
      'chat.started https://extra.acme.example/',
      'chat.started https://extra.acme.example/',
    ]);
    expect(listed.slice(1).map(([, , id]) => id)).toEqual(['a', 'b']);
  });

  it('has its warnings sorted', () => {
    expect(planFor(everything, account).warnings.map(({ code }) => code)).toEqual([
      'duplicate-subscription',
      'moved-already',
      'status-until-past',
    ]);
  });

  it('is the same, byte for byte, however the account lists its objects', () => {
    const backwards = live(account.operators?.toReversed() ?? null, account.webhooks?.toReversed() ?? null);
    expect(JSON.stringify(planFor(everything, backwards))).toBe(JSON.stringify(planFor(everything, account)));
  });

  it('keeps the same one of equal subscriptions, however the account lists them', () => {
    const hooks = ['b', 'c', 'a'].map((id) => liveWebhook(STARTED, 'https://a.example/', { id }));
    const file = { webhooks: [webhook(STARTED, 'https://a.example/')], policy: { maxDeletes: { count: 9 } } };
    for (const listed of [hooks, hooks.toReversed()]) {
      const { changes } = planFor(file, live(null, listed), { prune: true });
      expect(changes.map(({ id }) => id)).toEqual(['b', 'c']);
    }
  });

  it('is the same at another time, but for createdAt', () => {
    const later = planFor(everything, account, { now: new Date('2026-11-23T00:00:00Z') });
    const { createdAt, ...rest } = planFor(everything, account);
    expect(later).toEqual({ ...rest, createdAt: '2026-11-23T00:00:00.000Z' });
    expect(createdAt).toBe('2026-11-22T10:00:00.000Z');
  });

  it('has a digest of what will be done, that any reader can compute from the saved text', () => {
    const saved = JSON.parse(JSON.stringify(planFor(everything, account), null, 2));
    const reviewed = {
      formatVersion: saved.formatVersion,
      account: { baseUrl: saved.account.baseUrl, owner: saved.account.owner ?? null },
      changes: saved.changes
        .filter(({ kind }: { kind: string }) => kind !== 'status')
        .map(({ action, kind, key, id = null, before, after }: Record<string, unknown>) => {
          const { name: _name, ...rest } = (before ?? {}) as Record<string, unknown>;
          const isDeletedPerson = action === 'delete' && kind === 'operator';
          return { action, kind, key, id, before: isDeletedPerson ? rest : before, after };
        }),
      secrets: saved.secrets,
    };
    const sum = createHash('sha256').update(JSON.stringify(reviewed)).digest('hex');
    expect(saved.digest).toBe(`sha256:${sum}`);
  });

  it('has the same digest whatever is unmanaged, whoever is at lunch and whatever they are called', () => {
    const { digest } = planFor(everything, account);
    const others = account.operators?.map((operator) => ({ ...operator, lastStatus: 'away' })) ?? [];
    const renamed = others.map((operator) =>
      operator.email === person('del') ? { ...operator, name: 'Del Ta' } : operator,
    );
    const hooks = [...(account.webhooks ?? []), liveWebhook(STARTED, 'https://stranger.example/')];
    expect(planFor(everything, live(renamed, hooks)).digest).toBe(digest);
  });

  it('has another digest for another account, file or change', () => {
    const digests = [
      planFor(everything, account),
      planFor(everything, account, { baseUrl: 'https://app.chaport.ru/api/v1' }),
      planFor({ ...everything, webhooks: null }, account),
      planFor(everything, live(account.operators, [])),
    ].map(({ digest }) => digest);
    expect(new Set(digests).size).toBe(4);
  });

  it('has the key and the managed fields before and after, who it is, and where it was asked for', () => {
    const [change] = planFor(
      { operators: [operator('Jon@acme.example', { jobTitle: 'Steward', source: at(19) })] },
      live([liveOperator('jon@acme.example', { image: 'https://a.example/i.png' })]),
    ).changes;
    const before = { email: 'jon@acme.example', name: 'Jon Snow', jobTitle: null };
    expect(change).toEqual({
      action: 'update',
      kind: 'operator',
      key: 'jon@acme.example',
      id: expect.any(String),
      before,
      after: { ...before, jobTitle: 'Steward' },
      fields: [{ path: 'jobTitle', before: null, after: 'Steward' }],
      effects: [],
      about: { name: 'Jon Snow', image: 'https://a.example/i.png' },
      source: at(19),
    });
  });

  it('shows of a deleted person who they are, and every field with which they could be made again', () => {
    const [change] = planFor(
      { operators: [absentOperator('jon@acme.example')] },
      live([
        liveOperator('jon@acme.example', { jobTitle: 'Steward', lastActivityAt: '2026-11-01T00:00:00Z' }),
        admin('owner'),
      ]),
    ).changes;
    expect(change).toMatchObject({
      before: { email: 'jon@acme.example', name: 'Jon Snow', role: 'operator' },
      fields: [
        { path: 'email', before: 'jon@acme.example', after: null },
        { path: 'name', before: 'Jon Snow', after: null },
        { path: 'jobTitle', before: 'Steward', after: null },
        { path: 'role', before: 'operator', after: null },
        { path: 'language', before: 'en', after: null },
      ],
      about: { name: 'Jon Snow', jobTitle: 'Steward', lastActivityAt: '2026-11-01T00:00:00Z' },
    });
    expect(Object.keys(change?.before ?? {})).toEqual(['email', 'name', 'role']);
  });

  it('has up to three witnesses, the smallest ids of the people, where those were read', () => {
    const people = ['d', 'b', 'c', 'a'].map((id) => liveOperator(person(id), { id }));
    expect(planFor({ operators: [] }, live(people)).account.witnesses).toEqual(['a', 'b', 'c']);
    expect(planFor({ webhooks: [] }, live(null, [])).account).not.toHaveProperty('witnesses');
  });

  it('lists what the files name, also beside a target, with the id where it is live', () => {
    const file = {
      operators: [operator(person('new')), operator(person('jon')), absentOperator(person('del'))],
    };
    const { managed } = planFor(file, live([liveOperator(person('jon'), { id: '7' })]), {
      targets: [parseTarget('operator:new@*')],
    });
    expect(managed).toEqual([
      { kind: 'operator', key: person('jon'), id: '7' },
      { kind: 'operator', key: person('new') },
    ]);
  });

  it('introduces whoever is unmanaged: name, role and last activity', () => {
    const stranger = liveOperator('x@evil.example', {
      id: '6',
      role: 'admin',
      lastActivityAt: '2026-11-01T00:00:00Z',
    });
    expect(planFor({ operators: [] }, live([stranger])).unmanaged).toEqual([
      {
        kind: 'operator',
        key: 'x@evil.example',
        id: '6',
        name: 'Jon Snow',
        role: 'admin',
        lastActivityAt: '2026-11-01T00:00:00Z',
      },
    ]);
  });

  it('says of a pruned object which glob claims it, and nothing where --prune does', () => {
    const file: FileInShort = { webhooks: [], policy: { prune: { webhooks: ['**'] } } };
    const hooks = live(null, [liveWebhook(STARTED, 'https://a.example/')]);
    expect(planFor(file, hooks).changes[0]).toMatchObject({ pruned: true, source: at(3) });
    const [claimed] = planFor({ webhooks: [] }, hooks, { prune: true }).changes;
    expect(claimed).toMatchObject({ pruned: true });
    expect(claimed).not.toHaveProperty('source');
  });

  it('is no bug to be missed when a list that it needs was not read', () => {
    expect(() => planFor({ webhooks: [] }, live([]))).toThrow(TypeError);
  });
});

describe('what a reader must know before saying yes', () => {
  const effectsOf = (
    file: FileInShort,
    operators = [liveOperator(person('jon'))],
    hooks = ['https://old.example/'],
  ) =>
    planFor(
      file,
      live(
        operators,
        hooks.map((url) => liveWebhook(STARTED, url)),
      ),
    ).changes.map(({ effects }) => effects.map(({ code, text }) => `${code}: ${text}`));
  const jon = person('jon');

  it.each<[title: string, file: FileInShort, effects: string[]]>([
    ['an invitation', { operators: [operator(person('new'))] }, ['invites: sends an invitation e-mail']],
    [
      'a new admin',
      { operators: [operator(person('new'), { role: 'admin' })] },
      ['invites: sends an invitation e-mail', 'gains-admin: becomes an admin'],
    ],
    ['a promotion', { operators: [operator(jon, { role: 'admin' })] }, ['gains-admin: becomes an admin']],
    ['a lost operator', { operators: [absentOperator(jon)] }, ['locks-out: loses access; cannot be undone']],
    [
      'a new login',
      { operators: [operator(person('snow'), { movedFrom: jon })] },
      ['new-login: logs in with the new address'],
    ],
    ['a mere title', { operators: [operator(jon, { jobTitle: 'Steward' })] }, []],
    [
      'a status and its time',
      { operators: [operator(jon, { status: status('online', { ttl: 43_200 }) })] },
      ['sets-status: holds for 12h'],
    ],
    [
      'a status and its end',
      { operators: [operator(jon, { status: status('online', { until: '2026-12-24T18:00:00Z' }) })] },
      ['sets-status: holds until 2026-12-24T18:00:00Z'],
    ],
    [
      'a new receiver of chat data',
      { webhooks: [webhook(STARTED, 'https://new.example:8443/in')] },
      ['starts-sending: starts sending chat data to new.example:8443'],
    ],
    [
      'a receiver that gets no more',
      { webhooks: [webhook(STARTED, 'https://old.example/', { absent: true })] },
      ['stops-sending: stops sending chat data to old.example'],
    ],
    [
      'a receiver in place of another',
      { webhooks: [webhook(STARTED, 'https://new.example/', { movedFrom: 'https://old.example/' })] },
      [
        'starts-sending: starts sending chat data to new.example',
        'stops-sending: stops sending chat data to old.example',
      ],
    ],
    [
      'another address of the same receiver',
      { webhooks: [webhook(STARTED, 'https://old.example/2', { movedFrom: 'https://old.example/' })] },
      ['moves-sending: sends chat data to another address on old.example'],
    ],
  ])('%s', (_title, file, effects) => {
    expect(effectsOf(file)).toEqual([effects]);
  });

  it('the end of doubled events, which is no end of the events', () => {
    const url = 'https://old.example/';
    const file = { webhooks: [webhook(STARTED, url)], policy: { prune: { webhooks: ['**'] } } };
    const doubled = live(
      null,
      ['a', 'b'].map((id) => liveWebhook(STARTED, url, { id })),
    );
    const { changes } = planFor(file, doubled);
    expect(changes.map(({ action, id, effects }) => [action, id, effects])).toEqual([
      ['delete', 'b', [{ code: 'ends-doubling', text: 'ends doubled events: another subscription stays' }]],
    ]);
    expect(webhookKind.impact(changes).flatMap(({ items }) => items)).toEqual([]);
  });

  it('a demotion', () => {
    const file = { operators: [operator(jon, { role: 'operator' as const })], policy: { minAdmins: 0 } };
    expect(effectsOf(file, [admin('jon')])).toEqual([['loses-admin: stops being an admin']]);
  });
});

describe('--target', () => {
  const file = { ...everything, operators: everything.operators ?? [] };
  const rest = { operators: account.operators ?? [], webhooks: account.webhooks ?? [] };
  testCases([
    {
      name: 'with a kind leaves that kind',
      file,
      ...rest,
      targets: ['status'],
      changes: ['~ status abe@acme.example status: "offline" → "online"'],
      warnings: ['status-until-past', 'status-without-operator'],
    },
    {
      name: 'with a key takes one object, without regard to case',
      file,
      ...rest,
      targets: ['operator:ABE@acme.example'],
      changes: ['~ operator abe@acme.example jobTitle: ∅ → "Steward"'],
    },
    {
      name: 'may be given again',
      file,
      ...rest,
      targets: ['operator:new@*', 'status:new@*'],
      changes: [
        '+ operator new@acme.example name: "Jon Snow"',
        '~ status new@acme.example status: ∅ → "away"',
      ],
    },
    {
      name: 'finds an object by the key that it had',
      file: { operators: [operator(person('snow'), { movedFrom: person('jon') })] },
      operators: [liveOperator(person('jon'))],
      targets: ['operator:jon@*'],
      changes: ['~ operator snow@acme.example email: "jon@acme.example" → "snow@acme.example"'],
    },
    {
      name: 'narrows prune and the list of what is unmanaged',
      file: { webhooks: [], policy: { prune: { webhooks: ['**'] } } },
      webhooks: [liveWebhook(STARTED, 'https://a.example/'), liveWebhook(STARTED, 'https://b.example/')],
      targets: ['webhook:chat.started https://b.*'],
      changes: ['- webhook chat.started https://b.example/ (pruned)'],
    },
    {
      name: 'narrows the errors as well',
      file: {
        operators: [
          operator(person('a'), { movedFrom: person('b') }),
          operator(person('c'), { language: 'de' }),
        ],
      },
      operators: [liveOperator(person('a')), liveOperator(person('b')), liveOperator(person('c'))],
      targets: ['operator:c@*'],
      changes: ['~ operator c@acme.example language: "en" → "de"'],
    },
  ]);
});

describe('the lists that a plan needs', () => {
  it.each<[title: string, file: FileInShort, prune: boolean | undefined, lists: string[]]>([
    ['none for an empty file', {}, undefined, []],
    ['operators for operators', { operators: [] }, undefined, ['operators']],
    ['webhooks for webhooks', { webhooks: [] }, undefined, ['webhooks']],
    ['operators for the owner', { owner: person('o'), webhooks: [] }, undefined, ['operators', 'webhooks']],
    [
      'no webhooks for a prune without their section',
      { operators: [], policy: { prune: { webhooks: ['**'] } } },
      undefined,
      ['operators'],
    ],
    ['no webhooks for --prune alone', { operators: [] }, true, ['operators']],
  ])('%s', (_title, file, prune, lists) => {
    const needed = neededLists(desired(file));
    expect([...needed]).toEqual(lists);
    const state = live(
      needed.has('operators') ? [liveOperator(person('o'))] : null,
      needed.has('webhooks') ? [] : null,
    );
    expect(() => plan(desired(file), state, { ...PLAN_OPTIONS, prune })).not.toThrow();
  });
});

describe('a plan as of another time', () => {
  const until = '2026-12-24T18:00:00Z';
  const file = { operators: [operator(person('jon'), { status: status('away', { until }) })] };
  const state = live([liveOperator(person('jon'))]);
  const then = new Date('2026-12-25T00:00:00Z');

  it('has statuses as they are then, and says so', () => {
    const made = planFor(file, state, { at: then });
    expect([made.at, made.createdAt]).toEqual(['2026-12-25T00:00:00.000Z', NOW.toISOString()]);
    expect(made.warnings.map(({ code }) => code)).toEqual(['status-until-past']);
    expect(planSchema.parse(JSON.parse(JSON.stringify(made)))).toEqual(made);
    expect(planFor(file, state).changes).toHaveLength(1);
    expect(planFor(file, state)).not.toHaveProperty('at');
  });

  it('is not applied', () => {
    expect(() => checkIntegrity(planFor(file, state, { at: then }))).toThrow(
      'the plan was made as of 2026-12-25T00:00:00.000Z, for a look',
    );
  });
});
