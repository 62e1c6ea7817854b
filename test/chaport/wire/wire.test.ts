import { describe, expect, it } from 'vitest';
import type { ChaportWriter } from '../../../src/chaport/client.ts';
import { WIRE, wireLists } from '../../../src/chaport/wire/index.ts';
import { KINDS, type KindName } from '../../../src/model/kinds/index.ts';
import { makeClient } from '../../support/chaport-client.ts';
import { startScriptedServer, text } from '../../support/scripted-server.ts';

/** Names that no compiler has seen, as they come out of a document. */
const UNKNOWN: string[] = ['department', '', 'toString', '__proto__'];

const CALLS: [string, (writer: ChaportWriter, kind: KindName) => Promise<unknown>][] = [
  ['created', (writer, kind) => writer.create(kind, { name: 'x' })],
  ['updated', (writer, kind) => writer.update(kind, 'id-1', { name: 'x' })],
  ['deleted', (writer, kind) => writer.delete(kind, 'id-1')],
];

async function refused(call: (writer: ChaportWriter) => Promise<unknown>): Promise<unknown> {
  const server = await startScriptedServer([text(204, '')]);
  const fault: unknown = await call(makeClient(server.url).writer).catch((error) => error);
  expect(server.requests).toEqual([]);
  expect(fault).toBeInstanceOf(TypeError);
  return fault instanceof Error ? fault.message : fault;
}

describe('a kind that the API does not have', () => {
  describe.each(CALLS)('is not %s: nothing is sent for it', (_done, call) => {
    it.each(UNKNOWN)('named %j', async (kind) => {
      expect(await refused((writer) => call(writer, kind as KindName))).toBe(
        `the API has no mapping for the kind "${kind}"`,
      );
    });
  });
});

describe('a status', () => {
  it('is neither created nor deleted', async () => {
    expect(await refused((writer) => writer.create('status', { status: 'online' }))).toBe(
      'a status is set, not created',
    );
    expect(await refused((writer) => writer.delete('status', 'id-1'))).toBe('a status is never deleted');
  });

  it('is not set without its value', async () => {
    expect(await refused((writer) => writer.update('status', 'id-1', { ttl: 60 }))).toBe(
      'a status without its value',
    );
  });
});

describe('the mappings', () => {
  it('are of every kind, and no other', () => {
    expect(Object.keys(WIRE).sort()).toEqual(KINDS.map(({ name }) => name).sort());
  });

  it('read every list that a kind lives in, each once', () => {
    const lists = wireLists().map(({ live }) => live);
    expect([...lists].sort()).toEqual([...new Set(KINDS.map(({ list }) => list))].sort());
  });
});

describe('what only some accounts show', () => {
  const webhookOf = (rest: object) =>
    WIRE.webhook.list?.entry.parse({ id: '1', targetUrl: 'https://a.example/', ...rest });
  const operatorOf = (rest: object) =>
    WIRE.operator.list?.entry.parse({ id: '1', email: 'a@acme.example', ...rest });

  it('is a list of events: one is an event as any, several stay together', () => {
    expect(webhookOf({ events: ['a.b'] })).toEqual(webhookOf({ event: 'a.b' }));
    expect(webhookOf({ event: 'a.b', events: ['a.b', 'c.d', 'a.b'] })).toMatchObject({
      event: 'a.b,c.d',
      events: ['a.b', 'c.d'],
    });
    expect(webhookOf({ event: 'a.b', events: 'c.d' })).toEqual(webhookOf({ event: 'a.b' }));
    expect(() => webhookOf({ events: [] })).toThrow();
  });

  it('is that an operator is deactivated', () => {
    expect(operatorOf({ deactivated: true })).toMatchObject({ deactivated: true });
    for (const other of [{}, { deactivated: false }, { deactivated: 'yes' }, { deactivated: null }]) {
      expect(operatorOf(other)).not.toHaveProperty('deactivated');
    }
  });
});
