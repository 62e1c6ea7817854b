import { describe, expect, test } from 'vitest';
import { person, rehearsal, resultOf } from './run.ts';

const PUT = 'PUT /operators/*';
const GET = 'GET /operators';
const TWO = [
  'operators:',
  '  - { email: jon@acme.example, name: J }',
  '  - { email: sam@acme.example, name: S }',
];
const operators = [person('jon'), person('sam')];

describe('an update rests on a reading', () => {
  test.each([
    [2_000, [GET, PUT, PUT, GET]],
    [2_001, [GET, GET, PUT, PUT, GET]],
  ])('that is not older than two seconds: %i ms', async (waited, expected) => {
    const { calls, run } = await rehearsal({
      operators,
      lines: TWO,
      meanwhile: (_simulator, clock) => {
        clock.passed += waited;
      },
    });
    expect(calls).toEqual(expected);
    expect(run.exit).toBe(0);
  });

  test('that is taken once for all that wait for it', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `p${index}`);
    const { calls } = await rehearsal({
      operators: names.map((name) => person(name)),
      lines: ['operators:', ...names.map((name) => `  - { email: ${name}@acme.example, name: Other }`)],
      concurrency: 2,
      meanwhile: (_simulator, clock) => {
        clock.passed += 3_600_000;
      },
    });
    expect(calls.filter((call) => call === GET)).toHaveLength(3);
  });

  test('at each attempt: what was edited during Retry-After is not undone', async () => {
    const { account, run, calls } = await rehearsal({
      operators,
      lines: ['operators:', '  - { email: jon@acme.example, name: J, role: admin }'],
      simulator: { faults: [{ call: 'PUT operators/*', kind: '429-retry-after', retryAfter: 30 }] },
      meanwhile: (simulator, clock) => {
        clock.whileSleeping = () =>
          simulator.edit((editor) => editor.changeOperator('jon@acme.example', { name: 'Jonathan' }));
      },
    });
    expect(calls.slice(0, 3)).toEqual([GET, PUT, GET]);
    expect(account.operatorByEmail('jon@acme.example')).toMatchObject({ name: 'Jonathan', role: 'operator' });
    expect(resultOf(run, 'operator', 'jon@acme.example')).toMatchObject({
      outcome: 'skipped',
      error: 'changed since the plan: name jon → Jonathan',
    });
    expect(run.exit).toBe(3);
  });

  test('that serves who waited for it where the list itself takes longer than two seconds', async () => {
    let readings = 0;
    const clockOf = { passed: 0 };
    const { calls, run } = await rehearsal({
      operators,
      lines: TWO,
      concurrency: 1,
      simulator: {
        onRequest: (_n, { method }) => {
          if (method === 'GET') readings += 1;
          if (method === 'GET' && readings > 1) Object.assign(clockOf, { passed: clockOf.passed + 3_000 });
        },
      },
      meanwhile: (_simulator, clock) => {
        clock.passed += 5_000;
        Object.defineProperty(clock, 'passed', {
          get: () => clockOf.passed + 5_000,
          set: (value: number) => {
            clockOf.passed = value - 5_000;
          },
        });
      },
    });
    expect(run.exit).toBe(0);
    expect(calls).toEqual([GET, GET, PUT, PUT, GET]);
  });

  test('that cannot be taken is not made at all', async () => {
    const { run, changes } = await rehearsal({
      operators,
      lines: TWO,
      simulator: { faults: [{ call: GET, kind: '503', times: 4, skip: 1 }] },
      meanwhile: (_simulator, clock) => {
        clock.passed += 3_000;
      },
    });
    expect(changes).toEqual([]);
    expect(resultOf(run, 'operator', 'jon@acme.example')).toMatchObject({
      outcome: 'skipped',
      attempts: 0,
      error: expect.stringMatching(/^skipped because the account could not be read right before it: GET/),
    });
    expect(run.exit).toBe(3);
  });
});

describe('a plain run of twenty creates', () => {
  test('reads each needed list once afterwards', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `p${index}`);
    const { calls, run } = await rehearsal({
      lines: [
        'operators:',
        ...names.map((name) => `  - { email: ${name}@acme.example, name: N, status: away }`),
      ],
    });
    expect(run.exit).toBe(0);
    expect(calls.filter((call) => call.startsWith('GET'))).toEqual([GET, GET]);
    expect(calls).toHaveLength(42);
  });
});
