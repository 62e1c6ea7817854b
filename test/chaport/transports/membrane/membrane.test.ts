import { describe, expect, test } from 'vitest';
import { SecretBook } from '../../../../src/model/secrets.ts';
import { startedSimulator } from '../../../simulator/api-caller.ts';
import { failureOf, operatorJson, TestClock } from '../../../support/chaport-client.ts';
import { startConnectProxy } from '../../../support/connect-proxy.ts';
import {
  ALL,
  clientOf,
  makeMembraneClient,
  OPERATORS_ONLY,
  READY_TOKEN,
  WORKSPACE,
} from '../../../support/membrane-client.ts';
import {
  type Answer,
  json,
  reset,
  startScriptedServer,
  text,
  truncated,
} from '../../../support/scripted-server.ts';

const PROXY_PATH = '/connections/connection-1/proxy';
const LIST = json(200, { result: [operatorJson(1)] });
const ARYA = { email: 'arya@acme.example', name: 'Arya' };

function membraneError(status: number, type: string, key?: string, message = 'It says why'): Answer {
  return json(status, { type, key, message });
}

describe('an account behind Membrane', () => {
  test('is read and changed as one that is reached directly', async () => {
    const clock = new TestClock();
    const now = () => new Date(clock.time);
    const simulator = await startedSimulator({ membrane: { now }, now });
    const { reader, writer } = clientOf(simulator, { clock });
    await reader.checkToken();
    const { operators, webhooks } = await reader.readAccount(ALL);
    expect([operators?.length, webhooks?.length]).toEqual([5, 3]);
    const { id } = await writer.create('operator', ARYA);
    await writer.update('operator', id ?? '', { ...ARYA, jobTitle: 'No one' });
    await writer.update('status', id ?? '', { status: 'away', ttl: 60 });
    await writer.delete('webhook', webhooks?.[0]?.id ?? '');
    expect(simulator.account.operatorByEmail(ARYA.email)).toMatchObject({
      jobTitle: 'No one',
      lastStatus: 'away',
    });
    expect(simulator.account.webhooks).toHaveLength(2);
    expect(new Set(simulator.account.requests.map(({ via }) => via))).toEqual(new Set(['membrane']));
  });

  test('is known in documents by the address of the connection', async () => {
    const { reader } = makeMembraneClient('https://membrane.example/self-hosted');
    expect(reader.baseUrl).toBe('https://membrane.example/self-hosted/connections/connection-1/proxy');
  });

  test('is reached as the tenant of the workspace, or as whom the token names', async () => {
    const claims = Buffer.from('{"id":"acme","iss":"w"}').toString('base64url');
    const token = { kind: 'token', token: `e30.${claims}.x` } as const;
    const ways = [WORKSPACE, READY_TOKEN, token].map((credentials) =>
      makeMembraneClient('https://membrane.example', { credentials }).describeWay(),
    );
    expect(await Promise.all(ways)).toEqual([
      'through Membrane, connection connection-1, as tenant acme of workspace workspace-1',
      'through Membrane, connection connection-1, as the owner of the token',
      'through Membrane, connection connection-1, as tenant acme of workspace w',
    ]);
  });

  test('is read on from the links of its own address, always through the connection', async () => {
    const server = await startScriptedServer(({ url }) =>
      url.includes('page=2')
        ? json(200, { result: [operatorJson(2)] })
        : json(200, {
            result: [operatorJson(1)],
            links: { next: 'https://app.chaport.com/api/v1/operators?page=2' },
          }),
    );
    const { reader } = makeMembraneClient(server.url);
    const { operators } = await reader.readAccount(OPERATORS_ONLY);
    expect(operators?.map(({ id }) => id)).toEqual(['id-1', 'id-2']);
    expect(server.requests.map(({ url }) => url)).toEqual([
      `${PROXY_PATH}/operators`,
      `${PROXY_PATH}/operators?page=2`,
    ]);
  });

  test.each([
    'https://app.chaport.com/api/v1/visitors?page=2',
    'https://api.getmembrane.com/connections/connection-2/proxy/me.json',
    'ftp://app.chaport.com/operators',
  ])('is not read on from %s', async (next) => {
    const server = await startScriptedServer([json(200, { result: [operatorJson(1)], links: { next } })]);
    const error = await failureOf(makeMembraneClient(server.url).reader.readAccount(OPERATORS_ONLY));
    expect(error.message).toContain('links.next leads out of the API');
    expect(server.requests).toHaveLength(1);
  });
});

describe('the rules of the network', () => {
  test('hold for Membrane’s address: the proxy of the environment is asked for it', async () => {
    const proxy = await startConnectProxy(() => ({ answer: '403 Forbidden' }));
    const { reader } = makeMembraneClient('https://membrane.example', {
      proxyEnv: { HTTPS_PROXY: `http://${proxy.host}` },
    });
    const error = await failureOf(reader.checkToken());
    expect(error.message).toContain('answered 403 instead of connecting to membrane.example');
    expect(proxy.asked.map(({ target }) => target)).toEqual(['membrane.example:443']);
  });

  test('hold for what it says: an address that nobody answers at is MEMBRANE_API_URL’s', async () => {
    const server = await startScriptedServer([LIST]);
    await server.close();
    const error = await failureOf(makeMembraneClient(server.url).reader.checkToken());
    expect(error).toMatchObject({ code: 'unreachable', hint: 'Check MEMBRANE_API_URL and the network.' });
  });
});

describe('the token', () => {
  test('is renewed before it ends, however long a run takes', async () => {
    const clock = new TestClock();
    const now = () => new Date(clock.time);
    const simulator = await startedSimulator({ membrane: { now } });
    const { reader } = clientOf(simulator, { clock });
    for (let minutes = 0; minutes < 60; minutes += 7) {
      await reader.checkToken();
      clock.time += 7 * 60_000;
    }
    const tokens = simulator.account.requests.map(({ headers }) => headers.authorization);
    expect(simulator.account.requests.map(({ status }) => status)).toEqual(Array(9).fill(200));
    expect(new Set(tokens).size).toBeGreaterThan(3);
  });

  test('is sent as it is when a ready one was given', async () => {
    const server = await startScriptedServer([LIST]);
    await makeMembraneClient(server.url, { credentials: READY_TOKEN }).reader.checkToken();
    expect(server.requests[0]?.headers.authorization).toBe('Bearer pat-zq/kv+4f9a');
  });

  test('does not follow a redirect', async () => {
    const elsewhere = await startScriptedServer([LIST]);
    const server = await startScriptedServer([text(307, '', { location: `${elsewhere.url}/x` })]);
    const error = await failureOf(makeMembraneClient(server.url).reader.checkToken());
    expect(error).toMatchObject({
      code: 'unexpected-answer',
      hint: expect.stringContaining('MEMBRANE_API_URL'),
    });
    expect(elsewhere.requests).toEqual([]);
  });

  test('and the secret are masked, in every answer and in every spelling', async () => {
    const secrets = new SecretBook();
    const clock = new TestClock();
    const seen: string[] = [];
    const server = await startScriptedServer(({ headers }) => {
      const token = String(headers.authorization).replace('Bearer ', '');
      seen.push(token);
      const secret = WORKSPACE.kind === 'workspace' ? WORKSPACE.workspaceSecret : '';
      // Also what was sent before: a renewed token does not make the last one public.
      return json(400, {
        message: [...seen, secret, encodeURIComponent(secret), JSON.stringify(secret)].join(' '),
      });
    });
    const { reader } = makeMembraneClient(server.url, { secrets, clock });
    const said: string[] = [];
    for (let run = 0; run < 3; run += 1) {
      said.push((await failureOf(reader.checkToken())).message);
      clock.time += 600_000;
    }
    expect(new Set(seen).size).toBe(3);
    for (const hidden of [...seen, ...seen.map((token) => token.split('.')[2]), 'space', 'secret']) {
      expect(said.join('\n')).not.toContain(hidden);
    }
    expect(said[2]).toContain('*** *** *** *** ***');
  });

  test('that was given ready is masked', async () => {
    const server = await startScriptedServer([text(403, 'no: pat-zq/kv+4f9a, pat-zq%2Fkv%2B4f9a')]);
    const { reader } = makeMembraneClient(server.url, { credentials: READY_TOKEN });
    expect((await failureOf(reader.checkToken())).message).toContain(': no: ***, ***');
  });
});

describe('an error of Membrane is told apart from one of Chaport', () => {
  test.each([
    [401, 'bad_request', 'not_authenticated', 'unauthorised', /MEMBRANE_WORKSPACE_SECRET.* clock/],
    [401, 'bad_request', undefined, 'unauthorised', /MEMBRANE_WORKSPACE_SECRET/],
    [403, 'bad_request', 'access_denied', 'unauthorised', /another tenant/],
    [404, 'bad_request', 'not_found', 'connection-unusable', /--connection .*`membrane connect /],
    [
      400,
      'connection',
      'connection_is_defunct',
      'connection-unusable',
      /`membrane connect --connectionId connection-1`/,
    ],
    [
      401,
      'connection',
      'access_token_expired',
      'connection-unusable',
      /`membrane connect --connectionId connection-1`/,
    ],
    [400, 'configuration', undefined, 'connection-unusable', /not set up/],
    [402, 'insufficient_credit', undefined, 'connection-unusable', /credits/],
    [400, 'bad_request', undefined, 'rejected', null],
  ])('%i %s %s is %s', async (status, type, key, code, hint) => {
    const server = await startScriptedServer([membraneError(status, type, key)]);
    const { reader, writer } = makeMembraneClient(server.url);
    const calls = [
      () => reader.readAccount(OPERATORS_ONLY),
      () => writer.create('operator', ARYA),
      () => writer.delete('operator', 'id-1'),
    ];
    for (const call of calls) {
      const error = await failureOf(call());
      expect(error).toMatchObject({ code, status, attempts: 1, acted: 'none' });
      expect(error.message).toMatch(new RegExp(`: Membrane answered ${status} .*: It says why$`));
      if (hint === null) expect(error.hint).toBeUndefined();
      else expect(error.hint).toMatch(hint);
    }
  });

  test('a connection that has lost its credentials is to be connected again, also where it has no type', async () => {
    const server = await startScriptedServer([json(401, { code: 'CONNECTION_DISCONNECTED' })]);
    const { writer } = makeMembraneClient(server.url);
    const error = await failureOf(writer.create('operator', ARYA));
    expect(error).toMatchObject({ code: 'connection-unusable', attempts: 1, acted: 'none' });
    expect(error.hint).toContain('`membrane connect --connectionId connection-1`');
  });

  test('a ready token that is refused is to be made anew', async () => {
    const server = await startScriptedServer([membraneError(401, 'bad_request', 'not_authenticated')]);
    const { reader } = makeMembraneClient(server.url, { credentials: READY_TOKEN });
    expect((await failureOf(reader.checkToken())).hint).toContain('MEMBRANE_TOKEN');
  });

  test.each([
    [
      401,
      { error: { status: 401, message: 'bad token' } },
      'unauthorised',
      /membrane connect --connectionId connection-1/,
    ],
    [404, { message: 'not here', type: 'error' }, 'not-found', /one to Chaport/],
    [400, { type: 'internal' }, 'unexpected-answer', null],
    [400, 'bad_request', 'unexpected-answer', null],
  ])('Chaport’s own %i %j stays Chaport’s', async (status, body, code, hint) => {
    const server = await startScriptedServer([json(status, body)]);
    const error = await failureOf(makeMembraneClient(server.url).reader.readAccount(OPERATORS_ONLY));
    expect(error).toMatchObject({ code, status });
    expect(error.message).toContain(': the server answered ');
    if (hint === null) expect(error.hint).toBeUndefined();
    else expect(error.hint).toMatch(hint);
  });

  test('a delete is done when Chaport does not know the id, not when Membrane does not know the connection', async () => {
    const gone = await startScriptedServer([json(404, { error: 'no such operator' })]);
    expect(await makeMembraneClient(gone.url).writer.delete('operator', 'id-1')).toEqual({
      id: 'id-1',
      attempts: 1,
      found: false,
    });
    const unknown = await startScriptedServer([membraneError(404, 'bad_request', 'not_found')]);
    const error = await failureOf(makeMembraneClient(unknown.url).writer.delete('operator', 'id-1'));
    expect(error.code).toBe('connection-unusable');
  });

  test('a delete whose 404 breaks off is made again, since nobody knows whose it was', async () => {
    const server = await startScriptedServer([
      truncated(404, '{"type":"bad_req'),
      json(404, { error: 'gone' }),
    ]);
    const result = await makeMembraneClient(server.url).writer.delete('operator', 'id-1');
    expect(result.attempts).toBe(2);
  });
});

describe('what may pass is tried again through Membrane as well', () => {
  test.each([
    ['its own 429', membraneError(429, 'bad_request', 'rate_limit_exceeded')],
    ['its own 429 without a key', membraneError(429, 'bad_request')],
    ['Chaport’s limit in its words', membraneError(400, 'connection', 'rate_limit_exceeded')],
  ])('%s, for a create too: it was not passed on', async (_name, answer) => {
    const server = await startScriptedServer([answer, json(201, { id: 'id-9' })]);
    const { writer } = makeMembraneClient(server.url);
    expect(await writer.create('operator', ARYA)).toEqual({ id: 'id-9', attempts: 2 });
  });

  test('Retry-After of Membrane is obeyed', async () => {
    const slow = json(
      429,
      { type: 'bad_request', key: 'rate_limit_exceeded', message: 'Slow' },
      { 'retry-after': '7' },
    );
    const server = await startScriptedServer([slow, LIST]);
    const { reader, clock } = makeMembraneClient(server.url);
    await reader.readAccount(OPERATORS_ONLY);
    expect(clock.slept.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThanOrEqual(7000);
  });

  test('a wait that is too long ends the call', async () => {
    const answer = json(
      429,
      { type: 'bad_request', key: 'rate_limit_exceeded', message: 'Slow' },
      { 'retry-after': '9000' },
    );
    const server = await startScriptedServer([answer]);
    const error = await failureOf(makeMembraneClient(server.url).reader.checkToken());
    expect(error).toMatchObject({ code: 'rate-limited', attempts: 1 });
    expect(error.message).toContain('it asks to wait 9000 s');
  });

  test.each([
    ['500', membraneError(500, 'internal')],
    ['a failure with a 4xx', membraneError(400, 'internal')],
    ['a lock that was not had', membraneError(409, 'concurrency', 'lock_timeout')],
    ['502 of a server before it', text(502, '<html>Bad gateway</html>')],
    ['a reset', reset],
  ])('%s: reads and updates again, a create never: it may have been passed on', async (_name, answer) => {
    const server = await startScriptedServer(({ method, url }) =>
      method === 'POST' ||
      server.requests.filter((seen) => seen.method === method && seen.url === url).length === 1
        ? answer
        : LIST,
    );
    const { reader, writer } = makeMembraneClient(server.url);
    await reader.readAccount(OPERATORS_ONLY);
    expect(await writer.update('operator', 'id-1', ARYA)).toEqual({ id: 'id-1', attempts: 2 });
    const error = await failureOf(writer.create('operator', ARYA));
    expect(error).toMatchObject({ code: 'unavailable', attempts: 1 });
  });

  test.each([
    [504, 'It says why'],
    [500, 'timeout of 30000ms exceeded'],
    [500, 'It says why'],
  ])('a create that ends with %i “%s” may act later, whatever the words are', async (status, message) => {
    const server = await startScriptedServer([membraneError(status, 'internal', undefined, message)]);
    const error = await failureOf(makeMembraneClient(server.url).writer.create('operator', ARYA));
    expect(error).toMatchObject({ acted: 'maybe-later' });
  });
});
