import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/model/errors.ts';
import { DEFAULT_SEED, startSimulator } from '../../src/simulator/index.ts';
import { call, deferred, idOf, movableClock, startedSimulator } from './api-caller.ts';

const ARYA = { email: 'arya@acme.example', name: 'Arya Stark' };
const JON = 'jon.snow@acme.example';

describe('the shapes of answers', () => {
  test.each([
    ['id', { id: expect.any(String) }],
    ['result-id', { result: { id: expect.any(String) } }],
    ['object', expect.objectContaining({ id: expect.any(String), email: ARYA.email })],
    ['result', { result: expect.objectContaining({ id: expect.any(String), email: ARYA.email }) }],
    ['empty', undefined],
  ] as const)('a create answers with %s', async (createAnswer, body) => {
    const simulator = await startedSimulator({ createAnswer });
    const answer = await call(simulator, 'POST operators', ARYA);
    expect(answer).toMatchObject({ status: 201 });
    expect(answer.body).toEqual(body);
    expect(simulator.account.invitationsTo(ARYA.email)).toBe(1);
  });

  test('updates, statuses and deletes answer 204 where they are told to', async () => {
    const simulator = await startedSimulator({ changeAnswer: 'no-content' });
    const id = idOf(simulator, JON);
    const answers = [
      await call(simulator, `PUT operators/${id}`, { name: 'J' }),
      await call(simulator, `POST operators/${id}/status`, { status: 'away', ttl: 60 }),
      await call(simulator, `DELETE operators/${id}`),
    ];
    expect(answers.map(({ status, body }) => [status, body])).toEqual(Array(3).fill([204, undefined]));
    expect(simulator.account.operatorByEmail(JON)).toBeUndefined();
  });

  test('single objects come bare where they are told to, lists never do', async () => {
    const simulator = await startedSimulator({ wrapSingle: false });
    const one = await call(simulator, `GET operators/${idOf(simulator, JON)}`);
    expect(one.body).toMatchObject({ email: JON });
    expect((await call(simulator, 'GET operators')).body).toHaveProperty('result.length', 5);
  });

  test.each(['absolute', 'path'] as const)(
    'lists come in pages whose %s links lead to all of it',
    async (nextLink) => {
      const simulator = await startedSimulator({ pageSize: 2, nextLink });
      const emails: string[] = [];
      let next: string | undefined = `${simulator.url}/operators`;
      const links: string[] = [];
      while (next !== undefined) {
        links.push(next);
        const response: Response = await fetch(new URL(next, simulator.origin), {
          headers: { authorization: `Bearer ${simulator.token}` },
        });
        const page = (await response.json()) as { result: { email: string }[]; links: { next?: string } };
        emails.push(...page.result.map(({ email }) => email));
        next = page.links.next;
      }
      expect(emails).toEqual(DEFAULT_SEED.operators?.map(({ email }) => email));
      expect(links.slice(1)).toEqual(
        [2, 4].map((skip) => `${nextLink === 'path' ? '' : simulator.origin}/api/v1/operators?skip=${skip}`),
      );
    },
  );

  test('unknown fields appear where they are told to', async () => {
    const simulator = await startedSimulator({ extraFields: true });
    const { body } = await call(simulator, 'GET events/subscriptions');
    expect(body).toMatchObject({
      meta: { total: 3 },
      result: [{ revision: 3, event: 'chat.started' }, {}, {}],
    });
  });
});

describe('the log', () => {
  test('has every request with method, path, body, headers, time and status', async () => {
    const simulator = await startedSimulator({ now: movableClock().now });
    await call(simulator, 'GET operators?a=1', undefined, { headers: { 'x-mark': 'here' } });
    await call(simulator, 'POST operators', ARYA);
    await call(simulator, 'POST operators', '{oops');
    expect(simulator.account.requests).toMatchObject([
      {
        number: 1,
        method: 'GET',
        path: '/operators',
        url: '/api/v1/operators?a=1',
        via: 'chaport',
        headers: { 'x-mark': 'here' },
        body: undefined,
        at: new Date('2026-11-22T10:00:00.000Z'),
        handled: true,
        status: 200,
      },
      { number: 2, method: 'POST', path: '/operators', body: ARYA, status: 201 },
      { number: 3, method: 'POST', path: '/operators', body: '{oops', status: 400 },
    ]);
  });

  test('names the call of the API, and says when it was answered', async () => {
    const clock = movableClock();
    const simulator = await startedSimulator({
      now: clock.now,
      onHandled: () => clock.advanceSeconds(1),
      faults: [{ call: 'GET me.json', kind: 'reset-before' }],
    });
    await call(simulator, `GET operators/${idOf(simulator, JON)}`);
    await call(simulator, 'GET nothing');
    await call(simulator, 'GET operators', undefined, { base: simulator.origin });
    await expect(call(simulator, 'GET me.json')).rejects.toThrow();
    expect(simulator.account.requests).toMatchObject([
      {
        call: 'GET operators/*',
        at: new Date('2026-11-22T10:00:00.000Z'),
        answeredAt: new Date('2026-11-22T10:00:01.000Z'),
      },
      { call: null, status: 404 },
      { call: null, status: 404 },
      { call: 'GET me.json', answeredAt: null },
    ]);
  });
});

describe('hooks', () => {
  test('come before and after each request is handled, before it is answered', async () => {
    const seen: [string, number, number][] = [];
    const simulator = await startedSimulator({
      onRequest: (n) => void seen.push(['request', n, simulator.account.operators.length]),
      onHandled: (n) => void seen.push(['handled', n, simulator.account.operators.length]),
    });
    await call(simulator, 'POST operators', ARYA);
    await call(simulator, `DELETE operators/${idOf(simulator, JON)}`);
    expect(seen).toEqual([
      ['request', 1, 5],
      ['handled', 1, 6],
      ['request', 2, 6],
      ['handled', 2, 5],
    ]);
  });

  test('are awaited: nothing is done before the first and answered before the second has ended', async () => {
    const seen: unknown[] = [];
    const simulator = await startedSimulator({
      onRequest: async (_n, request) => {
        await delay(10);
        seen.push({ handled: request.handled, invited: simulator.account.invitationsTo(ARYA.email) });
      },
      onHandled: async (_n, request) => {
        await delay(10);
        seen.push({ status: request.status, invited: simulator.account.invitationsTo(ARYA.email) });
      },
    });
    expect((await call(simulator, 'POST operators', ARYA)).status).toBe(201);
    expect(seen).toEqual([
      { handled: false, invited: 0 },
      { status: null, invited: 1 },
    ]);
  });

  test('stopAfter lets so many requests through and resets every later one unhandled', async () => {
    const simulator = await startedSimulator({ stopAfter: 1 });
    expect((await call(simulator, 'GET operators')).status).toBe(200);
    await expect(call(simulator, 'POST operators', ARYA)).rejects.toThrow();
    await expect(call(simulator, 'GET operators')).rejects.toThrow();
    expect(simulator.account.invitations).toEqual([]);
    expect(simulator.account.requests.map(({ status }) => status)).toEqual([200, null, null]);
  });
});

describe('a simulator', () => {
  test('has an account of its own when it gets no seed', async () => {
    const simulator = await startedSimulator();
    expect(simulator.url).toBe(`${simulator.origin}/api/v1`);
    expect(simulator.account.operators.find(({ id }) => id === simulator.account.ownerId)?.email).toBe(
      'owner@acme.example',
    );
    expect(simulator.account.webhooks.length).toBeGreaterThan(0);
  });

  test('gives a snapshot from which the same account starts again', async () => {
    const clock = movableClock();
    const first = await startedSimulator({ seed: { ...DEFAULT_SEED, seats: 5 }, now: clock.now });
    await call(first, 'POST operators', ARYA);
    await call(first, `DELETE operators/${idOf(first, JON)}`);
    await call(first, `POST operators/${idOf(first, 'samwell@acme.example')}/status`, {
      status: 'online',
      ttl: 60,
    });
    const seed = first.snapshot();
    const second = await startedSimulator({ seed: JSON.parse(JSON.stringify(seed)), now: clock.now });
    expect(second.account.operators).toEqual(first.account.operators);
    expect(second.account.webhooks).toEqual(first.account.webhooks);
    expect(second.account.ownerId).toBe(first.account.ownerId);
    expect(second.snapshot()).toEqual(seed);
    clock.advanceSeconds(60);
    expect(second.account.operatorByEmail('samwell@acme.example')?.lastStatus).toBe('away');
    await call(second, 'POST operators', { ...ARYA, email: 'bran@acme.example' });
    const ids = [...second.account.operators, ...second.account.webhooks].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('handles a request only after its latency', async () => {
    const simulator = await startedSimulator({ latencyMs: 50 });
    const started = performance.now();
    await call(simulator, 'GET me.json');
    expect(performance.now() - started).toBeGreaterThanOrEqual(48);
  });

  test('closes at once while requests wait in latency, in a time-out and on a trickle', async () => {
    const arrived = deferred();
    const simulator = await startSimulator({
      faults: [
        { call: 'GET me.json', kind: 'timeout-before' },
        { call: 'GET operators', kind: 'trickle' },
      ],
      latencyMs: 5,
      onHandled: (n) => {
        if (n === 3) arrived.resolve();
      },
    });
    const waiting = ['GET me.json', 'GET operators', 'GET events/subscriptions'].map((target) =>
      call(simulator, target).then(
        () => 'answered',
        () => 'cut off',
      ),
    );
    await arrived.promise;
    const started = performance.now();
    await simulator.close();
    expect(performance.now() - started).toBeLessThan(500);
    expect((await Promise.all(waiting)).slice(0, 2)).toEqual(['cut off', 'cut off']);
  });

  test('closes at once in the middle of a long latency', async () => {
    const simulator = await startSimulator({ latencyMs: 60_000 });
    const answer = call(simulator, 'GET operators').then(
      () => 'answered',
      () => 'cut off',
    );
    while (simulator.account.requests.length === 0) await new Promise(setImmediate);
    await simulator.close();
    expect(await answer).toBe('cut off');
  });

  test('says clearly that a port is taken', async () => {
    const first = await startedSimulator();
    const port = Number(new URL(first.origin).port);
    const failure = await startSimulator({ port }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UserError);
    expect(failure).toMatchObject({ code: 'port-unavailable', message: expect.stringContaining(`:${port}`) });
  });
});
