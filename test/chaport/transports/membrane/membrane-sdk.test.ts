import { MembraneClient } from '@membranehq/sdk';
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { makeClient } from '../../../support/chaport-client.ts';
import { READY_TOKEN, WORKSPACE } from '../../../support/membrane-client.ts';
import {
  json,
  type ScriptedServer,
  type SeenRequest,
  startScriptedServer,
} from '../../../support/scripted-server.ts';

const CONNECTION = '6650c9a1f0a3d2b1c4e5f607';
const TOKEN = READY_TOKEN.kind === 'token' ? String(READY_TOKEN.token) : '';
const CREDENTIALS = WORKSPACE.kind === 'workspace' ? WORKSPACE : null;

const PERSON = {
  email: 'arya+é@acme.example',
  name: 'Arya "No one" Stark ☃',
  jobTitle: 'Wolf',
  role: 'operator',
  language: 'en',
  image: 'https://acme.example/arya.png?a=1&b=%20',
};
const HOOK = { event: 'chat.started', targetUrl: 'https://hooks.acme.example/c?key=a%2Fb', essential: true };
/** Ids are opaque: these have what paths treat in their own way. */
const ID = '59747c3ff77948220136b7b3';
const ODD_ID = 'a b/c?d#e&f:g';
const ODD_PART = encodeURIComponent(ODD_ID);

type Ours = ReturnType<typeof makeClient>;
type Proxy = ReturnType<MembraneClient['connection']>['proxy'];

const CALLS: [string, (ours: Ours) => Promise<unknown>, (proxy: Proxy) => Promise<unknown>][] = [
  ['GET /me.json', ({ reader }) => reader.checkToken(), (proxy) => proxy.get('/me.json')],
  [
    'GET of a list',
    ({ reader }) => reader.readAccount(new Set(['operators'])),
    (proxy) => proxy.get('/operators'),
  ],
  [
    'GET of a nested list',
    ({ reader }) => reader.readAccount(new Set(['webhooks'])),
    (proxy) => proxy.get('/events/subscriptions'),
  ],
  [
    'POST of an operator',
    ({ writer }) => writer.create('operator', PERSON),
    (proxy) => proxy.post('/operators', PERSON),
  ],
  [
    'POST of a webhook',
    ({ writer }) => writer.create('webhook', HOOK),
    (proxy) => proxy.post('/events/subscriptions', HOOK),
  ],
  [
    'POST of a status',
    ({ writer }) => writer.update('status', ID, { status: 'online', ttl: 28_800 }),
    (proxy) => proxy.post(`/operators/${ID}/status`, { status: 'online', ttl: 28_800 }),
  ],
  [
    'PUT of an operator',
    ({ writer }) => writer.update('operator', ID, { ...PERSON, jobTitle: null }),
    (proxy) => {
      const { jobTitle: _, ...kept } = PERSON;
      return proxy.put(`/operators/${ID}`, { ...kept, jobTitle: '' });
    },
  ],
  [
    'PUT of a webhook with an odd id',
    ({ writer }) => writer.update('webhook', ODD_ID, HOOK),
    (proxy) => proxy.put(`/events/subscriptions/${ODD_PART}`, HOOK),
  ],
  [
    'DELETE of an operator',
    ({ writer }) => writer.delete('operator', ID),
    (proxy) => proxy.delete(`/operators/${ID}`),
  ],
  [
    'DELETE of a webhook with an odd id',
    ({ writer }) => writer.delete('webhook', ODD_ID),
    (proxy) => proxy.delete(`/events/subscriptions/${ODD_PART}`),
  ],
];

/** What Membrane goes by. Of `accept` and `user-agent` it only passes on what it likes. */
const HEADERS_THAT_MATTER = ['authorization', 'content-type', 'membrane-api-version'];

function essence({ method, url, headers, body }: SeenRequest) {
  return {
    method,
    url,
    headers: HEADERS_THAT_MATTER.map((name) => [name, headers[name]]),
    bytes: Buffer.from(body).toString('hex'),
  };
}

function recordingServer(): Promise<ScriptedServer> {
  return startScriptedServer(({ url }) =>
    json(200, { result: url.endsWith('/operators') ? [{ id: ID, email: 'a@b.example' }] : [] }),
  );
}

describe('what Membrane gets is what its own SDK sends', () => {
  // With an address of its own, and with one below a path, as where Membrane is self-hosted.
  describe.each(['', '/membrane'])('at an API whose path is "%s"', (path) => {
    test.each(CALLS)('for %s', async (_name, ours, theirs) => {
      const server = await recordingServer();
      const apiUrl = server.url + path;
      const sdk = new MembraneClient({ apiUri: apiUrl, token: TOKEN });
      await theirs(sdk.connection(CONNECTION).proxy);
      const client = makeClient(apiUrl, {
        via: { kind: 'membrane', apiUrl, connectionId: CONNECTION, credentials: READY_TOKEN },
      });
      await ours(client);
      const [official, own, ...more] = server.requests.map(essence);
      expect(official?.url).toContain(`${path}/connections/${CONNECTION}/proxy/`);
      expect(own).toEqual(official);
      expect(more).toEqual([]);
    });
  });

  test('with tokens of the same make, valid at the same server', async () => {
    const server = await recordingServer();
    const { workspaceKey = '', workspaceSecret = '', tenantKey = '' } = CREDENTIALS ?? {};
    const sdk = new MembraneClient({ apiUri: server.url, workspaceKey, workspaceSecret, tenantKey });
    await sdk.connection(CONNECTION).proxy.get('/me.json');
    const { reader } = makeClient(server.url, {
      via: { kind: 'membrane', apiUrl: server.url, connectionId: CONNECTION, credentials: WORKSPACE },
      clock: { now: () => Date.now(), elapsed: () => 0, sleep: async () => {} },
    });
    await reader.checkToken();
    const [official = '', own = ''] = server.requests.map(({ headers }) =>
      String(headers.authorization).replace(/^Bearer /, ''),
    );
    expect(decodeProtectedHeader(own)).toEqual(decodeProtectedHeader(official));
    const { exp: theirEnd = 0, ...theirs } = decodeJwt(official);
    const { exp: ourEnd = 0, ...ours } = decodeJwt(own);
    expect(ours).toEqual(theirs);
    expect(ourEnd).toBeGreaterThan(Date.now() / 1000 + 60);
    expect(ourEnd).toBeLessThanOrEqual(theirEnd);
    const secret = new TextEncoder().encode(workspaceSecret);
    for (const token of [official, own]) await jwtVerify(token, secret);
  });
});
