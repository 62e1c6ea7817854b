import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/model/errors.ts';
import { FAULT_KINDS, type Fault, parseFault } from '../../src/simulator/index.ts';
import { call, deferred, startedSimulator } from './api-caller.ts';

const ARYA = { email: 'arya@acme.example', name: 'Arya Stark' };
const TARGET = 'POST operators';
/** No late effect comes about by itself here: late-effects.test.ts is about those. */
const milliseconds = () => 0;

/** The kinds whose whole answer arrives: what the client sees, and whether the account acted. */
const ANSWERED: [Fault['kind'], number, unknown, boolean][] = [
  ['400', 400, expect.objectContaining({ error: expect.anything() }), false],
  ['401', 401, expect.objectContaining({ error: expect.anything() }), false],
  ['403', 403, expect.objectContaining({ error: expect.anything() }), false],
  ['404', 404, expect.objectContaining({ error: expect.anything() }), false],
  ['408', 408, expect.objectContaining({ error: expect.anything() }), false],
  ['409', 409, expect.objectContaining({ error: expect.anything() }), false],
  ['429', 429, expect.objectContaining({ error: expect.anything() }), false],
  ['500', 500, expect.objectContaining({ error: expect.anything() }), false],
  ['502', 502, expect.stringContaining('<html>'), false],
  ['503', 503, expect.stringContaining('<html>'), false],
  ['504', 504, expect.stringContaining('<html>'), false],
  ['408-after', 408, expect.objectContaining({ error: expect.anything() }), true],
  ['500-after', 500, expect.objectContaining({ error: expect.anything() }), true],
  ['502-after', 502, expect.stringContaining('<html>'), true],
  ['503-after', 503, expect.stringContaining('<html>'), true],
  ['504-after', 504, expect.stringContaining('<html>'), true],
  ['429-retry-after', 429, expect.objectContaining({ error: expect.anything() }), false],
  ['503-retry-after', 503, expect.objectContaining({ error: expect.anything() }), false],
  ['html-before', 200, expect.stringContaining('Log in'), false],
  ['html', 200, expect.stringContaining('Log in'), true],
  ['redirect', 307, undefined, false],
  [
    'echo',
    400,
    { error: { status: 400, message: expect.stringContaining('Bearer%20simulator-token') } },
    false,
  ],
  ['empty', 200, undefined, true],
  ['wrong-type', 201, { result: expect.objectContaining({ email: ARYA.email }) }, true],
  ['wrong-body', 200, { status: 'ok' }, true],
  ['cut-json', 201, expect.stringMatching(/^\{"result":\{"id":[^}]*$/), true],
  [
    'membrane-401',
    401,
    { type: 'bad_request', key: 'not_authenticated', message: expect.any(String) },
    false,
  ],
  [
    'membrane-429',
    429,
    { type: 'bad_request', key: 'rate_limit_exceeded', message: expect.any(String) },
    false,
  ],
  ['membrane-500', 500, { type: 'internal', key: 'internal', message: expect.any(String) }, false],
  ['says-done', 201, { result: expect.objectContaining({ email: ARYA.email }) }, false],
  ['says-error', 200, { error: { message: expect.any(String) } }, false],
  ['says-errors', 200, { errors: [{ message: expect.any(String) }] }, false],
  ['says-unsuccessful', 200, { success: false }, false],
  ['says-not-ok', 200, { ok: false }, false],
  ['says-null', 200, { result: null }, false],
  ['408-late', 408, expect.objectContaining({ error: expect.anything() }), false],
  ['500-late', 500, expect.objectContaining({ error: expect.anything() }), false],
  ['502-late', 502, expect.stringContaining('<html>'), false],
  ['503-late', 503, expect.stringContaining('<html>'), false],
  ['504-late', 504, expect.stringContaining('<html>'), false],
  ['html-late', 200, expect.stringContaining('Log in'), false],
  ['cut-json-late', 200, '{"result":{"id":"', false],
];

/** The kinds without a whole answer: whether the account acted, and whether a status line arrives. */
const BROKEN: [Fault['kind'], boolean, number | null][] = [
  ['reset-before', false, null],
  ['reset-after', true, null],
  ['timeout-before', false, null],
  ['timeout-after', true, null],
  ['truncated', true, 201],
  ['trickle', true, 201],
  ['reset-late', false, null],
  ['timeout-late', false, null],
  ['truncated-late', false, 200],
];

describe('a fault', () => {
  test.each(ANSWERED)('%s answers %i, once', async (kind, status, body, acts) => {
    const simulator = await startedSimulator({ faults: [{ call: TARGET, kind }], milliseconds });
    const answer = await call(simulator, TARGET, ARYA);
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual(body);
    expect(simulator.account.invitationsTo(ARYA.email)).toBe(acts ? 1 : 0);
    expect(simulator.account.requests).toMatchObject([{ fault: kind, handled: acts, status }]);
    expect((await call(simulator, TARGET, ARYA)).status).toBe(acts ? 409 : 201);
  });

  test.each(BROKEN)('%s never lets the answer arrive, once', async (kind, acts, status) => {
    const given = new AbortController();
    const handled = deferred();
    const simulator = await startedSimulator({
      faults: [{ call: TARGET, kind, intervalMs: 1 }],
      milliseconds,
      onHandled: () => handled.resolve(),
    });
    const answer = call(simulator, TARGET, ARYA, { signal: given.signal });
    const failed = expect(answer).rejects.toThrow();
    await handled.promise;
    // Only these wait for a client that gives up; the others fail by themselves.
    if (kind.startsWith('timeout') || kind === 'trickle') setTimeout(() => given.abort(), 100);
    await failed;
    expect(simulator.account.invitationsTo(ARYA.email)).toBe(acts ? 1 : 0);
    expect(simulator.account.requests).toMatchObject([{ fault: kind, handled: acts, status }]);
    expect((await call(simulator, TARGET, ARYA)).status).toBe(acts ? 409 : 201);
  });

  test('of every kind is tried above', () => {
    expect([...ANSWERED, ...BROKEN].map(([kind]) => kind).toSorted()).toEqual([...FAULT_KINDS].toSorted());
  });

  test('that resets shows the client a reset connection', async () => {
    const simulator = await startedSimulator({ faults: [{ call: '*', kind: 'reset-after' }] });
    const failure = await call(simulator, TARGET, ARYA).catch((error: unknown) => error);
    expect(failure).toMatchObject({ cause: { code: 'ECONNRESET' } });
  });

  test('that trickles sends bytes all the while', async () => {
    const simulator = await startedSimulator({ faults: [{ call: '*', kind: 'trickle', intervalMs: 1 }] });
    const response = await fetch(`${simulator.url}/operators`, {
      headers: { authorization: `Bearer ${simulator.token}` },
    });
    const reader = response.body?.getReader();
    let text = '';
    while (text.length < 20) text += new TextDecoder().decode((await reader?.read())?.value);
    expect(text.startsWith('{"result":[{"id":"')).toBe(true);
    await reader?.cancel();
  });

  test('of the wrong type is the right body called text', async () => {
    const simulator = await startedSimulator({ faults: [{ call: '*', kind: 'wrong-type' }] });
    const answer = await call(simulator, 'GET operators');
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(answer.body).toHaveProperty('result.length', 5);
  });

  test('spoils answers without a body as well', async () => {
    const simulator = await startedSimulator({ changeAnswer: 'no-content' });
    const target = () => `PUT events/subscriptions/${simulator.account.webhooks[0]?.id}`;
    for (const kind of ['truncated', 'cut-json'] as const) {
      simulator.addFault({ call: 'PUT subscriptions/*', kind });
      const answer = await call(simulator, target(), { essential: true }).catch(() => null);
      expect(kind === 'truncated' ? answer : answer?.body).toEqual(
        kind === 'truncated' ? null : '{"result":{"id":"',
      );
    }
  });

  test.each([
    [7, '7'],
    ['Wed, 25 Nov 2026 10:00:00 GMT', 'Wed, 25 Nov 2026 10:00:00 GMT'],
    [undefined, '1'],
  ])('with Retry-After %s says so', async (retryAfter, header) => {
    const fault: Fault = {
      call: '*',
      kind: '429-retry-after',
      ...(retryAfter !== undefined && { retryAfter }),
    };
    const simulator = await startedSimulator({ faults: [fault] });
    expect((await call(simulator, 'GET operators')).headers.get('retry-after')).toBe(header);
  });

  test('that redirects points where it is told to', async () => {
    const simulator = await startedSimulator({
      faults: [
        { call: '*', kind: 'redirect' },
        { call: '*', kind: 'redirect', location: 'http://127.0.0.2:1/x' },
      ],
    });
    const locations = [await call(simulator, 'GET operators'), await call(simulator, 'GET operators')];
    expect(locations.map(({ headers }) => headers.get('location'))).toEqual([
      'https://elsewhere.example/operators',
      'http://127.0.0.2:1/x',
    ]);
  });

  test('strikes as often as it is told to, after letting some pass', async () => {
    const simulator = await startedSimulator({
      faults: [{ call: 'GET operators', kind: '503', times: 2, skip: 1 }],
    });
    const statuses: number[] = [];
    for (let n = 0; n < 5; n += 1) statuses.push((await call(simulator, 'GET operators')).status);
    expect(statuses).toEqual([200, 503, 503, 200, 200]);
  });

  test('strikes for ever until the faults are cleared', async () => {
    const simulator = await startedSimulator();
    simulator.addFault({ call: '*', kind: '500', times: 'forever' });
    for (let n = 0; n < 4; n += 1) expect((await call(simulator, 'GET operators')).status).toBe(500);
    simulator.clearFaults();
    expect((await call(simulator, 'GET operators')).status).toBe(200);
  });

  test('leaves its turn to another that is due first', async () => {
    const simulator = await startedSimulator({
      faults: [
        { call: 'GET operators', kind: '500' },
        { call: 'GET *', kind: '503' },
      ],
    });
    const statuses: number[] = [];
    for (let n = 0; n < 3; n += 1) statuses.push((await call(simulator, 'GET operators')).status);
    expect(statuses).toEqual([500, 503, 200]);
  });

  test.each([
    ['POST operators', ['POST operators']],
    ['operators', ['GET operators', 'POST operators']],
    ['* operators/*', ['GET operators/x', 'DELETE operators/x']],
    ['DELETE operators/x', ['DELETE operators/x']],
    ['POST operators/*/status', ['POST operators/x/status']],
    ['subscriptions', ['GET events/subscriptions']],
    ['get events/subscriptions/*', ['GET events/subscriptions/x']],
    [
      '*',
      [
        'GET operators',
        'POST operators',
        'GET operators/x',
        'DELETE operators/x',
        'POST operators/x/status',
        'GET events/subscriptions',
        'GET events/subscriptions/x',
      ],
    ],
  ])('for "%s" strikes just those calls', async (pattern, struck) => {
    const simulator = await startedSimulator({ faults: [{ call: pattern, kind: '504', times: 'forever' }] });
    const calls = [
      'GET operators',
      'POST operators',
      'GET operators/x',
      'DELETE operators/x',
      'POST operators/x/status',
      'GET events/subscriptions',
      'GET events/subscriptions/x',
    ];
    const hit: string[] = [];
    for (const target of calls) if ((await call(simulator, target)).status === 504) hit.push(target);
    expect(hit).toEqual(struck);
  });

  test('for a call that the API does not have is refused', async () => {
    const simulator = await startedSimulator();
    expect(() => simulator.addFault({ call: 'PATCH operators', kind: '500' })).toThrow(UserError);
    expect(() => simulator.addFault({ call: 'GET operator', kind: '500' })).toThrow(/no call "GET operator"/);
  });
});

describe('parseFault', () => {
  test.each<[string, Fault]>([
    ['POST operators=reset-after', { call: 'POST operators', kind: 'reset-after' }],
    ['GET operators=503x3', { call: 'GET operators', kind: '503', times: 3 }],
    ['GET operators=503-afterx3+2', { call: 'GET operators', kind: '503-after', times: 3, skip: 2 }],
    ['subscriptions=truncated+1', { call: 'subscriptions', kind: 'truncated', skip: 1 }],
    ['*=429-retry-after:5xforever', { call: '*', kind: '429-retry-after', retryAfter: 5, times: 'forever' }],
    [
      '*=503-retry-after:Wed, 25 Nov 2026 10:00:00 GMTx2',
      { call: '*', kind: '503-retry-after', retryAfter: 'Wed, 25 Nov 2026 10:00:00 GMT', times: 2 },
    ],
    ['*=redirect:https://x.example/a', { call: '*', kind: 'redirect', location: 'https://x.example/a' }],
    ['*=trickle:50', { call: '*', kind: 'trickle', intervalMs: 50 }],
    [
      'POST operators=reset-late:300x2+1',
      { call: 'POST operators', kind: 'reset-late', lateMs: 300, times: 2, skip: 1 },
    ],
    ['PUT subscriptions/*=502-late', { call: 'PUT subscriptions/*', kind: '502-late' }],
  ])('reads %s', (text, fault) => {
    expect(parseFault(text)).toEqual(fault);
  });

  test.each([
    ['POST operators', 'is not a fault'],
    ['POST operators=', 'is not a fault'],
    ['=500', 'no call ""'],
    ['POST people=500', 'no call "POST people"'],
    ['POST operators=explode', '"explode" is no kind of fault'],
    ['POST operators=500:3', 'no value for the fault 500'],
    ['POST operators=reset-late:soon', 'no value for the fault reset-late'],
    ['POST operators=says-done:300', 'no value for the fault says-done'],
    ['POST operators=429-retry-after:soon', 'no value for the fault'],
    ['POST operators=500x', 'is no kind of fault'],
  ])('refuses %s with a hint', (text, message) => {
    let failure: unknown;
    try {
      parseFault(text);
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(UserError);
    expect(failure).toMatchObject({
      code: 'invalid-fault',
      message: expect.stringContaining(message),
      hint: expect.any(String),
    });
  });
});
