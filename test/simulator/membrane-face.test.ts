import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { MembraneFace, Simulator } from '../../src/simulator/index.ts';
import { call, idOf, startedSimulator } from './api-caller.ts';

const JON = 'jon.snow@acme.example';
const NOW = 1_795_000_000;
const clock = { now: () => new Date(NOW * 1000) };

function signed(claims: object, secret = 'simulated-secret', alg = 'HS256'): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const input = `${encode({ alg, typ: 'JWT' })}.${encode(claims)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

const GOOD = { iss: 'simulated-workspace', id: 'team', exp: NOW + 60 };

function faceOf(simulator: Simulator): MembraneFace {
  if (!simulator.membrane) throw new Error('the Membrane face is off');
  return simulator.membrane;
}

function throughMembrane(
  simulator: Simulator,
  target: string,
  body?: unknown,
  { token = signed(GOOD), connection = faceOf(simulator).connectionId } = {},
) {
  return call(simulator, target, body, {
    base: `${faceOf(simulator).apiUrl}/connections/${connection}/proxy`,
    headers: { authorization: token === '' ? '' : `Bearer ${token}` },
  });
}

describe('the Membrane face', () => {
  test('serves the same account, with the answers as the API gives them', async () => {
    const simulator = await startedSimulator({ membrane: clock });
    const proxied = await throughMembrane(simulator, 'GET operators');
    const direct = await call(simulator, 'GET operators');
    expect(proxied.body).toEqual(direct.body);
    const arya = { email: 'arya@acme.example', name: 'Arya' };
    expect((await throughMembrane(simulator, 'POST operators', arya)).status).toBe(201);
    expect((await throughMembrane(simulator, 'POST operators', arya)).body).toMatchObject({
      error: { status: 409 },
    });
    await throughMembrane(simulator, `PUT operators/${idOf(simulator, JON)}`, { name: 'J' });
    await throughMembrane(simulator, `DELETE events/subscriptions/${simulator.account.webhooks[0]?.id}`);
    expect(simulator.account.invitationsTo(arya.email)).toBe(1);
    expect(simulator.account.operatorByEmail(JON)?.name).toBe('J');
    expect(simulator.account.webhooks).toHaveLength(2);
    expect(simulator.account.requests[0]).toMatchObject({ via: 'membrane', path: '/operators' });
    expect(simulator.account.requests[1]).toMatchObject({ via: 'chaport', path: '/operators' });
  });

  test.each([
    ['none', ''],
    ['signed with another secret', signed(GOOD, 'other')],
    ['of another workspace', signed({ ...GOOD, iss: 'other' })],
    ['that ends now', signed({ ...GOOD, exp: NOW })],
    ['without an end', signed({ ...GOOD, exp: undefined })],
    ['of another algorithm', signed(GOOD, 'simulated-secret', 'none')],
    ['with a cut signature', signed(GOOD).slice(0, -4)],
    ['with more parts', `${signed(GOOD)}.x`],
    ["that is Chaport's own", 'simulator-token'],
  ])('refuses a token %s', async (_name, token) => {
    const simulator = await startedSimulator({ membrane: clock });
    const answer = await throughMembrane(simulator, 'DELETE operators', undefined, { token });
    expect(answer.status).toBe(401);
    expect(answer.body).toEqual({
      type: 'bad_request',
      key: 'not_authenticated',
      message: expect.any(String),
    });
  });

  test('refuses the token of another tenant only where it has one', async () => {
    const any = await startedSimulator({ membrane: clock });
    const one = await startedSimulator({ membrane: { ...clock, tenantKey: 'acme' } });
    expect((await throughMembrane(any, 'GET operators')).status).toBe(200);
    expect((await throughMembrane(one, 'GET operators')).status).toBe(401);
    const token = signed({ ...GOOD, id: 'acme' });
    expect((await throughMembrane(one, 'GET operators', undefined, { token })).status).toBe(200);
  });

  test('takes a ready token, and checks expiry with the real clock by default', async () => {
    const simulator = await startedSimulator({ membrane: true, now: () => new Date('2040-01-01') });
    const exp = Math.floor(Date.now() / 1000) + 60;
    for (const token of [faceOf(simulator).accessToken, signed({ ...GOOD, exp })]) {
      expect((await throughMembrane(simulator, 'GET me.json', undefined, { token })).status).toBe(200);
    }
  });

  test('does not know another connection', async () => {
    const simulator = await startedSimulator({ membrane: clock });
    const answer = await throughMembrane(simulator, 'GET operators', undefined, { connection: 'other' });
    expect(answer.status).toBe(404);
    expect(answer.body).toEqual({
      type: 'bad_request',
      key: 'not_found',
      message: 'Connection "other" not found',
    });
  });

  test('passes nothing on while the connection is disconnected', async () => {
    const simulator = await startedSimulator({ membrane: { ...clock, disconnected: true } });
    const target = `DELETE operators/${idOf(simulator, JON)}`;
    const answer = await throughMembrane(simulator, target);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ type: 'connection', key: 'connection_is_defunct' });
    expect(simulator.account.operatorByEmail(JON)).toBeDefined();
    const connection = () =>
      call(simulator, `GET connections/${faceOf(simulator).connectionId}`, undefined, {
        base: simulator.origin,
        headers: { authorization: `Bearer ${signed(GOOD)}` },
      });
    expect(await connection()).toMatchObject({ status: 200, body: { connected: false, disconnected: true } });
    faceOf(simulator).disconnected = false;
    expect(await connection()).toMatchObject({ status: 200, body: { connected: true, disconnected: false } });
    expect((await throughMembrane(simulator, target)).status).toBe(200);
  });

  test('gets the faults of the same calls', async () => {
    const simulator = await startedSimulator({
      membrane: clock,
      faults: [{ call: 'GET operators', kind: 'membrane-429' }],
    });
    const first = await throughMembrane(simulator, 'GET operators');
    expect(first).toMatchObject({ status: 429, body: { key: 'rate_limit_exceeded' } });
    expect((await throughMembrane(simulator, 'GET operators')).status).toBe(200);
  });

  test('is not there unless it is asked for', async () => {
    const simulator = await startedSimulator();
    const answer = await call(simulator, 'GET connections/simulated-connection/proxy/operators', undefined, {
      base: simulator.origin,
    });
    expect(answer.status).toBe(404);
    expect(simulator.membrane).toBeNull();
  });
});
