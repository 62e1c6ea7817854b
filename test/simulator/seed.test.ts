import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/model/errors.ts';
import { DEFAULT_SEED, parseSeed } from '../../src/simulator/index.ts';
import { call, startedSimulator } from './api-caller.ts';

const YAML = `owner: owner@acme.example
seats: 3
operators:
  - { email: owner@acme.example, role: admin }
  - email: jon.snow@acme.example
    jobTitle: null
webhooks:
  - event: chat.started
    url: https://hooks.acme.example/a
`;

function complaintOf(text: string, fileName = 'seed.yaml'): string {
  try {
    parseSeed(text, fileName);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return 'no complaint';
}

describe('a seed', () => {
  test('is read from YAML, where a webhook may write url', () => {
    expect(parseSeed(YAML, 'seed.yaml')).toEqual({
      owner: 'owner@acme.example',
      seats: 3,
      operators: [
        { email: 'owner@acme.example', role: 'admin' },
        { email: 'jon.snow@acme.example', jobTitle: null },
      ],
      webhooks: [{ event: 'chat.started', targetUrl: 'https://hooks.acme.example/a' }],
    });
  });

  test.each([
    ['- email: a@b.example\n', 'a list'],
    ['just text\n', 'a single value'],
  ])('says what it is where it is no map: %j', (text, found) => {
    expect(complaintOf(text)).toBe(
      `seed.yaml:1:1: the seed: must be a map with operators, webhooks, owner and seats, not ${found}`,
    );
  });

  test('is read from JSON, indented with tabs or not at all', () => {
    for (const indent of ['\t', undefined]) {
      expect(parseSeed(JSON.stringify(DEFAULT_SEED, null, indent), 'seed.json')).toEqual(DEFAULT_SEED);
    }
  });

  test('may be empty', async () => {
    const simulator = await startedSimulator({ seed: parseSeed('', 'empty.yaml') });
    expect(simulator.account.operators).toEqual([]);
    expect(simulator.account.ownerId).toBeNull();
  });

  test.each([
    ['operators:\n  - name: X\n', 'seed.yaml:2:5: operators[0].email: '],
    ['people: []\n', 'seed.yaml:1:1: the seed: Unrecognized key: "people"'],
    ['operators: 7\n', 'seed.yaml:1:12: operators: '],
    ['- a\n', 'seed.yaml:1:1: the seed: '],
    ['owner: x@acme.example\n', 'seed.yaml:1:8: owner: there is no operator x@acme.example'],
    ['webhooks:\n  - event: chat.started\n', 'seed.yaml:2:5: webhooks[0].targetUrl: '],
    ['operators: [\n', 'seed.yaml:2:1: '],
    ['operators: []\noperators: []\n', 'seed.yaml:2:1: Map keys must be unique'],
    ['seats: -1\n', 'seed.yaml:1:8: seats: '],
    [
      'operators:\n  - { id: a, email: a@b.example }\n  - { id: a, email: b@b.example }\n',
      'seed.yaml:3:11: operators[1].id: the id a is used twice',
    ],
  ])('%j is refused at its place', (text, message) => {
    expect(complaintOf(text)).toContain(message);
  });

  test('gets all complaints at once, one a line', () => {
    expect(complaintOf('seats: x\noperators:\n  - {}\n').split('\n')).toHaveLength(2);
  });

  test('with an alias bomb is refused', () => {
    const levels = Array.from({ length: 12 }, (_, n) => {
      const item = n === 0 ? 'x' : `*a${n - 1}`;
      return `a${n}: &a${n} [${Array(9).fill(item).join(', ')}]`;
    });
    expect(complaintOf(levels.join('\n'))).toContain('alias');
  });

  test('gives the account its owner: the one named, else the first admin, else the first operator', async () => {
    const people = [{ email: 'a@acme.example' }, { email: 'b@acme.example', role: 'admin' }];
    const ownerOf = async (seed: Parameters<typeof startedSimulator>[0]) => {
      const { account } = await startedSimulator(seed);
      return account.operator(account.ownerId ?? '').email;
    };
    expect(await ownerOf({ seed: { owner: 'A@acme.example', operators: people } })).toBe('a@acme.example');
    expect(await ownerOf({ seed: { operators: people } })).toBe('b@acme.example');
    expect(await ownerOf({ seed: { operators: people.slice(0, 1) } })).toBe('a@acme.example');
  });

  test('may hold what the API would not take: duplicates, odd roles and hostile names', async () => {
    const simulator = await startedSimulator({
      seed: {
        operators: [
          { email: 'a@acme.example', role: 'supervisor', name: '\u001b[31m' },
          { email: 'A@acme.example', id: 'own-id' },
        ],
        webhooks: [
          { event: 'e', targetUrl: 'not a url' },
          { event: 'e', targetUrl: 'not a url' },
        ],
      },
    });
    expect(simulator.account.operators.map(({ email }) => email)).toEqual([
      'a@acme.example',
      'A@acme.example',
    ]);
    expect(simulator.account.operator('own-id').email).toBe('A@acme.example');
    expect(simulator.account.webhooks).toHaveLength(2);
  });

  test('shows its unknown keys of operators and webhooks as fields, and keeps them', async () => {
    const seed = parseSeed(
      `operators: [{ email: a@acme.example, timezone: Europe/Berlin, teams: [1, 2] }]
webhooks: [{ event: chat.started, url: "https://a.example/", note: null }]
`,
      'seed.yaml',
    );
    const simulator = await startedSimulator({ seed });
    expect((await call(simulator, 'GET operators')).body).toMatchObject({
      result: [{ email: 'a@acme.example', timezone: 'Europe/Berlin', teams: [1, 2] }],
    });
    expect((await call(simulator, 'GET events/subscriptions')).body).toMatchObject({
      result: [{ event: 'chat.started', note: null }],
    });
    expect(simulator.snapshot()).toMatchObject({
      operators: [{ timezone: 'Europe/Berlin', teams: [1, 2] }],
      webhooks: [{ note: null }],
    });
  });

  test.each([
    ['merge', { timezone: 'Europe/Berlin', shift: 'early' }],
    ['replace', { shift: 'early' }],
  ] as const)('whose unknown fields meet a PUT that %ss', async (put, left) => {
    const operators = [{ email: 'a@acme.example', timezone: 'Europe/Berlin', shift: 'late' }];
    const simulator = await startedSimulator({ seed: { operators }, put });
    const { id } = simulator.account.operators[0] ?? { id: '' };
    await call(simulator, `PUT operators/${id}`, { email: 'a@acme.example', shift: 'early', shoe: 42 });
    expect(simulator.account.operator(id).extra).toEqual(left);
  });

  test('with fewer seats than operators deactivates the last ones, unless it says which', async () => {
    const people = ['a', 'b', 'c'].map((name) => ({ email: `${name}@acme.example` }));
    const plain = await startedSimulator({ seed: { seats: 2, operators: people } });
    expect(plain.account.operators.map(({ deactivated }) => deactivated)).toEqual([false, false, true]);
    const said = people.map((one, index) => ({ ...one, deactivated: index === 0 }));
    const named = await startedSimulator({ seed: { seats: 2, operators: said } });
    expect(named.account.operators.map(({ deactivated }) => deactivated)).toEqual([true, false, false]);
    const option = await startedSimulator({ seed: { seats: 2, operators: people }, seats: 1 });
    expect(option.account.operators.map(({ deactivated }) => deactivated)).toEqual([false, true, true]);
  });
});
