import { describe, expect, test } from 'vitest';
import type { Seed } from '../../src/simulator/index.ts';
import { call, idOf, movableClock, startedSimulator } from './api-caller.ts';

const OWNER = 'owner@acme.example';
const JON = 'jon.snow@acme.example';
const SEED: Seed = {
  owner: OWNER,
  operators: [
    { email: OWNER, name: 'Owner', role: 'admin', lastStatus: 'online' },
    { email: JON, name: 'Jon Snow', role: 'operator', jobTitle: 'Steward', lastStatus: 'away' },
  ],
  webhooks: [{ event: 'chat.started', targetUrl: 'https://hooks.acme.example/a', essential: true }],
};
const ARYA = { email: 'arya@acme.example', name: 'Arya Stark' };
const NOWHERE = 'ffffffffffffffffffffffff';

describe('access', () => {
  test.each([
    ['no token', { authorization: '' }],
    ['a wrong token', { authorization: 'Bearer wrong' }],
    ['another scheme', { authorization: 'Basic simulator-token' }],
  ])('%s is answered with 401 and JSON, and changes nothing', async (_name, headers) => {
    const simulator = await startedSimulator({ seed: SEED });
    const answer = await call(simulator, 'POST operators', ARYA, { headers });
    expect(answer.status).toBe(401);
    expect(answer.body).toEqual({ error: { status: 401, message: expect.stringContaining('token') } });
    expect(simulator.account.operators).toHaveLength(2);
  });

  test('the right token is greeted by me.json', async () => {
    const simulator = await startedSimulator({ seed: SEED, token: 's3cret' });
    expect((await call(simulator, 'GET me.json')).status).toBe(200);
  });
});

describe('operators', () => {
  test('are listed with the documented fields, those that were never set left out', async () => {
    const simulator = await startedSimulator({ seed: SEED });
    const { status, body } = await call(simulator, 'GET operators');
    expect(status).toBe(200);
    expect(body).toEqual({
      result: [
        {
          id: expect.stringMatching(/^[0-9a-f]{24}$/),
          email: OWNER,
          name: 'Owner',
          role: 'admin',
          lastStatus: 'online',
          realStatus: 'online',
        },
        {
          id: expect.stringMatching(/^[0-9a-f]{24}$/),
          email: JON,
          name: 'Jon Snow',
          role: 'operator',
          jobTitle: 'Steward',
          lastStatus: 'away',
          realStatus: 'away',
        },
      ],
    });
  });

  test('one is read by its id', async () => {
    const simulator = await startedSimulator({ seed: SEED });
    const { body } = await call(simulator, `GET operators/${idOf(simulator, JON)}`);
    expect(body).toMatchObject({ result: { email: JON } });
  });

  test('a create invites the person, once', async () => {
    const simulator = await startedSimulator({ seed: SEED });
    const { status, body } = await call(simulator, 'POST operators', {
      ...ARYA,
      role: 'admin',
      jobTitle: null,
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({ result: { id: idOf(simulator, ARYA.email), role: 'admin' } });
    expect(simulator.account.invitations).toEqual([{ email: ARYA.email, at: expect.any(Date) }]);
    expect(simulator.account.invitationsTo('ARYA@acme.example')).toBe(1);
  });

  test('the same e-mail again, in any case, is a conflict and invites nobody', async () => {
    const simulator = await startedSimulator({ seed: SEED });
    const answer = await call(simulator, 'POST operators', { ...ARYA, email: 'Jon.Snow@ACME.example' });
    expect(answer.status).toBe(409);
    expect(simulator.account.invitations).toEqual([]);
    expect(simulator.account.operators).toHaveLength(2);
  });

  test('an update cannot take the e-mail of another, but may respell its own', async () => {
    const simulator = await startedSimulator({ seed: SEED });
    const target = `PUT operators/${idOf(simulator, JON)}`;
    expect((await call(simulator, target, { email: OWNER.toUpperCase() })).status).toBe(409);
    expect((await call(simulator, target, { email: 'Jon.Snow@acme.example' })).status).toBe(200);
    expect(simulator.account.operators.map(({ email }) => email)).toEqual([OWNER, 'Jon.Snow@acme.example']);
  });

  test('ids are the same in every run and later ones sort later', async () => {
    const ids: string[][] = [];
    for (let run = 0; run < 2; run += 1) {
      const simulator = await startedSimulator({ seed: SEED });
      await call(simulator, 'POST operators', ARYA);
      ids.push(simulator.account.operators.map(({ id }) => id));
    }
    expect(ids[0]).toEqual(ids[1]);
    expect(ids[0]).toEqual(ids[0]?.toSorted());
    expect(new Set(ids[0]).size).toBe(3);
  });

  test('PUT merges: what is not sent stays, null and the empty text clear', async () => {
    const simulator = await startedSimulator({ seed: SEED });
    await call(simulator, `PUT operators/${idOf(simulator, JON)}`, { name: 'Jon', image: '' });
    expect(simulator.account.operatorByEmail(JON)).toMatchObject({
      name: 'Jon',
      jobTitle: 'Steward',
      image: '',
    });
    await call(simulator, `PUT operators/${idOf(simulator, JON)}`, { jobTitle: null });
    expect(simulator.account.operatorByEmail(JON)).toMatchObject({ name: 'Jon', jobTitle: null });
  });

  test('PUT replaces where it is told to: what is not sent is gone, and the e-mail must be there', async () => {
    const simulator = await startedSimulator({ seed: SEED, put: 'replace' });
    const target = `PUT operators/${idOf(simulator, JON)}`;
    expect((await call(simulator, target, { name: 'Jon' })).status).toBe(400);
    await call(simulator, target, { email: JON, name: 'Jon' });
    expect(simulator.account.operatorByEmail(JON)).toMatchObject({ name: 'Jon', jobTitle: undefined });
  });

  test('an update cannot give a role that does not exist, but sends back an odd one that is there', async () => {
    const operators = [
      ...(SEED.operators ?? []),
      { email: 'odd@acme.example', name: 'Odd', role: 'supervisor' },
    ];
    const simulator = await startedSimulator({ seed: { ...SEED, operators } });
    const jon = `PUT operators/${idOf(simulator, JON)}`;
    expect((await call(simulator, jon, { role: 'king', name: 'X' })).status).toBe(400);
    expect(simulator.account.operatorByEmail(JON)).toMatchObject({ role: 'operator', name: 'Jon Snow' });
    const odd = `PUT operators/${idOf(simulator, 'odd@acme.example')}`;
    expect((await call(simulator, odd, { role: 'supervisor', name: 'Even' })).status).toBe(200);
    expect(simulator.account.operatorByEmail('odd@acme.example')?.name).toBe('Even');
  });

  test('read-only and unknown fields in a body are ignored', async () => {
    const simulator = await startedSimulator({ seed: SEED });
    const id = idOf(simulator, JON);
    await call(simulator, `PUT operators/${id}`, { id: 'x', lastStatus: 'online', shoeSize: 9, name: 'J' });
    expect(simulator.account.operator(id)).toMatchObject({ id, lastStatus: 'away', name: 'J' });
    expect(simulator.account.operator(id)).not.toHaveProperty('shoeSize');
  });

  test('a delete takes the operator away and remembers it', async () => {
    const simulator = await startedSimulator({ seed: SEED });
    const id = idOf(simulator, JON);
    expect((await call(simulator, `DELETE operators/${id}`)).status).toBe(200);
    expect((await call(simulator, `DELETE operators/${id}`)).status).toBe(404);
    expect(simulator.account.operators.map(({ email }) => email)).toEqual([OWNER]);
    expect(simulator.account.deletedOperators).toEqual([{ id, email: JON, at: expect.any(Date) }]);
  });

  test('the owner is neither deleted nor given another role', async () => {
    const simulator = await startedSimulator({ seed: SEED });
    const id = idOf(simulator, OWNER);
    expect((await call(simulator, `DELETE operators/${id}`)).status).toBe(403);
    expect((await call(simulator, `PUT operators/${id}`, { role: 'operator' })).status).toBe(403);
    expect((await call(simulator, `PUT operators/${id}`, { role: 'admin', name: 'O' })).status).toBe(200);
    expect(simulator.account.operatorByEmail(OWNER)).toMatchObject({ role: 'admin', name: 'O' });
  });

  test('beyond the seats they arrive deactivated, and a delete frees a seat for the next', async () => {
    const simulator = await startedSimulator({ seed: { ...SEED, seats: 2 } });
    const { body } = await call(simulator, 'POST operators', ARYA);
    expect(body).toMatchObject({ result: { deactivated: true } });
    await call(simulator, `DELETE operators/${idOf(simulator, JON)}`);
    await call(simulator, 'POST operators', { email: 'bran@acme.example', name: 'Bran' });
    expect(simulator.account.operators.map(({ email, deactivated }) => [email, deactivated])).toEqual([
      [OWNER, false],
      [ARYA.email, true],
      ['bran@acme.example', false],
    ]);
  });
});

describe('statuses', () => {
  test('hold for their ttl and then give way to what was there before', async () => {
    const clock = movableClock();
    const simulator = await startedSimulator({ seed: SEED, now: clock.now });
    const target = `POST operators/${idOf(simulator, JON)}/status`;
    expect((await call(simulator, target, { status: 'online', ttl: 60 })).status).toBe(200);
    clock.advanceSeconds(59);
    expect(simulator.account.operatorByEmail(JON)).toMatchObject({
      lastStatus: 'online',
      realStatus: 'online',
    });
    clock.advanceSeconds(1);
    expect(simulator.account.operatorByEmail(JON)).toMatchObject({
      lastStatus: 'away',
      realStatus: 'offline',
    });
  });

  test('hold until validUntil', async () => {
    const clock = movableClock();
    const simulator = await startedSimulator({ seed: SEED, now: clock.now });
    const target = `POST operators/${idOf(simulator, JON)}/status`;
    await call(simulator, target, { status: 'offline', validUntil: '2026-11-22T12:00:00+01:00' });
    clock.advanceSeconds(3599);
    expect(simulator.account.operatorByEmail(JON)?.lastStatus).toBe('offline');
    clock.advanceSeconds(1);
    expect(simulator.account.operatorByEmail(JON)?.lastStatus).toBe('away');
  });

  test('one set over another gives way to what was there before both', async () => {
    const clock = movableClock();
    const simulator = await startedSimulator({ seed: SEED, now: clock.now });
    const target = `POST operators/${idOf(simulator, JON)}/status`;
    await call(simulator, target, { status: 'online', ttl: 600 });
    await call(simulator, target, { status: 'offline', ttl: 60 });
    clock.advanceSeconds(60);
    expect(simulator.account.operatorByEmail(JON)?.lastStatus).toBe('away');
  });

  test.each([
    ['both ends', { status: 'online', ttl: 60, validUntil: '2030-01-01T00:00:00Z' }, 'exactly one'],
    ['no end', { status: 'online' }, 'exactly one'],
    ['an end in the past', { status: 'online', validUntil: '2026-11-22T09:59:59Z' }, 'future'],
    ['an end that is no time', { status: 'online', validUntil: 'tomorrow' }, 'RFC 3339'],
    ['a ttl of nothing', { status: 'online', ttl: 0 }, 'more than 0'],
    ['a ttl in words', { status: 'online', ttl: '8h' }, 'whole number'],
    ['a status that is no word', { status: 'In a meeting', ttl: 60 }, 'a word such as online'],
  ])('%s is refused', async (_name, body, message) => {
    const simulator = await startedSimulator({ seed: SEED, now: movableClock().now });
    const answer = await call(simulator, `POST operators/${idOf(simulator, JON)}/status`, body);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({ error: { status: 400, message: expect.stringContaining(message) } });
    expect(simulator.account.operatorByEmail(JON)?.lastStatus).toBe('away');
  });
});

describe('subscriptions', () => {
  test('are created, read, changed and deleted', async () => {
    const simulator = await startedSimulator({ seed: SEED });
    const wanted = { event: 'chat.finished', targetUrl: 'https://hooks.acme.example/b' };
    const created = await call(simulator, 'POST events/subscriptions', wanted);
    const id = simulator.account.webhooks[1]?.id;
    expect(created).toMatchObject({ status: 201, body: { result: { id, ...wanted, essential: false } } });
    await call(simulator, `PUT events/subscriptions/${id}`, { essential: true });
    const read = await call(simulator, `GET events/subscriptions/${id}`);
    expect(read.body).toEqual({ result: { id, ...wanted, essential: true } });
    await call(simulator, `DELETE events/subscriptions/${id}`);
    expect((await call(simulator, 'GET events/subscriptions')).body).toMatchObject({
      result: [{ event: 'chat.started' }],
    });
    expect(simulator.account.webhooks).toHaveLength(1);
  });

  test('the same event and URL twice is allowed, as in reality', async () => {
    const simulator = await startedSimulator({ seed: SEED });
    const { event, targetUrl } = simulator.account.webhooks[0] ?? { event: '', targetUrl: '' };
    expect((await call(simulator, 'POST events/subscriptions', { event, targetUrl })).status).toBe(201);
    expect(simulator.account.webhooks.map((webhook) => webhook.targetUrl)).toEqual([targetUrl, targetUrl]);
  });

  test('PUT replaces where it is told to', async () => {
    const simulator = await startedSimulator({ seed: SEED, put: 'replace' });
    const webhook = simulator.account.webhooks[0];
    const target = `PUT events/subscriptions/${webhook?.id}`;
    expect((await call(simulator, target, { essential: true })).status).toBe(400);
    await call(simulator, target, { event: webhook?.event, targetUrl: webhook?.targetUrl });
    expect(simulator.account.webhooks[0]?.essential).toBe(false);
  });
});

describe('bad calls', () => {
  test.each([
    ['POST operators', '{"email":', 'not valid JSON'],
    ['POST operators', '[]', 'JSON object'],
    ['POST operators', { name: 'Arya' }, 'email: is required'],
    ['POST operators', { email: 'arya@acme.example' }, 'name: is required'],
    ['POST operators', { ...ARYA, name: '' }, 'name: must not be empty'],
    ['POST operators', { ...ARYA, email: 'arya' }, 'email: must be an e-mail address'],
    ['POST operators', { ...ARYA, role: 'king' }, 'role: must be one of operator, admin'],
    ['POST operators', { ...ARYA, jobTitle: 7 }, 'jobTitle: must be a string'],
    ['POST operators', { ...ARYA, language: '?' }, 'language: must be a language code'],
    ['POST events/subscriptions', { event: 'chat.started' }, 'targetUrl: is required'],
    [
      'POST events/subscriptions',
      { event: 'chat started', targetUrl: 'https://a.example/' },
      'event: must be',
    ],
    [
      'POST events/subscriptions',
      { event: 'chat.started', targetUrl: 'ftp://a.example/' },
      'targetUrl: must be',
    ],
    [
      'POST events/subscriptions',
      { event: 'chat.started', targetUrl: 'https://a.example/', essential: 'yes' },
      'essential: must be true or false',
    ],
  ])('%s with %j is refused with 400', async (target, body, message) => {
    const simulator = await startedSimulator({ seed: SEED });
    const before = simulator.snapshot();
    const answer = await call(simulator, target, body);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({ error: { status: 400, message: expect.stringContaining(message) } });
    expect(simulator.snapshot()).toEqual(before);
    expect(simulator.account.invitations).toEqual([]);
  });

  test('a body that is not called JSON is refused with 400', async () => {
    const simulator = await startedSimulator({ seed: SEED });
    const headers = { 'content-type': 'text/plain' };
    expect((await call(simulator, 'POST operators', ARYA, { headers })).status).toBe(400);
    expect(simulator.account.operators).toHaveLength(2);
  });

  test.each([
    `GET operators/${NOWHERE}`,
    `DELETE operators/${NOWHERE}`,
    `GET events/subscriptions/${NOWHERE}`,
    `DELETE events/subscriptions/${NOWHERE}`,
    'GET nothing',
    'GET operators/',
    'GET operators.json',
  ])('%s is answered with 404', async (target) => {
    const simulator = await startedSimulator({ seed: SEED });
    expect((await call(simulator, target)).status).toBe(404);
  });

  test('an unknown id is a 404 before the body is looked at', async () => {
    const simulator = await startedSimulator({ seed: SEED });
    expect((await call(simulator, `PUT operators/${NOWHERE}`, {})).status).toBe(404);
    expect((await call(simulator, `POST operators/${NOWHERE}/status`, {})).status).toBe(404);
    expect((await call(simulator, `PUT events/subscriptions/${NOWHERE}`, {})).status).toBe(404);
  });

  test('a path beside the API is answered with 404', async () => {
    const simulator = await startedSimulator({ seed: SEED });
    expect((await call(simulator, 'GET operators', undefined, { base: simulator.origin })).status).toBe(404);
  });

  test('another method is answered with 405 and the methods that are possible', async () => {
    const simulator = await startedSimulator({ seed: SEED });
    const answer = await call(simulator, 'DELETE operators');
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, POST');
  });

  test('a body beyond 1 MiB is answered with 413', async () => {
    const simulator = await startedSimulator({ seed: SEED });
    const answer = await call(simulator, 'POST operators', { ...ARYA, jobTitle: 'x'.repeat(1024 * 1024) });
    expect(answer.status).toBe(413);
    expect(simulator.account.operators).toHaveLength(2);
  });
});
