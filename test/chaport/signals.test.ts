import { describe, expect, it } from 'vitest';
import { SYSTEM_CLOCK } from '../../src/chaport/calls/pacer.ts';
import type { Acted } from '../../src/chaport/errors.ts';
import { failureOf, makeClient } from '../support/chaport-client.ts';
import { type Answer, reset, silence, startScriptedServer, text } from '../support/scripted-server.ts';

const FIELDS = { email: 'a@b' };

/** Does something once a request has arrived. */
function whenAsked(answer: Answer, then: () => void): Answer {
  return (response, request) => {
    then();
    answer(response, request);
  };
}

describe('stop', () => {
  it('keeps a call from starting', async () => {
    const server = await startScriptedServer([text(200, '')]);
    const { writer } = makeClient(server.url);
    const error = await failureOf(writer.create('operator', FIELDS, { stop: AbortSignal.abort() }));
    expect(error).toMatchObject({ code: 'interrupted', attempts: 0, acted: 'none' });
    expect(error.message).toBe('POST /operators: stopped before it was sent');
    expect(server.requests).toHaveLength(0);
  });

  it('lets a call under way finish', async () => {
    const stop = new AbortController();
    const server = await startScriptedServer([whenAsked(text(200, '{"id":"new"}'), () => stop.abort())]);
    const { writer } = makeClient(server.url);
    const result = await writer.create('operator', FIELDS, { stop: stop.signal });
    expect(result).toEqual({ id: 'new', attempts: 1 });
  });

  it.each<[string, Answer, Acted]>([
    ['a refusal', text(429, ''), 'none'],
    ['a lost answer', reset, 'maybe'],
  ])('ends the pause after %s at once, and tells what may have happened', async (_name, answer, acted) => {
    const stop = new AbortController();
    const server = await startScriptedServer([whenAsked(answer, () => setTimeout(() => stop.abort(), 50))]);
    const { writer } = makeClient(server.url, { clock: SYSTEM_CLOCK, random: () => 60 });
    const started = performance.now();
    const error = await failureOf(writer.update('operator', 'id-1', FIELDS, { stop: stop.signal }));
    expect(error).toMatchObject({ code: 'interrupted', attempts: 1, acted });
    expect(performance.now() - started).toBeLessThan(5000);
    expect(server.requests).toHaveLength(1);
  });

  it('keeps calls that stand in line from starting', async () => {
    const stop = new AbortController();
    const server = await startScriptedServer([whenAsked(text(200, ''), () => stop.abort())]);
    const { writer } = makeClient(server.url, { connections: 1 });
    const calls = [1, 2, 3].map((n) => writer.delete('operator', `id-${n}`, { stop: stop.signal }));
    const ends = await Promise.allSettled(calls);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(server.requests).toHaveLength(1);
  });
});

describe('abort', () => {
  it.each<[string, Answer]>([
    ['before its answer', silence],
    [
      'in the middle of its answer',
      (response) => {
        response.writeHead(200);
        response.write('{');
      },
    ],
  ])('cuts a write off %s: it may have been made', async (_name, answer) => {
    const abort = new AbortController();
    const server = await startScriptedServer([whenAsked(answer, () => setTimeout(() => abort.abort(), 50))]);
    const { writer } = makeClient(server.url, { timeoutSeconds: 20 });
    const started = performance.now();
    const error = await failureOf(writer.create('operator', FIELDS, { abort: abort.signal }));
    expect(error).toMatchObject({ code: 'interrupted', attempts: 1, acted: 'maybe' });
    expect(performance.now() - started).toBeLessThan(5000);
    expect(server.requests).toHaveLength(1);
  });

  it('keeps a call from starting', async () => {
    const server = await startScriptedServer([text(200, '')]);
    const { writer } = makeClient(server.url);
    const error = await failureOf(writer.delete('operator', 'id-1', { abort: AbortSignal.abort() }));
    expect(error).toMatchObject({ code: 'interrupted', attempts: 0, acted: 'none' });
    expect(server.requests).toHaveLength(0);
  });

  it('ends a read', async () => {
    const abort = new AbortController();
    const server = await startScriptedServer([whenAsked(silence, () => abort.abort())]);
    const { reader } = makeClient(server.url, { timeoutSeconds: 20 });
    const error = await failureOf(
      reader.readAccount(new Set(['operators', 'webhooks']), { abort: abort.signal }),
    );
    expect(error).toMatchObject({ code: 'interrupted', acted: 'none' });
  });
});
