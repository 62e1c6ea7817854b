import { MembraneClient } from '@membranehq/sdk';
import { SignJWT } from 'jose';
import { expect, onTestFinished, test } from 'vitest';
import { type SimulatedMembraneOptions, startSimulator } from '../../src/simulator/index.ts';

const BASE = 'https://app.chaport.com/api/v1';

async function serve(membrane: SimulatedMembraneOptions = {}) {
  const simulator = await startSimulator({ membrane });
  onTestFinished(() => simulator.close());
  const { apiUrl, accessToken: token } = simulator.membrane ?? { apiUrl: '', accessToken: '' };
  const ask = async (path: string, body?: unknown, bearer = token) => {
    const response = await fetch(apiUrl + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: JSON.parse(await response.text()) };
  };
  return { simulator, ask, sdk: new MembraneClient({ apiUri: apiUrl, token }) };
}

test('the SDK finds the connection by id and key, and reads through it', async () => {
  const { sdk, simulator } = await serve();
  const { items } = await sdk.connections.find();
  expect(items).toMatchObject([{ id: 'simulated-connection', key: 'chaport', state: 'READY' }]);
  for (const selector of ['simulated-connection', 'chaport']) {
    expect(await sdk.connection(selector).get()).toMatchObject({ id: 'simulated-connection' });
    expect((await sdk.connection(selector).proxy.get('/operators')).result).toHaveLength(5);
  }
  expect((await sdk.connection('chaport').proxy.get(`${BASE}/operators`)).result).toHaveLength(5);
  expect(simulator.account.requests.filter(({ call }) => call === 'GET operators')).toHaveLength(3);
});

test('lists come by pages', async () => {
  const others = [1, 2].map((n) => ({ id: `other-${n}`, name: `Other ${n}` }));
  const { ask } = await serve({ others });
  const first = await ask('/connections?limit=2');
  expect(first.body.items).toHaveLength(2);
  const rest = await ask(`/connections?limit=2&cursor=${first.body.cursor}`);
  expect(rest.body).toMatchObject({ items: [{ key: 'chaport' }] });
  expect(rest.body.cursor).toBeUndefined();
});

test('all ten actions do what their calls do, by /act and by /run', async () => {
  const { ask, simulator } = await serve();
  const run = async (key: string, input: unknown) => (await ask('/act', { key, input })).body.output;
  const { body } = await ask('/actions?connectionId=chaport');
  expect(body.items).toHaveLength(10);
  for (const { key, inputSchema } of body.items) {
    expect({ key, type: inputSchema.type }).toEqual({ key, type: 'object' });
  }
  expect((await run('list-operators', {})).result).toHaveLength(5);
  const created = await run('create-operator', { email: 'gilly@acme.example', name: 'Gilly' });
  const { id } = created.result;
  await run('update-operator', { id, jobTitle: 'Wildling' });
  await run('update-operator-status', { id, status: 'online', ttl: 60 });
  expect((await run('get-operator', { id })).result).toMatchObject({
    jobTitle: 'Wildling',
    lastStatus: 'online',
  });
  await run('delete-operator', { id });
  expect(simulator.account.operatorByEmail('gilly@acme.example')).toBeUndefined();
  const hook = { event: 'chat.started', targetUrl: 'https://hooks.acme.example/a' };
  const { id: hookId } = (await run('create-webhook', hook)).result;
  await run('update-webhook', { id: hookId, essential: true });
  expect((await run('get-webhook', { id: hookId })).result).toMatchObject({ ...hook, essential: true });
  const byRun = await ask('/actions/list-webhooks/run?connectionId=chaport', { input: {} });
  expect(byRun.body.output.result).toHaveLength(4);
  expect((await ask('/actions/simulated-list-webhooks/run?connectionId=nobody', { input: {} })).status).toBe(
    404,
  );
  expect((await ask('/act', { key: 'get-operator', input: { id: 'nobody' } })).body.error.status).toBe(404);
  expect((await ask('/act', { key: 'get-operator', input: {} })).body).toMatchObject({ type: 'bad_request' });
});

test('tokens of both forms are taken, with HS256 and HS512', async () => {
  const { ask, simulator } = await serve({ tenantKey: 'acme' });
  const { workspaceKey = '', workspaceSecret = '' } = simulator.membrane ?? {};
  for (const alg of ['HS256', 'HS512']) {
    for (const claims of [
      { iss: workspaceKey, id: 'acme' },
      { workspaceKey, tenantKey: 'acme', name: 'Acme' },
    ]) {
      const sign = (more: object) =>
        new SignJWT({ ...claims, ...more })
          .setProtectedHeader({ alg })
          .setExpirationTime('1m')
          .sign(new TextEncoder().encode(workspaceSecret));
      expect((await ask('/connections', undefined, await sign({}))).status).toBe(200);
      const other = 'iss' in claims ? { id: 'other' } : { tenantKey: 'other' };
      expect((await ask('/connections', undefined, await sign(other))).status).toBe(401);
    }
  }
});

test('a connection whose base is another one is reached by the whole URL alone', async () => {
  const { ask } = await serve({ base: '/' });
  expect((await ask('/connections/chaport/proxy/me.json')).status).toBe(404);
  expect((await ask(`/connections/chaport/proxy/${BASE}/me.json`)).status).toBe(200);
  expect((await ask('/connections/chaport/proxy/https://elsewhere.example/api/v1/me.json')).status).toBe(404);
});
