import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { chooseProxy } from '../../../src/chaport/http/proxy.ts';
import { UserError } from '../../../src/model/errors.ts';
import { failureOf, makeClient, operatorJson } from '../../support/chaport-client.ts';
import { startConnectProxy } from '../../support/connect-proxy.ts';
import { json, startScriptedServer, text } from '../../support/scripted-server.ts';
import { SELF_SIGNED } from '../../support/self-signed.ts';

const API = 'https://app.chaport.com/api/v1';
const NEEDED = new Set(['operators']);
const OWNER = json(200, { result: [operatorJson(1)] });

describe('chooseProxy', () => {
  it.each<[string, string, Record<string, string>, string | null]>([
    ['nothing is set', API, {}, null],
    ['HTTPS_PROXY', API, { HTTPS_PROXY: 'http://p:3128' }, 'http://p:3128'],
    ['the lower-case name wins', API, { HTTPS_PROXY: 'http://a', https_proxy: 'http://b' }, 'http://b'],
    ['an empty one does not count', API, { https_proxy: ' ', HTTPS_PROXY: 'http://a' }, 'http://a'],
    ['HTTP_PROXY stands in', API, { HTTP_PROXY: 'http://a' }, 'http://a'],
    ['HTTPS_PROXY wins over it', API, { http_proxy: 'http://a', HTTPS_PROXY: 'http://b' }, 'http://b'],
    ['no scheme', API, { HTTPS_PROXY: 'proxy.example:3128' }, 'http://proxy.example:3128'],
    ['an https proxy', API, { HTTPS_PROXY: 'https://p.example' }, 'https://p.example'],
    ['localhost', 'http://localhost:8080', { HTTP_PROXY: 'http://p', HTTPS_PROXY: 'http://p' }, null],
    ['127.0.0.1', 'https://127.0.0.1:8443', { HTTPS_PROXY: 'http://p' }, null],
    ['[::1]', 'http://[::1]:8080', { HTTP_PROXY: 'http://p' }, null],
    ['NO_PROXY: the host', API, { HTTPS_PROXY: 'http://p', NO_PROXY: 'x.y,APP.chaport.com' }, null],
    ['NO_PROXY: its domain', API, { HTTPS_PROXY: 'http://p', no_proxy: '.chaport.com' }, null],
    ['NO_PROXY: with a star', API, { HTTPS_PROXY: 'http://p', no_proxy: '*.chaport.com' }, null],
    ['NO_PROXY: everything', API, { HTTPS_PROXY: 'http://p', NO_PROXY: 'a *' }, null],
    ['NO_PROXY: the port', API, { HTTPS_PROXY: 'http://p', NO_PROXY: 'chaport.com:443' }, null],
    ['NO_PROXY: another port', API, { HTTPS_PROXY: 'http://p', NO_PROXY: 'chaport.com:8443' }, 'http://p'],
    ['NO_PROXY: an end alone', API, { HTTPS_PROXY: 'http://p', NO_PROXY: 'port.com' }, 'http://p'],
    ['NO_PROXY: empty', API, { HTTPS_PROXY: 'http://p', NO_PROXY: ' , ' }, 'http://p'],
  ])('%s', (_name, baseUrl, env, expected) => {
    expect(chooseProxy(baseUrl, env)?.url ?? null).toBe(expected);
  });

  it('keeps the credentials apart from what is shown', () => {
    const proxy = chooseProxy(API, { HTTPS_PROXY: 'http://bob:p%40ss@proxy.example:3128' });
    expect(proxy).toEqual({
      url: 'http://proxy.example:3128',
      host: 'proxy.example:3128',
      authorization: `Basic ${Buffer.from('bob:p@ss').toString('base64')}`,
    });
  });

  it.each(['socks5://bob:hunter2@p:1', 'http://bob:hunter2@', '://hunter2', 'http://bob:hunter2%zz@p'])(
    'refuses %s without showing it',
    (value) => {
      expect(() => chooseProxy(API, { HTTPS_PROXY: value })).toThrow(UserError);
      expect(() => chooseProxy(API, { HTTPS_PROXY: value })).toThrow(/^(?=.*HTTPS_PROXY)(?!.*hunter2)/);
    },
  );
});

describe('through a proxy', () => {
  it('requests go by a tunnel to the API, with credentials for the proxy alone', async () => {
    const server = await startScriptedServer([OWNER]);
    const proxy = await startConnectProxy(() => ({ connectTo: server.port }));
    const client = makeClient('http://chaport.test/api/v1', {
      proxyEnv: { HTTP_PROXY: `http://bob:hunter2@${proxy.host}` },
    });
    const live = await client.reader.readAccount(NEEDED);
    expect(live.operators).toHaveLength(1);
    const authorization = `Basic ${Buffer.from('bob:hunter2').toString('base64')}`;
    expect(proxy.asked).toEqual([{ target: 'chaport.test:80', authorization }]);
    expect(server.requests[0]?.url).toBe('/api/v1/operators');
    expect(server.requests[0]?.headers).toMatchObject({ host: 'chaport.test' });
    expect(server.requests[0]?.headers).not.toHaveProperty('proxy-authorization');
  });

  it('this machine is reached straight', async () => {
    const server = await startScriptedServer([OWNER]);
    const proxy = await startConnectProxy(() => ({ answer: '500 No' }));
    const client = makeClient(server.url, { proxyEnv: { HTTP_PROXY: `http://${proxy.host}` } });
    await client.reader.readAccount(NEEDED);
    expect(proxy.asked).toEqual([]);
  });

  it('a 407 is told at once, with what to do and without the credentials', async () => {
    const proxy = await startConnectProxy(() => ({ answer: '407 Proxy Authentication Required' }));
    const client = makeClient(API, { proxyEnv: { HTTPS_PROXY: `http://bob:hunter2@${proxy.host}` } });
    const error = await failureOf(client.writer.create('operator', { email: 'a@b' }));
    expect(error).toMatchObject({ code: 'unreachable', attempts: 1, acted: 'none' });
    expect(error.message).toBe(
      `POST /operators: the proxy ${proxy.host} answered 407 instead of connecting to app.chaport.com`,
    );
    expect(error.hint).toContain('those in HTTPS_PROXY were not accepted');
    expect(JSON.stringify([error.message, error.hint, client.events])).not.toMatch(/hunter2|bob:/);
    expect(proxy.asked).toHaveLength(1);
  });

  it('a create is tried again while the proxy makes no tunnel: it was surely not handled', async () => {
    const server = await startScriptedServer([json(200, { id: 'new' })]);
    const proxy = await startConnectProxy((_request, number) =>
      number < 3 ? { answer: '502 Bad Gateway' } : { connectTo: server.port },
    );
    const client = makeClient('http://chaport.test', { proxyEnv: { HTTP_PROXY: proxy.host } });
    expect(await client.writer.create('operator', { email: 'a@b' })).toEqual({ id: 'new', attempts: 3 });
    expect(server.requests).toHaveLength(1);
  });

  it('a proxy that says nothing is given up after the time-out', async () => {
    const proxy = await startConnectProxy(() => 'silence');
    const client = makeClient(API, {
      proxyEnv: { HTTPS_PROXY: proxy.host },
      timeoutSeconds: 0.2,
      maxRetries: 1,
    });
    const error = await failureOf(client.writer.create('operator', { email: 'a@b' }));
    expect(error).toMatchObject({ code: 'unreachable', attempts: 2, acted: 'none' });
    expect(error.message).toBe('POST /operators: no connection within 0.2 s (2 attempts)');
  });

  it('a proxy that is not there is told apart from the API', async () => {
    const gone = await startScriptedServer([text(200, '')]);
    await gone.close();
    const client = makeClient(API, { proxyEnv: { HTTPS_PROXY: `127.0.0.1:${gone.port}` }, maxRetries: 0 });
    const error = await failureOf(client.reader.readAccount(NEEDED));
    expect(error.code).toBe('unreachable');
    expect(error.message).toBe(`GET /operators: the proxy 127.0.0.1:${gone.port} refused the connection`);
  });
});

describe('TLS', () => {
  async function startTlsServer(): Promise<{ port: number; requests: number }> {
    const state = { port: 0, requests: 0 };
    const server = createServer(SELF_SIGNED, (_request, response) => {
      state.requests += 1;
      response.end();
    });
    server.on('tlsClientError', () => {});
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    state.port = (server.address() as AddressInfo).port;
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return state;
  }

  it('does not trust a certificate that signs itself, and says what to do', async () => {
    const server = await startTlsServer();
    const client = makeClient(`https://localhost:${server.port}`);
    const error = await failureOf(client.writer.create('operator', { email: 'a@b' }));
    expect(error).toMatchObject({ code: 'unreachable', attempts: 1, acted: 'none' });
    expect(error.message).toContain(
      `localhost:${server.port} is not to be trusted: its certificate is self-signed`,
    );
    expect(error.hint).toContain('NODE_EXTRA_CA_CERTS');
    expect(server.requests).toBe(0);
  });

  it('does not trust it behind a tunnel either', async () => {
    const server = await startTlsServer();
    const proxy = await startConnectProxy(() => ({ connectTo: server.port }));
    const client = makeClient('https://chaport.test', { proxyEnv: { HTTPS_PROXY: proxy.host } });
    const error = await failureOf(client.reader.readAccount(NEEDED));
    expect(error.code).toBe('unreachable');
    expect(error.message).toContain('chaport.test is not to be trusted: its certificate is self-signed');
    expect(proxy.asked.map(({ target }) => target)).toEqual(['chaport.test:443']);
    expect(server.requests).toBe(0);
  });

  it('says so when the port speaks plain HTTP', async () => {
    const server = await startScriptedServer([OWNER]);
    const client = makeClient(`https://127.0.0.1:${server.port}`, { maxRetries: 0 });
    const error = await failureOf(client.reader.readAccount(NEEDED));
    expect(error.code).toBe('unreachable');
    expect(error.message).toMatch(/no TLS connection to 127\.0\.0\.1:\d+ \((EPROTO|ERR_SSL_\w+)\)$/);
    expect(server.requests).toHaveLength(0);
  });
});
