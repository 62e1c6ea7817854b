import { describe, expect, test } from 'vitest';
import type { AnswerShapes, Fault, Simulator } from '../../src/simulator/index.ts';
import { type RehearseOptions, rehearse } from '../faults/rehearse.ts';
import { deferred, idOf, startedSimulator } from '../simulator/api-caller.ts';
import { TestClock } from '../support/chaport-client.ts';
import { file, requestsTo, resultOf, seedWith } from './run.ts';

const ARYA = 'arya@acme.example';
const HOOK = 'chat.started https://hooks.acme.example/x';
const ONE_OPERATOR = file('operators:', `  - { email: ${ARYA}, name: Arya, status: online }`);
const ONE_WEBHOOK = file('webhooks:', '  - { url: "https://hooks.acme.example/x", events: [chat.started] }');

async function creating(
  faults: Fault[],
  options: RehearseOptions & {
    shapes?: AnswerShapes;
    lagMs?: number;
    whenPlannedOn?: (simulator: Simulator) => void;
  } = {},
) {
  const clock = new TestClock();
  const { whenPlannedOn, lagMs = 0 } = options;
  const milliseconds = () => clock.elapsed();
  const simulator = await startedSimulator({
    seed: seedWith(),
    faults,
    lagMs,
    milliseconds,
    ...options.shapes,
  });
  const run = await rehearse(simulator, {
    file: ONE_OPERATOR,
    client: { clock },
    ...(whenPlannedOn ? { whenPlanned: () => whenPlannedOn(simulator) } : {}),
    ...options,
  });
  return { simulator, clock, run, changes: requestsTo(simulator, 'changes') };
}

const POST = 'POST /operators';
const GET = 'GET /operators';
const STATUS = 'POST /operators/*/status';

describe('a create', () => {
  test.each(['result', 'id', 'result-id', 'object'] as const)(
    'whose answer has the id in the form %s is not looked for',
    async (createAnswer) => {
      const { simulator, run } = await creating([], { shapes: { createAnswer } });
      expect(run.exit).toBe(0);
      expect(requestsTo(simulator)).toEqual([GET, POST, STATUS, GET]);
      expect(resultOf(run, 'operator', ARYA)).toMatchObject({
        outcome: 'applied',
        id: idOf(simulator, ARYA),
      });
    },
  );

  test('whose answer lacks the id is found by its key, so that its status can follow', async () => {
    const { simulator, run } = await creating([], { shapes: { createAnswer: 'empty' } });
    expect(run.exit).toBe(0);
    expect(requestsTo(simulator)).toEqual([GET, POST, GET, STATUS, GET]);
    expect(resultOf(run, 'operator', ARYA)).toMatchObject({ outcome: 'applied', id: idOf(simulator, ARYA) });
    expect(simulator.account.operatorByEmail(ARYA)?.lastStatus).toBe('online');
  });

  test('whose answer lacks the id, and which cannot be found at once, is found when its status is set', async () => {
    const { simulator, run } = await creating([{ call: GET, kind: '503', times: 4, skip: 1 }], {
      shapes: { createAnswer: 'empty' },
    });
    expect(run.exit).toBe(0);
    expect(resultOf(run, 'operator', ARYA)).toMatchObject({ outcome: 'applied', id: idOf(simulator, ARYA) });
    expect(simulator.account.operatorByEmail(ARYA)?.lastStatus).toBe('online');
  });

  test('whose answer lacks the id, and which cannot be found in time, leaves its status to the next run', async () => {
    const { simulator, clock, run } = await creating([], {
      shapes: { createAnswer: 'empty' },
      // Far behind: it comes into the list when the status has been given up.
      lagMs: 11_000,
    });
    expect(run.exit).toBe(3);
    expect(resultOf(run, 'operator', ARYA)).toMatchObject({ outcome: 'applied', id: idOf(simulator, ARYA) });
    expect(resultOf(run, 'status', ARYA)).toMatchObject({
      outcome: 'skipped',
      attempts: 0,
      error: `skipped because it needs create operator ${ARYA}, which was confirmed, but is not in the account's list yet`,
    });
    expect(run.report?.remaining.map(({ kind, key }) => `${kind} ${key}`)).toEqual([`status ${ARYA}`]);
    await rehearse(simulator, { file: ONE_OPERATOR, client: { clock } });
    expect(simulator.account.operatorByEmail(ARYA)?.lastStatus).toBe('online');
  });

  test('that the server confirms without doing it is not told as done', async () => {
    const simulator: Simulator = await startedSimulator({
      seed: seedWith(),
      faults: [{ call: 'POST operators', kind: 'empty' }],
      onHandled: (_n, { method, path }) => {
        // Gone again before anybody looks.
        if (method === 'POST' && path === '/operators') simulator.account.operators.pop();
      },
    });
    const run = await rehearse(simulator, { file: ONE_OPERATOR });
    expect(run.exit).toBe(3);
    expect(resultOf(run, 'operator', ARYA)).toMatchObject({
      outcome: 'unknown',
      error: expect.stringMatching(/^confirmed, but not in the account's list yet; plan again in a while/),
    });
    expect(requestsTo(simulator, 'changes')).toEqual([POST]);
  });

  test('that somebody else made meanwhile is recognised by the conflict, and what depends on it goes on', async () => {
    const { simulator, run } = await creating([], {
      whenPlannedOn: ({ account }) => account.createOperator({ email: ARYA, name: 'Arya' }),
    });
    expect(run.exit).toBe(0);
    expect(run.report).toMatchObject({ converged: true, summary: { applied: 1, skipped: 1 } });
    expect(resultOf(run, 'operator', ARYA)).toMatchObject({
      outcome: 'skipped',
      attempts: 1,
      id: idOf(simulator, ARYA),
      error: expect.stringContaining('created elsewhere'),
    });
    expect(simulator.account.operatorByEmail(ARYA)?.lastStatus).toBe('online');
  });

  test('that conflicts while the account cannot be read is not claimed when the last read shows it', async () => {
    const { run } = await creating([{ call: GET, kind: '503', times: 4, skip: 1 }], {
      whenPlannedOn: ({ account }) => account.createOperator({ email: ARYA, name: 'Arya' }),
    });
    expect(resultOf(run, 'operator', ARYA)).toMatchObject({ outcome: 'skipped', attempts: 1 });
  });

  test('that conflicts with nothing that can be seen has failed', async () => {
    const { run, changes } = await creating([{ call: 'POST operators', kind: '409' }]);
    expect(resultOf(run, 'operator', ARYA)).toMatchObject({ outcome: 'failed', attempts: 1 });
    expect(changes).toEqual([POST]);
    expect(run.exit).toBe(3);
  });

  test('whose answer was lost is found by listing and not sent again', async () => {
    const { simulator, run, changes } = await creating([{ call: 'POST operators', kind: 'reset-after' }]);
    expect(run.exit).toBe(0);
    expect(changes).toEqual([POST, STATUS]);
    expect(resultOf(run, 'operator', ARYA)).toMatchObject({
      outcome: 'applied',
      attempts: 1,
      id: idOf(simulator, ARYA),
    });
  });

  test('that was lost on its way is sent again once the settle time is over', async () => {
    const { simulator, run } = await creating([{ call: 'POST operators', kind: 'reset-before' }]);
    expect(run.exit).toBe(0);
    const looks = Array<string>(9).fill(GET);
    expect(requestsTo(simulator)).toEqual([GET, POST, ...looks, POST, STATUS, GET]);
    expect(resultOf(run, 'operator', ARYA)).toMatchObject({ outcome: 'applied', attempts: 2 });
  });

  test('that comes about between two looks is not sent again', async () => {
    const clock = new TestClock();
    const { run, changes } = await creating([{ call: 'POST operators', kind: 'reset-before' }], {
      client: { clock },
      whenPlannedOn: ({ account }) => {
        clock.whileSleeping = () => {
          if (!account.operatorByEmail(ARYA)) account.createOperator({ email: ARYA, name: 'Arya' });
        };
      },
    });
    expect(run.exit).toBe(0);
    expect(changes).toEqual([POST, STATUS]);
  });

  test('that comes about after it was sent again is known by the conflict as our own', async () => {
    const { run, changes } = await creating([
      { call: 'POST operators', kind: 'reset-before' },
      { call: 'POST operators', kind: '500-after' },
    ]);
    expect(run.exit).toBe(0);
    expect(changes).toEqual([POST, POST, STATUS]);
    expect(resultOf(run, 'operator', ARYA)).toMatchObject({ outcome: 'applied', attempts: 2 });
  });

  test('is sent again once, and not more often', async () => {
    const { run, changes } = await creating([
      { call: 'POST operators', kind: 'reset-before', times: 'forever' },
    ]);
    expect(changes).toEqual([POST, POST]);
    expect(resultOf(run, 'operator', ARYA)).toMatchObject({ outcome: 'unknown', attempts: 2 });
    expect(run.exit).toBe(3);
  });

  test('whose fate could not be read at first is settled by a later look', async () => {
    const reads: Fault = { call: GET, kind: '503', times: 4, skip: 1 };
    for (const kind of ['reset-after', 'reset-before'] as const) {
      const { run, simulator } = await creating([{ call: 'POST operators', kind }, reads]);
      expect(resultOf(run, 'operator', ARYA).outcome).toBe('applied');
      expect(resultOf(run, 'status', ARYA).outcome).toBe('applied');
      expect(simulator.account.invitations).toHaveLength(1);
      expect(run.exit).toBe(0);
    }
  });

  test('whose fate can never be read is unknown', async () => {
    const { run, changes } = await creating([
      { call: 'POST operators', kind: 'reset-after' },
      { call: GET, kind: '503', times: 'forever', skip: 1 },
    ]);
    expect(resultOf(run, 'operator', ARYA)).toMatchObject({
      outcome: 'unknown',
      error: expect.stringContaining('; reading the account to settle it failed too: GET /operators'),
    });
    expect(changes).toEqual([POST]);
    expect(run.exit).toBe(3);
  });
});

describe('a server that is slower than the time-out', () => {
  /** Acts on the first create only when it is let. */
  async function slowServer(body: string, path: string) {
    const act = deferred();
    const acted = deferred();
    const simulator = await startedSimulator({
      seed: seedWith(),
      onRequest: async (_n, request) => {
        if (request.method === 'POST' && request.path === path) await act.promise;
      },
      onHandled: (_n, request) => {
        if (request.method === 'POST' && request.path === path) acted.resolve();
      },
    });
    const clock = new TestClock();
    const options: RehearseOptions = { file: body, client: { clock, timeoutSeconds: 0.3 } };
    return { act, acted, simulator, clock, options };
  }

  const KINDS = [
    ['operator', ONE_OPERATOR, '/operators', ARYA],
    ['webhook', ONE_WEBHOOK, '/events/subscriptions', HOOK],
  ] as const;

  test.each(KINDS)(
    'and acts while the %s is looked for gets no second create',
    async (kind, body, path, key) => {
      const { act, acted, simulator, clock, options } = await slowServer(body, path);
      const clockSleeps = clock.sleep.bind(clock);
      clock.sleep = async (...args) => {
        act.resolve();
        await acted.promise;
        await clockSleeps(...args);
      };
      const run = await rehearse(simulator, options);
      expect(run.exit).toBe(0);
      expect(requestsTo(simulator, 'changes').filter((request) => request === `POST ${path}`)).toHaveLength(
        1,
      );
      expect(resultOf(run, kind, key)).toMatchObject({ outcome: 'applied', attempts: 1 });
    },
  );

  test('and acts when the run is over gets no second webhook', async () => {
    const { act, acted, simulator, options } = await slowServer(ONE_WEBHOOK, '/events/subscriptions');
    const run = await rehearse(simulator, options);
    expect(run.exit).toBe(3);
    expect(resultOf(run, 'webhook', HOOK)).toMatchObject({
      outcome: 'unknown',
      attempts: 1,
      error: expect.stringContaining('it may still come about, so it was not sent again'),
    });
    expect(requestsTo(simulator, 'changes')).toEqual(['POST /events/subscriptions']);
    act.resolve();
    await acted.promise;
    const again = await rehearse(simulator, { file: ONE_WEBHOOK });
    expect(again.exit).toBe(0);
    expect(requestsTo(simulator, 'changes')).toEqual(['POST /events/subscriptions']);
  });

  test('behind a gateway that gives up on it (504) is asked once more for a person', async () => {
    const { run, changes, simulator } = await creating([{ call: 'POST operators', kind: '504' }]);
    expect(changes).toEqual([POST, POST, STATUS]);
    expect(resultOf(run, 'operator', ARYA)).toMatchObject({ outcome: 'applied', attempts: 2 });
    expect(simulator.account.invitations).toHaveLength(1);
  });
});
