import { describe, expect, test } from 'vitest';
import { DIALECT_NAMES, type DialectName, parseDialect, type Simulator } from '../../src/simulator/index.ts';
import { type Called, call, idOf, movableClock, startedSimulator } from './api-caller.ts';

const JON = 'jon.snow@acme.example';
const ID = expect.stringMatching(/^[0-9a-f]{24}$/);
const ARYA = { email: 'arya@acme.example', name: 'Arya Stark' };
const HOOK = { event: 'chat.started', targetUrl: 'https://new.acme.example/' };
const clock = movableClock();

type Exchange = (simulator: Simulator) => Promise<Called>;

const LIST: Exchange = (simulator) => call(simulator, 'GET operators');
const HOOKS: Exchange = (simulator) => call(simulator, 'GET events/subscriptions');
const ONE: Exchange = (simulator) => call(simulator, `GET operators/${idOf(simulator, JON)}`);
const CREATE: Exchange = (simulator) => call(simulator, 'POST events/subscriptions', HOOK);
const UNKNOWN: Exchange = (simulator) => call(simulator, 'GET operators/nobody');
const PERSON: Exchange = (simulator) => call(simulator, 'POST operators', ARYA);
const PUT =
  (body: object): Exchange =>
  (simulator) =>
    call(simulator, `PUT operators/${idOf(simulator, JON)}`, body);
const TWICE =
  (second: object): Exchange =>
  async (simulator) => {
    await call(simulator, 'POST events/subscriptions', HOOK);
    return call(simulator, 'POST events/subscriptions', { ...HOOK, ...second });
  };
const KEPT =
  (targetUrl: string): Exchange =>
  (simulator) =>
    call(simulator, 'POST events/subscriptions', { ...HOOK, targetUrl });
const DELETED_TWICE: Exchange = async (simulator) => {
  const target = `DELETE operators/${idOf(simulator, JON)}`;
  await call(simulator, target);
  return call(simulator, target);
};
const LAPSED: Exchange = async (simulator) => {
  const target = `operators/${idOf(simulator, 'samwell@acme.example')}`;
  await call(simulator, `POST ${target}/status`, { status: 'online', ttl: 60 });
  clock.advanceSeconds(61);
  return call(simulator, `GET ${target}`);
};

const resulted = (fields: object) => ({ result: expect.objectContaining(fields) });
const url = (targetUrl: string) => resulted({ targetUrl });
const MESSAGE = 'There is no operator with the id nobody';

/** What one call answers in the dialect, and what it answers otherwise. */
const TABLE: Record<DialectName, [Exchange, [number, unknown], [number, unknown]]> = {
  'bare-lists': [LIST, [200, expect.any(Array)], [200, { result: expect.any(Array) }]],
  'bare-objects': [ONE, [200, expect.objectContaining({ email: JON })], [200, resulted({ email: JON })]],
  paged: [
    LIST,
    [200, { result: [{}, {}].map(() => expect.anything()), links: { next: expect.stringMatching(/^http/) } }],
    [200, { result: expect.any(Array) }],
  ],
  'paged-by-path': [
    LIST,
    [200, { result: expect.any(Array), links: { next: '/api/v1/operators?skip=2' } }],
    [200, { result: expect.any(Array) }],
  ],
  'plural-events': [
    CREATE,
    [201, { result: { id: ID, events: [HOOK.event], targetUrl: HOOK.targetUrl, essential: false } }],
    [201, { result: { id: ID, ...HOOK, essential: false } }],
  ],
  'created-at': [
    CREATE,
    [201, { result: { id: ID, ...HOOK, essential: false, createdAt: expect.stringContaining('2026-11-') } }],
    [201, { result: { id: ID, ...HOOK, essential: false } }],
  ],
  'unknown-fields': [
    HOOKS,
    [200, { result: expect.any(Array), meta: expect.anything() }],
    [200, { result: expect.any(Array) }],
  ],
  'create-id': [CREATE, [201, { id: ID }], [201, resulted(HOOK)]],
  'create-result-id': [CREATE, [201, { result: { id: ID } }], [201, resulted(HOOK)]],
  'create-object': [CREATE, [201, { id: ID, ...HOOK, essential: false }], [201, resulted(HOOK)]],
  'create-no-id': [CREATE, [201, { result: { ...HOOK, essential: false } }], [201, resulted({ id: ID })]],
  'create-200': [CREATE, [200, resulted(HOOK)], [201, resulted(HOOK)]],
  'create-needs-all': [
    PERSON,
    [400, { error: { status: 400, message: 'language: is required' } }],
    [201, resulted(ARYA)],
  ],
  'writes-200-empty': [CREATE, [200, undefined], [201, resulted(HOOK)]],
  'writes-201-empty': [PUT({ name: 'J' }), [201, undefined], [200, resulted({ name: 'J' })]],
  'writes-204': [CREATE, [204, undefined], [201, resulted(HOOK)]],
  'changes-204': [PUT({ name: 'J' }), [204, undefined], [200, resulted({ name: 'J' })]],
  'delete-gone-200': [DELETED_TWICE, [200, { result: { id: ID } }], [404, expect.anything()]],
  'put-replaces': [
    PUT({ email: JON, name: 'J' }),
    [200, { result: expect.not.objectContaining({ jobTitle: 'Steward' }) }],
    [200, resulted({ jobTitle: 'Steward' })],
  ],
  'empty-text-refused': [
    PUT({ jobTitle: '' }),
    [400, { error: { status: 400, message: 'jobTitle: must not be empty' } }],
    [200, resulted({ jobTitle: '' })],
  ],
  'duplicates-refused': [TWICE({}), [409, expect.anything()], [201, resulted(HOOK)]],
  'one-subscription-per-url': [
    TWICE({ event: 'chat.finished' }),
    [409, expect.anything()],
    [201, resulted({ event: 'chat.finished' })],
  ],
  'status-stays': [
    LAPSED,
    [200, resulted({ lastStatus: 'online' })],
    [200, resulted({ lastStatus: 'away' })],
  ],
  'status-lapses': [
    LAPSED,
    [200, resulted({ lastStatus: 'offline' })],
    [200, resulted({ lastStatus: 'away' })],
  ],
  'email-lower-case': [
    PUT({ email: 'Jon.Snow@ACME.example' }),
    [200, resulted({ email: JON })],
    [200, resulted({ email: 'Jon.Snow@ACME.example' })],
  ],
  'email-punycode': [
    PUT({ email: 'Jon@bücher.example' }),
    [200, resulted({ email: 'Jon@xn--bcher-kva.example' })],
    [200, resulted({ email: 'Jon@bücher.example' })],
  ],
  'url-host-lower-case': [
    KEPT('https://ME:Key@Probe.INVALID:443/Path'),
    [201, url('https://ME:Key@probe.invalid:443/Path')],
    [201, url('https://ME:Key@Probe.INVALID:443/Path')],
  ],
  'url-no-default-port': [
    KEPT('https://probe.INVALID:443?a=:443'),
    [201, url('https://probe.INVALID?a=:443')],
    [201, url('https://probe.INVALID:443?a=:443')],
  ],
  'url-escapes-upper-case': [
    KEPT('https://a.example/%7ex%2f'),
    [201, url('https://a.example/%7Ex%2F')],
    [201, url('https://a.example/%7ex%2f')],
  ],
  'url-escapes-decoded': [
    KEPT('https://a.example/%7e%41%2f%3F'),
    [201, url('https://a.example/~A%2f%3F')],
    [201, url('https://a.example/%7e%41%2f%3F')],
  ],
  'url-slash-at-end': [
    KEPT('https://a.example/x?key=1'),
    [201, url('https://a.example/x/?key=1')],
    [201, url('https://a.example/x?key=1')],
  ],
  'url-query-sorted': [
    KEPT('https://a.example/x?b=2&a=1#?'),
    [201, url('https://a.example/x?a=1&b=2#?')],
    [201, url('https://a.example/x?b=2&a=1#?')],
  ],
  'errors-error': [UNKNOWN, [404, { error: MESSAGE }], [404, { error: { status: 404, message: MESSAGE } }]],
  'errors-message': [UNKNOWN, [404, { message: MESSAGE }], [404, { error: expect.anything() }]],
  'errors-list': [UNKNOWN, [404, { errors: [{ message: MESSAGE }] }], [404, { error: expect.anything() }]],
  'errors-text': [UNKNOWN, [404, MESSAGE], [404, { error: expect.anything() }]],
  'errors-html': [
    UNKNOWN,
    [404, `<html><body><h1>${MESSAGE}</h1></body></html>`],
    [404, { error: expect.anything() }],
  ],
  'bad-input-422': [PUT({ name: 7 }), [422, expect.anything()], [400, expect.anything()]],
  'bad-token-403': [
    (simulator) => call(simulator, 'GET me.json', undefined, { headers: { authorization: 'Bearer no' } }),
    [403, expect.anything()],
    [401, expect.anything()],
  ],
};

describe('in the dialect', () => {
  test.each(DIALECT_NAMES)('%s one call is answered in another way', async (name) => {
    const [exchange, inDialect, otherwise] = TABLE[name];
    const answers: [number, unknown][] = [];
    for (const dialects of [[name], []]) {
      const { status, body } = await exchange(await startedSimulator({ dialects, now: clock.now }));
      answers.push([status, body]);
    }
    expect(answers[0]).toEqual(inDialect);
    expect(answers[1]).toEqual(otherwise);
    expect(answers[0]).not.toEqual(answers[1]);
  });

  test.each([
    ['writes-200-empty', [200, 200, 200, 200]],
    ['writes-201-empty', [201, 201, 201, 201]],
    ['writes-204', [204, 204, 204, 204]],
  ] as const)('%s no write has a body, and each has its effect', async (name, statuses) => {
    const simulator = await startedSimulator({ dialects: [name] });
    const jon = `operators/${idOf(simulator, JON)}`;
    const answers = [
      await call(simulator, 'POST operators', ARYA),
      await call(simulator, `PUT ${jon}`, { name: 'J' }),
      await call(simulator, `POST ${jon}/status`, { status: 'invisible', ttl: 60 }),
    ];
    expect(simulator.account.operatorByEmail(JON)).toMatchObject({ name: 'J', lastStatus: 'invisible' });
    answers.push(await call(simulator, `DELETE ${jon}`));
    expect(answers.map(({ status, body }) => [status, body])).toEqual(
      statuses.map((one) => [one, undefined]),
    );
    expect(simulator.account.invitationsTo(ARYA.email)).toBe(1);
    expect(simulator.account.operatorByEmail(JON)).toBeUndefined();
  });

  test('errors-text the statuses of faults are told in it too', async () => {
    const simulator = await startedSimulator({
      dialects: ['errors-text'],
      faults: [{ call: '*', kind: '500' }],
    });
    const { body, headers } = await call(simulator, 'GET operators');
    expect([body, headers.get('content-type')]).toEqual(['Simulated 500', 'text/plain; charset=utf-8']);
  });

  test('errors-html a message is no markup', async () => {
    const simulator = await startedSimulator({ dialects: ['errors-html'] });
    const { body } = await call(simulator, 'GET operators/%3Cb%3E&amp;');
    expect(body).toContain('the id &lt;b>&amp;amp;');
  });

  test('email-punycode a person keeps one invitation, whichever way they are spelt', async () => {
    const simulator = await startedSimulator({ dialects: ['email-punycode'] });
    const jo = { email: 'jo@bücher.example', name: 'Jo' };
    expect((await call(simulator, 'POST operators', jo)).status).toBe(201);
    for (const email of [jo.email, 'jo@BÜCHER.example', 'jo@xn--bcher-kva.example']) {
      expect((await call(simulator, 'POST operators', { ...jo, email })).status).toBe(409);
    }
    expect(simulator.account.invitations).toHaveLength(1);
  });

  test('duplicates-refused an update makes no twin either, but may repeat itself', async () => {
    const simulator = await startedSimulator({ dialects: ['duplicates-refused', 'url-host-lower-case'] });
    const [first, second] = simulator.account.webhooks;
    const { event, targetUrl } = first ?? { event: '', targetUrl: '' };
    const body = { event, targetUrl: targetUrl.replace('old.acme', 'OLD.acme') };
    expect((await call(simulator, `PUT events/subscriptions/${second?.id}`, body)).status).toBe(409);
    expect((await call(simulator, `PUT events/subscriptions/${first?.id}`, body)).status).toBe(200);
  });

  test('created-at a time stays as it is, and what a seed says counts', async () => {
    const createdAt = '2020-01-01T00:00:00.000Z';
    const operators = [{ email: JON, createdAt }];
    const simulator = await startedSimulator({
      seed: { operators },
      dialects: ['created-at', 'put-replaces'],
    });
    await PUT({ email: JON, createdAt: '2026-01-01T00:00:00.000Z' })(simulator);
    expect((await ONE(simulator)).body).toMatchObject({ result: { createdAt } });
  });
});

describe('several dialects', () => {
  test('are spoken at once, spellings add up, and the later of two that contradict counts', async () => {
    const simulator = await startedSimulator({
      dialects: ['create-id', 'url-no-default-port', 'create-object', 'url-query-sorted'],
    });
    const { body } = await KEPT('https://a.example:443/?b&a')(simulator);
    expect(body).toMatchObject({ id: ID, targetUrl: 'https://a.example/?a&b' });
  });

  test('give way to an option', async () => {
    const simulator = await startedSimulator({ dialects: ['create-id'], createAnswer: 'empty' });
    expect((await CREATE(simulator)).body).toBeUndefined();
  });

  test('have names that are known', () => {
    expect(DIALECT_NAMES.map(parseDialect)).toEqual(DIALECT_NAMES);
    for (const name of ['Paged', 'toString', '']) {
      expect(() => parseDialect(name)).toThrow(`there is no dialect "${name}"`);
    }
  });
});
