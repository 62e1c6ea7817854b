import { describe, expect, test } from 'vitest';
import { call, idOf, listed, startedSimulator } from './api-caller.ts';

const ARYA = { email: 'arya@acme.example', name: 'Arya Stark' };
const JON = 'jon.snow@acme.example';

function idIn(body: unknown): string {
  return (body as { result: { id: string } }).result.id;
}

describe('a confirmation without effect', () => {
  test('of a create names an id that never appears', async () => {
    const simulator = await startedSimulator({ faults: [{ call: 'POST operators', kind: 'says-done' }] });
    const { status, body } = await call(simulator, 'POST operators', ARYA);
    expect({ status, body }).toMatchObject({ status: 201, body: { result: ARYA } });
    expect(await listed(simulator, 'operators')).toHaveLength(5);
    expect((await call(simulator, `GET operators/${idIn(body)}`)).status).toBe(404);
    const next = await call(simulator, 'POST operators', ARYA);
    expect(next.status).toBe(201);
    expect(idIn(next.body)).not.toBe(idIn(body));
    expect(simulator.account.requests[0]).toMatchObject({ fault: 'says-done', handled: false, status: 201 });
  });

  test('of an update shows it and leaves all as it was', async () => {
    const simulator = await startedSimulator({ faults: [{ call: 'PUT *', kind: 'says-done' }] });
    const { name, ...others } = { name: 'Aegon', role: 'admin' };
    const target = `operators/${idOf(simulator, JON)}`;
    const before = simulator.snapshot();
    const answer = await call(simulator, `PUT ${target}`, { name, ...others });
    expect(answer).toMatchObject({ status: 200, body: { result: { name: 'Aegon', role: 'admin' } } });
    expect(simulator.snapshot()).toEqual(before);
  });

  test.each([
    ['says-done', 200],
    ['404', 404],
  ] as const)('of a delete deletes nothing: %s', async (kind, status) => {
    const simulator = await startedSimulator({ faults: [{ call: 'DELETE *', kind }] });
    const target = `operators/${idOf(simulator, JON)}`;
    expect((await call(simulator, `DELETE ${target}`)).status).toBe(status);
    expect((await call(simulator, `GET ${target}`)).status).toBe(200);
    expect(simulator.account.deletedOperators).toEqual([]);
  });

  test('is none where the call would have been refused', async () => {
    const simulator = await startedSimulator({ faults: [{ call: 'POST operators', kind: 'says-done' }] });
    expect((await call(simulator, 'POST operators', { ...ARYA, email: JON })).status).toBe(409);
  });
});
