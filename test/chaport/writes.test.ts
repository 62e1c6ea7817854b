import { describe, expect, it } from 'vitest';
import type { ChaportWriter } from '../../src/chaport/client.ts';
import type { Acted } from '../../src/chaport/errors.ts';
import { failureOf, makeClient } from '../support/chaport-client.ts';
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
} from '../support/scripted-server.ts';

async function write(script: Answer[], run: (writer: ChaportWriter) => Promise<unknown>, timeoutSeconds = 5) {
  const server = await startScriptedServer(script);
  const client = makeClient(server.url, { timeoutSeconds });
  return { server, client, writing: run(client.writer) };
}

const createOperator = (writer: ChaportWriter) =>
  writer.create('operator', { email: 'sam@acme.example', name: 'Sam', jobTitle: null, role: 'operator' });
const createWebhook = (writer: ChaportWriter) =>
  writer.create('webhook', { event: 'chat.started', targetUrl: 'https://h.example/', essential: false });
const updateOperator = (writer: ChaportWriter) =>
  writer.update('operator', 'id-1', { email: 'a@b', name: 'A' });
const updateWebhook = (writer: ChaportWriter) =>
  writer.update('webhook', 'id-1', {
    event: 'chat.started',
    targetUrl: 'https://h.example/',
    essential: true,
  });
const setStatus = (writer: ChaportWriter) => writer.update('status', 'id-1', { status: 'online', ttl: 60 });
const deleteOperator = (writer: ChaportWriter) => writer.delete('operator', 'id-1');
const deleteWebhook = (writer: ChaportWriter) => writer.delete('webhook', 'id-1');

const CREATES = [
  ['an operator', createOperator],
  ['a subscription', createWebhook],
] as const;
const REPEATABLE = [
  ['an operator’s update', updateOperator],
  ['a subscription’s update', updateWebhook],
  ['a status', setStatus],
  ['an operator’s deletion', deleteOperator],
  ['a subscription’s deletion', deleteWebhook],
] as const;

describe('what is sent', () => {
  it.each<[string, (writer: ChaportWriter) => Promise<unknown>, string, unknown]>([
    [
      'a new operator, without empty fields',
      createOperator,
      'POST /operators',
      { email: 'sam@acme.example', name: 'Sam', role: 'operator' },
    ],
    [
      'a new subscription',
      createWebhook,
      'POST /events/subscriptions',
      { targetUrl: 'https://h.example/', event: 'chat.started', essential: false },
    ],
    [
      'an operator with every given field, "" for a title or image that is cleared',
      (writer) =>
        writer.update('operator', 'id-1', {
          email: 'a@b',
          name: 'A',
          jobTitle: null,
          role: 'admin',
          language: null,
          image: null,
          lastStatus: 'online',
        }),
      'PUT /operators/id-1',
      { email: 'a@b', name: 'A', jobTitle: '', role: 'admin', image: '' },
    ],
    ['no title that was not given', updateOperator, 'PUT /operators/id-1', { email: 'a@b', name: 'A' }],
    [
      'a subscription',
      updateWebhook,
      'PUT /events/subscriptions/id-1',
      { targetUrl: 'https://h.example/', event: 'chat.started', essential: true },
    ],
    ['a status for so long', setStatus, 'POST /operators/id-1/status', { status: 'online', ttl: 60 }],
    [
      'a status until then, and no ttl beside it',
      (writer) =>
        writer.update('status', 'id-1', {
          email: 'a@b',
          status: 'away',
          ttl: null,
          validUntil: '2026-12-24T18:00:00Z',
        }),
      'POST /operators/id-1/status',
      { status: 'away', validUntil: '2026-12-24T18:00:00Z' },
    ],
    ['a deletion', deleteOperator, 'DELETE /operators/id-1', null],
    [
      'an id, percent-encoded',
      (writer) => writer.delete('webhook', '../a b?c#d'),
      'DELETE /events/subscriptions/..%2Fa%20b%3Fc%23d',
      null,
    ],
  ])('is %s', async (_name, run, line, body) => {
    const { server, writing } = await write([json(200, { id: 'new' })], run);
    await writing;
    const [request] = server.requests;
    expect(`${request?.method} ${request?.url}`).toBe(line);
    expect(request?.body === '' ? null : JSON.parse(request?.body ?? '')).toEqual(body);
    expect(request?.headers['content-type']).toBe(body === null ? undefined : 'application/json');
  });

  it.each(['', '.', '..', 'a\ud800'])('is never something for the id %j', async (id) => {
    const { server, writing } = await write([text(204, '')], (writer) => writer.delete('operator', id));
    await expect(writing).rejects.toThrow(TypeError);
    expect(server.requests).toHaveLength(0);
  });
});

describe.each(CREATES)('creating %s', (_name, create) => {
  it.each<[string, Answer, string | null]>([
    ['{"id"}', json(200, { id: 'new' }), 'new'],
    ['{"result":{"id"}} with 201', json(201, { result: { id: 'new', email: 'x' } }), 'new'],
    ['an empty 200', text(200, ''), null],
    ['204', (response) => response.writeHead(204).end(), null],
    ['JSON without an id', json(200, { ok: true }), null],
    ['half a character in the id', json(200, { id: 'a\ud800' }), null],
    ['a number for an id', json(200, { id: 5 }), null],
  ])('is done with %s', async (_answer, answer, id) => {
    const { server, writing } = await write([answer], create);
    expect(await writing).toEqual({ id, attempts: 1 });
    expect(server.requests).toHaveLength(1);
  });

  it.each<[string, Acted, Answer]>([
    ['a reset', 'maybe', reset],
    ['a closed connection', 'maybe', hangUp],
    ['silence', 'maybe-later', silence],
    ['a trickle', 'maybe-later', trickle(200)],
    ['408', 'maybe', text(408, '')],
    ['500', 'maybe', text(500, '')],
    ['502', 'maybe', text(502, '')],
    ['503', 'maybe', text(503, '')],
    ['503 with an unreadable Retry-After', 'maybe', text(503, '', { 'retry-after': 'later' })],
    ['504', 'maybe-later', text(504, '')],
    ['a truncated answer', 'maybe', truncated(200, '{"id":"new"')],
    ['a login page', 'maybe', LOGIN_PAGE],
    ['text', 'maybe', text(200, 'created')],
    ['a redirect', 'maybe', text(302, '', { location: '/login' })],
  ])('is never sent again after %s: the server acted %s', async (_fault, acted, fault) => {
    const { server, writing } = await write([fault], create, acted === 'maybe-later' ? 0.3 : 5);
    expect(await failureOf(writing)).toMatchObject({ acted, attempts: 1 });
    expect(server.requests).toHaveLength(1);
  });

  it('is sent again after 429, which is said before a request is handled', async () => {
    const { server, writing } = await write([text(429, ''), text(429, ''), json(200, { id: 'new' })], create);
    expect(await writing).toEqual({ id: 'new', attempts: 3 });
    expect(server.requests).toHaveLength(3);
    const forEver = await write([text(429, '')], create);
    expect(await failureOf(forEver.writing)).toMatchObject({
      code: 'rate-limited',
      acted: 'none',
      attempts: 4,
    });
  });

  it('is sent again after 503 with Retry-After, which is said before a request is handled', async () => {
    const busy = text(503, '', { 'retry-after': '3' });
    const { server, client, writing } = await write([busy, json(200, { id: 'new' })], create);
    expect(await writing).toEqual({ id: 'new', attempts: 2 });
    expect(client.clock.passed).toBe(3000);
    expect(server.requests).toHaveLength(2);
    const tooLong = await write([text(503, '', { 'retry-after': '601' })], create);
    expect(await failureOf(tooLong.writing)).toMatchObject({
      code: 'unavailable',
      acted: 'none',
      attempts: 1,
    });
  });

  it('is tried again while nobody takes the connection, and then was surely not made', async () => {
    const server = await startScriptedServer([json(200, { id: 'new' })]);
    await server.close();
    const client = makeClient(server.url);
    const error = await failureOf(create(client.writer));
    expect(error).toMatchObject({ code: 'unreachable', acted: 'none', attempts: 4 });
    expect(error.message).toContain(`127.0.0.1:${server.port} refused the connection (4 attempts)`);
  });

  it.each<[number, string]>([
    [400, 'rejected'],
    [401, 'unauthorised'],
    [403, 'rejected'],
    [404, 'not-found'],
    [409, 'conflict'],
    [422, 'rejected'],
  ])('fails at once with %i', async (status, code) => {
    const { server, writing } = await write([json(status, { message: 'so it is' })], create);
    const error = await failureOf(writing);
    expect(error).toMatchObject({ code, status, acted: 'none', attempts: 1 });
    expect(error.message).toMatch(/: so it is$/);
    expect(server.requests).toHaveLength(1);
  });
});

/** 2xx of servers that put their error into the body. */
const SAID_IN_THE_BODY: [string, unknown, string][] = [
  ['an error', { error: 'seats are taken', id: 'new' }, 'seats are taken'],
  ['an error of several parts', { error: { code: 7, message: 'no seat' } }, 'no seat'],
  ['an error without words', { error: 7 }, '{"error":7}'],
  ['errors', { errors: ['one', 'two'], result: { id: 'new' } }, 'one; two'],
  ['no success', { success: false, message: 'not today' }, 'not today'],
  ['that it is not ok', { ok: false }, '{"ok":false}'],
];
/** The same members where they say that all is well. */
const SAYS_NOTHING: [unknown][] = [
  [{ error: null, errors: [], success: true, ok: true }],
  [{ error: '', errors: {}, result: { error: 'of an earlier call' } }],
  [{ error: false, ok: null, success: 'false' }],
  [[{ error: 'in a list' }]],
];

describe.each([...CREATES, ...REPEATABLE])('%s whose 2xx has a body', (_name, change) => {
  it.each(SAID_IN_THE_BODY)('that tells of %s has failed', async (_what, body, words) => {
    const { server, writing } = await write([json(200, body)], change);
    const error = await failureOf(writing);
    expect(error).toMatchObject({ code: 'rejected', status: 200, acted: 'none', attempts: 1 });
    expect(error.message).toMatch(
      /^(POST|PUT|DELETE) \S+: the server answered 200, but says that it failed: /,
    );
    expect(error.message.endsWith(`: ${words}`)).toBe(true);
    expect(server.requests).toHaveLength(1);
  });

  it.each(SAYS_NOTHING)('%j is done', async (body) => {
    const { writing } = await write([json(200, body)], change);
    expect(await writing).toMatchObject({ attempts: 1 });
  });
});

describe('a socket that the server closes between two requests', () => {
  it('never makes a create twice, nor lets one go missing unnoticed', async () => {
    let made = 0;
    const answer: Answer = (response) => {
      made += 1;
      json(200, { id: `new-${made}` })(response, { method: '', url: '', headers: {}, body: '' });
      // In good order, right after the answer: the client may not have noticed when it sends again.
      response.on('finish', () => response.socket?.end());
    };
    const server = await startScriptedServer(() => answer);
    const { writer } = makeClient(server.url, { connections: 1 });
    let confirmed = 0;
    let lost = 0;
    for (let round = 0; round < 30; round += 1) {
      await createOperator(writer).then(
        () => {
          confirmed += 1;
        },
        (error) => {
          expect(error).toMatchObject({ acted: 'maybe', attempts: 1 });
          lost += 1;
        },
      );
    }
    expect(confirmed + lost).toBe(30);
    expect(made).toBeGreaterThanOrEqual(confirmed);
    expect(made).toBeLessThanOrEqual(30);
  });
});

describe.each(REPEATABLE)('%s', (_name, change) => {
  it.each<[string, Answer]>([
    ['an empty 200', text(200, '')],
    ['204', (response) => response.writeHead(204).end()],
    ['{"result":{}}', json(200, { result: {} })],
    ['JSON of another kind', json(200, 'ok')],
  ])('is done with %s', async (_answer, answer) => {
    const { server, writing } = await write([answer], change);
    expect(await writing).toEqual({ id: 'id-1', attempts: 1 });
    expect(server.requests).toHaveLength(1);
  });

  it.each<[string, Answer]>([
    ['a reset', reset],
    ['silence', silence],
    ['a trickle', trickle(200)],
    ['500', text(500, '')],
    ['429', text(429, '')],
    ['a truncated answer', truncated(200, '{"result"')],
    ['a login page', LOGIN_PAGE],
    ['text', text(200, 'done')],
  ])('is sent again after %s', async (_fault, fault) => {
    const { server, writing } = await write([fault, text(200, '')], change, 0.3);
    expect(await writing).toEqual({ id: 'id-1', attempts: 2 });
    expect(server.requests).toHaveLength(2);
    expect(server.requests[1]?.body).toBe(server.requests[0]?.body);
  });

  it('may have been made when its answers were lost to the end', async () => {
    const { writing } = await write([reset, text(500, ''), text(429, '')], change);
    expect(await failureOf(writing)).toMatchObject({ code: 'rate-limited', acted: 'maybe', attempts: 4 });
  });
});

describe('what is gone', () => {
  it.each([deleteOperator, deleteWebhook])('counts as deleted, and was not found', async (remove) => {
    const { writing } = await write([json(404, { error: 'unknown' })], remove);
    expect(await writing).toEqual({ id: 'id-1', attempts: 1, found: false });
  });

  it('is deleted when a first answer was lost', async () => {
    const { writing } = await write([reset, text(404, '')], deleteOperator);
    expect(await writing).toEqual({ id: 'id-1', attempts: 2, found: false });
  });

  it.each([updateOperator, updateWebhook, setStatus])('cannot be updated', async (update) => {
    const { writing } = await write([text(404, '')], update);
    expect(await failureOf(writing)).toMatchObject({ code: 'not-found', attempts: 1 });
  });
});

describe('pauses', () => {
  it('grow from half a second, and the log tells of each', async () => {
    const { client, writing } = await write([text(500, '')], updateOperator);
    await failureOf(writing);
    expect(client.clock.slept).toEqual([500, 1000, 2000]);
    expect(client.events.map(({ attempt, status, retryIn }) => [attempt, status, retryIn])).toEqual([
      [1, 500, 500],
      [2, 500, 1000],
      [3, 500, 2000],
      [4, 500, undefined],
    ]);
    expect(client.events[0]).toMatchObject({
      method: 'PUT',
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/operators\/id-1$/),
      error: 'the server answered 500 Internal Server Error',
      milliseconds: expect.any(Number),
    });
  });

  it.each<[string, string, number]>([
    ['seconds', '7', 7000],
    ['a date', 'Sun, 22 Nov 2026 10:00:30 GMT', 30_000],
    ['less than the pause', '0', 500],
    ['nonsense', 'later', 500],
  ])('are as long as Retry-After says in %s', async (_name, header, milliseconds) => {
    const { client, writing } = await write(
      [text(503, '', { 'retry-after': header }), text(200, '')],
      updateOperator,
    );
    const start = client.clock.now();
    await writing;
    expect(client.clock.now() - start).toBe(milliseconds);
  });

  it('longer than ten minutes are not made', async () => {
    const { server, client, writing } = await write(
      [text(429, '', { 'retry-after': '3600' })],
      updateOperator,
    );
    const error = await failureOf(writing);
    expect(error).toMatchObject({ code: 'rate-limited', attempts: 1 });
    expect(error.message).toContain('it asks to wait 3600 s, longer than the 600 s that this program waits');
    expect(client.clock.slept).toEqual([]);
    expect(server.requests).toHaveLength(1);
  });

  it('that one answer asks for hold back every other call', async () => {
    const server = await startScriptedServer([text(429, '', { 'retry-after': '20' }), text(200, '')]);
    const client = makeClient(server.url, { maxRetries: 0 });
    const start = client.clock.now();
    await failureOf(updateOperator(client.writer));
    expect(client.clock.now()).toBe(start);
    await deleteWebhook(client.writer);
    expect(client.clock.now() - start).toBe(20_000);
  });
});

describe('a turn', () => {
  it('is asked before each attempt, repetitions too, and gives what is sent then', async () => {
    const server = await startScriptedServer([text(503, ''), text(200, '')]);
    const { writer } = makeClient(server.url);
    const asked: string[] = [];
    const result = await writer.update('operator', 'id-1', { email: 'a@b' }, undefined, {
      prepare: async () => {
        asked.push('prepare');
      },
      take: () => {
        asked.push('take');
        return { email: 'a@b', name: `attempt ${asked.length / 2}` };
      },
    });
    expect(result).toEqual({ id: 'id-1', attempts: 2 });
    expect(asked).toEqual(['prepare', 'take', 'prepare', 'take']);
    expect(server.requests.map(({ body }) => JSON.parse(body).name)).toEqual(['attempt 1', 'attempt 2']);
  });

  it('that says not yet is prepared anew, in no line meanwhile', async () => {
    const server = await startScriptedServer([text(200, ''), text(200, '')]);
    const { writer } = makeClient(server.url, { connections: 1 });
    const answers: ('not-yet' | 'no-more')[] = ['not-yet', 'no-more'];
    let prepared = 0;
    const result = await writer.delete('webhook', 'id-1', undefined, {
      prepare: async () => {
        prepared += 1;
        await updateOperator(writer);
      },
      take: () => answers.shift() ?? 'no-more',
    });
    expect(result).toEqual({ id: 'id-1', attempts: 0, givenUp: true });
    expect(prepared).toBe(2);
    expect(server.requests.map(({ method }) => method)).toEqual(['PUT', 'PUT']);
  });

  it('that says no more after a failed attempt tells how many there were', async () => {
    const { writing, server } = await write([text(503, '')], (writer) => {
      let asked = 0;
      return writer.delete('webhook', 'id-1', undefined, {
        take: () => {
          asked += 1;
          return asked === 1 ? {} : 'no-more';
        },
      });
    });
    expect(await writing).toEqual({ id: 'id-1', attempts: 1, givenUp: true });
    expect(server.requests).toHaveLength(1);
  });
});

describe('no more requests are under way at once than allowed', () => {
  it('with two of them', async () => {
    let running = 0;
    let most = 0;
    const server = await startScriptedServer(() => (response) => {
      running += 1;
      most = Math.max(most, running);
      setTimeout(() => {
        running -= 1;
        response.end();
      }, 20);
    });
    const { writer } = makeClient(server.url, { connections: 2 });
    await Promise.all(Array.from({ length: 8 }, () => updateOperator(writer)));
    expect(most).toBe(2);
  });
});
