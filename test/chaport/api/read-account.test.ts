import { describe, expect, it } from 'vitest';
import type { LiveWebhook } from '../../../src/model/kinds/webhook.ts';
import { failureOf, makeClient, operatorJson, TOKEN } from '../../support/chaport-client.ts';
import {
  type Answer,
  hangUp,
  json,
  LOGIN_PAGE,
  reset,
  silence,
  startScriptedServer,
  text,
  trickle,
  truncated,
} from '../../support/scripted-server.ts';

const OPERATORS = new Set(['operators']);
const WEBHOOKS = new Set(['webhooks']);
const OWNER = json(200, { result: [operatorJson(1)] });

async function readOperators(script: Answer[], options: Parameters<typeof makeClient>[1] = {}) {
  const server = await startScriptedServer(script);
  const client = makeClient(`${server.url}/api/v1`, options);
  return { server, client, reading: client.reader.readAccount(OPERATORS) };
}

async function failureOfAnswer(body: unknown): Promise<string> {
  const { reading } = await readOperators([json(200, body)]);
  const error = await failureOf(reading);
  expect(error.code).toBe('unexpected-answer');
  return error.message;
}

describe('reading the account', () => {
  it('makes one GET for each needed list, with the token', async () => {
    const server = await startScriptedServer((request) =>
      request.url.endsWith('/operators')
        ? json(200, { result: [operatorJson(1, { jobTitle: 'Boss', lastStatus: 'online', seat: 3 })] })
        : json(200, {
            result: [{ id: 'w1', event: 'chat.started', targetUrl: 'https://h.example/', essential: true }],
          }),
    );
    const client = makeClient(`${server.url}/api/v1`);
    const live = await client.reader.readAccount(new Set(['operators', 'webhooks']));
    expect(live).toEqual({
      operators: [
        {
          id: 'id-1',
          email: 'person1@acme.example',
          name: 'Person 1',
          language: null,
          jobTitle: 'Boss',
          role: null,
          image: null,
          lastStatus: 'online',
          realStatus: null,
          lastLoginAt: null,
          lastActivityAt: null,
        },
      ],
      webhooks: [{ id: 'w1', event: 'chat.started', targetUrl: 'https://h.example/', essential: true }],
    });
    expect(server.requests.map(({ method, url }) => `${method} ${url}`).sort()).toEqual([
      'GET /api/v1/events/subscriptions',
      'GET /api/v1/operators',
    ]);
    expect(server.requests[0]?.headers).toMatchObject({
      authorization: `Bearer ${TOKEN}`,
      accept: 'application/json',
      'user-agent': expect.stringMatching(/^chaportctl\/\d/),
    });
  });

  it('leaves out a list that nobody needs', async () => {
    const server = await startScriptedServer([json(200, { result: [] })]);
    const live = await makeClient(server.url).reader.readAccount(WEBHOOKS);
    expect(live).toEqual({ operators: null, webhooks: [] });
    expect(server.requests.map(({ url }) => url)).toEqual(['/events/subscriptions']);
  });

  it('takes a bare list, and empty texts as nothing', async () => {
    const { reading } = await readOperators([json(200, [operatorJson(1, { jobTitle: '', role: null })])]);
    expect((await reading).operators).toMatchObject([{ id: 'id-1', jobTitle: null, role: null }]);
  });

  it('takes a missing or empty "essential" for false', async () => {
    const entries = [
      { id: '1', event: 'a.b', targetUrl: 'x' },
      { id: '2', event: 'a.b', targetUrl: 'x', essential: null },
    ];
    const server = await startScriptedServer([json(200, { result: entries, links: [] })]);
    const { webhooks } = await makeClient(server.url).reader.readAccount(WEBHOOKS);
    expect((webhooks as LiveWebhook[]).map(({ essential }) => essential)).toEqual([false, false]);
  });

  it('is not fooled by names of the prototype', async () => {
    const body = `{"__proto__":{"result":[]},"constructor":1,"result":[{"__proto__":{"role":"admin"},"id":"1","email":"a@b","hasOwnProperty":1}]}`;
    const { reading } = await readOperators([text(200, body)]);
    expect((await reading).operators).toMatchObject([{ id: '1', email: 'a@b', role: null }]);
    const bare = await readOperators([text(200, '{"__proto__":{"result":[]}}')]);
    expect((await failureOf(bare.reading)).message).toContain('not a list');
  });

  it.each<[string, unknown, string]>([
    ['no operators at all', { result: [] }, 'an account always has its owner'],
    ['an object without a list', { operators: [] }, 'not a list'],
    ['a list that is none', { result: {} }, 'not a list'],
    ['null', null, 'not a list'],
    ['an entry without an id', { result: [{ email: 'a@b' }] }, 'operators[0].id is missing'],
    [
      'an entry without an e-mail',
      { result: [operatorJson(1), { id: '2' }] },
      'operators[1].email is missing',
    ],
    ['an empty e-mail', { result: [operatorJson(1, { email: '' })] }, 'operators[0].email is empty'],
    [
      'a number for an id',
      { result: [operatorJson(1, { id: 7 })] },
      'operators[0].id has the wrong type: number',
    ],
    [
      'a list for a name',
      { result: [operatorJson(1, { name: [] })] },
      'operators[0].name has the wrong type: a list',
    ],
    ['an id that climbs', { result: [operatorJson(1, { id: '..' })] }, 'operators[0].id is no id'],
    [
      'an id with half a character, which no path can hold',
      { result: [operatorJson(1), operatorJson(2, { id: 'a\ud800' })] },
      'operators[1].id is no id',
    ],
    ['an entry that is a text', { result: ['x'] }, 'operators[0] has the wrong type: string'],
    ['an entry that is null', { result: [null] }, 'operators[0] is missing'],
    [
      'the same id twice',
      { result: [operatorJson(1), operatorJson(1)] },
      'operators[1] has the id of an earlier one',
    ],
    ['a total that is larger', { result: [operatorJson(1)], total: 2 }, 'cut short: it says 2 and holds 1'],
  ])('refuses %s', async (_name, body, reason) => {
    expect(await failureOfAnswer(body)).toContain(reason);
  });
});

describe('a list on several pages', () => {
  async function readPages(next: (base: string) => unknown[], last: unknown = { result: [operatorJson(9)] }) {
    const links: unknown[] = [];
    const server = await startScriptedServer((request) => {
      const index = Number(new URL(request.url, 'http://x').searchParams.get('page') ?? 0);
      return index < links.length
        ? json(200, { result: [operatorJson(index)], links: { next: links[index] } })
        : json(200, last);
    });
    const base = `${server.url}/api/v1`;
    links.push(...next(base));
    return { server, reading: makeClient(base).reader.readAccount(OPERATORS) };
  }

  it('follows links.next, absolute and relative, to the end', async () => {
    const { server, reading } = await readPages((base) => [
      `${base}/operators?page=1`,
      '/api/v1/operators?page=2',
      '?page=3',
    ]);
    expect((await reading).operators?.map(({ id }) => id)).toEqual(['id-0', 'id-1', 'id-2', 'id-9']);
    expect(server.requests.map(({ url }) => url)).toEqual([
      '/api/v1/operators',
      '/api/v1/operators?page=1',
      '/api/v1/operators?page=2',
      '/api/v1/operators?page=3',
    ]);
  });

  it('counts all pages against the total', async () => {
    const whole = await readPages(() => ['?page=1'], {
      result: [operatorJson(9)],
      total: 2,
      links: { next: null },
    });
    expect((await whole.reading).operators).toHaveLength(2);
    const short = await readPages(() => ['?page=1'], { result: [operatorJson(9)], total: 3 });
    expect((await failureOf(short.reading)).message).toContain('cut short: it says 3 and holds 2');
  });

  it.each<[string, string]>([
    ['another host', 'https://evil.example/api/v1/operators?page=1'],
    ['another port', 'http://127.0.0.1:1/api/v1/operators?page=1'],
    ['a path outside the API', '/elsewhere?page=1'],
    ['a path that climbs out', '../../v2/operators?page=1'],
    ['a path that only begins alike', '/api/v1evil/operators'],
    ['no URL', 'http://['],
  ])('does not follow a link to %s', async (_name, link) => {
    const { server, reading } = await readPages(() => [link]);
    expect((await failureOf(reading)).message).toContain('leads out of the API');
    expect(server.requests).toHaveLength(1);
  });

  it('does not go round in a circle', async () => {
    const { server, reading } = await readPages(() => ['?page=1', '/api/v1/operators']);
    expect((await failureOf(reading)).message).toContain('in a circle');
    expect(server.requests).toHaveLength(2);
  });

  it('finds the same entry on two pages', async () => {
    const { reading } = await readPages(() => ['?page=1'], { result: [operatorJson(0)] });
    expect((await failureOf(reading)).message).toContain('operators[1] has the id of an earlier one');
  });

  it('gives up a list that does not end', async () => {
    const server = await startScriptedServer((request) => {
      const page = Number(new URL(request.url, 'http://x').searchParams.get('page') ?? 0);
      return json(200, { result: [operatorJson(page)], links: { next: `?page=${page + 1}` } });
    });
    const error = await failureOf(makeClient(server.url).reader.readAccount(OPERATORS));
    expect(error.message).toContain('more than 1000 pages');
    expect(server.requests).toHaveLength(1000);
  });
});

describe('a read that goes wrong', () => {
  it.each<[unknown, string]>([
    [{ error: 'no such plan', result: [operatorJson(1)] }, 'no such plan'],
    [{ errors: { page: 'is gone' }, result: [operatorJson(1)] }, 'page: is gone'],
    [{ success: false, message: 'try a newer version', result: [operatorJson(1)] }, 'try a newer version'],
    [{ ok: false, result: [operatorJson(1)] }, '{"ok":false,"result":['],
  ])('is refused by %j, although the status is 200', async (body, words) => {
    const { server, reading } = await readOperators([json(200, body)]);
    const error = await failureOf(reading);
    expect(error).toMatchObject({ code: 'rejected', status: 200, attempts: 1 });
    expect(error.message).toContain(
      `GET /operators: the server answered 200, but says that it failed: ${words}`,
    );
    expect(server.requests).toHaveLength(1);
    const { reader } = makeClient(server.url);
    expect(await failureOf(reader.checkToken())).toMatchObject({ code: 'rejected' });
  });

  const passing: [string, Answer][] = [
    ['a reset', reset],
    ['a connection that is closed', hangUp],
    ['408', json(408, {})],
    ['429', json(429, {})],
    ['500', text(500, '')],
    ['502', text(502, '<h1>Bad gateway</h1>')],
    ['503', json(503, {})],
    ['a truncated body', truncated(200, '{"result":[')],
    ['a truncated error', truncated(500, '{"mess')],
    ['a login page with 200', LOGIN_PAGE],
    ['an empty 200', text(200, '')],
    ['text with 200', text(200, 'hello', { 'content-type': 'text/plain' })],
  ];

  it.each(passing)('goes on after %s, three times', async (_name, fault) => {
    const { server, reading } = await readOperators([fault, fault, fault, OWNER]);
    expect((await reading).operators).toHaveLength(1);
    expect(server.requests).toHaveLength(4);
  });

  it.each<[string, Answer, string, string]>([
    ['a reset', reset, 'unavailable', 'the connection was cut before the answer was complete (4 attempts)'],
    [
      '429',
      json(429, { error: 'slow down' }),
      'rate-limited',
      'the server answered 429 Too Many Requests: slow down (4 attempts)',
    ],
    ['500', text(500, ''), 'unavailable', 'the server answered 500 Internal Server Error (4 attempts)'],
    [
      'a truncated body',
      truncated(200, '{"res'),
      'unavailable',
      'the connection was cut before the answer was complete (4 attempts)',
    ],
    [
      'a login page',
      LOGIN_PAGE,
      'unauthorised',
      'the server answered with a web page, not JSON (4 attempts)',
    ],
    ['an empty 200', text(200, ''), 'unavailable', 'the server answered 200 without a body (4 attempts)'],
    [
      'text',
      text(200, 'hello', { 'content-type': 'text/plain; charset=utf-8' }),
      'unavailable',
      'the answer is not JSON (text/plain, 5 bytes) (4 attempts)',
    ],
  ])('says so when %s does not end', async (_name, fault, code, message) => {
    const { server, reading } = await readOperators([fault]);
    const error = await failureOf(reading);
    expect(error).toMatchObject({ code, attempts: 4, acted: 'none' });
    expect(error.message).toBe(`GET /operators: ${message}`);
    expect(server.requests).toHaveLength(4);
  });

  it.each<[string, Answer, string, string]>([
    ['401', json(401, { error: 'bad token' }), 'unauthorised', '401 Unauthorized: bad token'],
    ['403', text(403, ''), 'unauthorised', '403 Forbidden'],
    ['404', text(404, 'no such page'), 'not-found', '404 Not Found: no such page'],
    ['400', text(400, ''), 'unexpected-answer', '400 Bad Request'],
    ['407', text(407, ''), 'unreachable', '407 Proxy Authentication Required'],
  ])('does not try again after %s', async (_name, answer, code, message) => {
    const { server, reading } = await readOperators([answer]);
    const error = await failureOf(reading);
    expect(error).toMatchObject({ code, attempts: 1 });
    expect(error.message).toBe(`GET /operators: the server answered ${message}`);
    expect(server.requests).toHaveLength(1);
  });

  it('says where a token comes from after a 401', async () => {
    const { reading } = await readOperators([text(401, '')]);
    expect((await failureOf(reading)).hint).toContain('Settings → API');
  });

  it('reads JSON whatever its content type says', async () => {
    const body = JSON.stringify({ result: [operatorJson(1)] });
    const { reading } = await readOperators([text(200, body, { 'content-type': 'text/html' })]);
    expect((await reading).operators).toHaveLength(1);
  });

  it.each<[string, Answer]>([
    ['a server that never answers', silence],
    ['an answer that trickles', trickle(200)],
  ])('ends %s after the time-out', async (_name, answer) => {
    const { server, reading } = await readOperators([answer, OWNER], { timeoutSeconds: 0.3 });
    expect((await reading).operators).toHaveLength(1);
    expect(server.requests).toHaveLength(2);
    const late = await readOperators([answer], { timeoutSeconds: 0.2, maxRetries: 0 });
    const error = await failureOf(late.reading);
    expect(error.code).toBe('unavailable');
    expect(error.message).toBe('GET /operators: no complete answer within 0.2 s');
    expect(error.hint).toContain('--timeout');
  });

  it('stops at an answer that is larger than 64 MiB', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 0x20);
    const flood: Answer = (response) => {
      response.writeHead(200);
      const pour = () => {
        while (!response.destroyed && response.write(chunk));
        if (!response.destroyed) response.once('drain', pour);
      };
      pour();
    };
    const { server, reading } = await readOperators([flood], { timeoutSeconds: 20 });
    const error = await failureOf(reading);
    expect(error).toMatchObject({ code: 'unexpected-answer', attempts: 1 });
    expect(error.message).toContain('larger than 64 MiB');
    expect(server.requests).toHaveLength(1);
  });

  it('gives up the other list when one fails', async () => {
    const server = await startScriptedServer((request) =>
      request.url.endsWith('/operators') ? text(401, '') : silence,
    );
    const client = makeClient(server.url, { timeoutSeconds: 20 });
    const started = performance.now();
    const error = await failureOf(client.reader.readAccount(new Set(['operators', 'webhooks'])));
    expect(error.code).toBe('unauthorised');
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('checking the token', () => {
  it('takes any answer that is not a web page, since its body is not documented', async () => {
    const server = await startScriptedServer([text(200, 'true'), text(200, ''), json(200, { id: 1 })]);
    const { reader } = makeClient(server.url);
    for (let round = 0; round < 3; round += 1) await reader.checkToken();
    expect(server.requests.map(({ method, url }) => `${method} ${url}`)).toEqual(
      Array(3).fill('GET /me.json'),
    );
  });

  it('fails for a bad token and for a login page', async () => {
    const server = await startScriptedServer([text(401, ''), LOGIN_PAGE]);
    const { reader } = makeClient(server.url);
    expect((await failureOf(reader.checkToken())).code).toBe('unauthorised');
    expect((await failureOf(reader.checkToken())).message).toContain('a web page, not JSON');
  });
});

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])('with %i is never followed, and its target is named', async (status) => {
    const target = await startScriptedServer([OWNER]);
    const { reading } = await readOperators([
      text(status, '', { location: `${target.url}/x?token=${TOKEN}` }),
    ]);
    const error = await failureOf(reading);
    expect(error).toMatchObject({ code: 'unexpected-answer', attempts: 1 });
    expect(error.message).toBe(
      `GET /operators: the server answered ${status} and points to ${target.url}, which is not followed`,
    );
    expect(error.hint).toContain('--base-url');
    expect(target.requests).toHaveLength(0);
  });

  it('to a relative or unreadable place is told without the place', async () => {
    const { reading } = await readOperators([text(302, '', { location: '/login?x' })]);
    expect((await failureOf(reading)).message).toContain('points to another address');
  });
});
