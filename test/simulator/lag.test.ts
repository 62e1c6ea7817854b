import { describe, expect, test } from 'vitest';
import type { SimulatorOptions } from '../../src/simulator/index.ts';
import { call, idOf, listed, movableMilliseconds, startedSimulator } from './api-caller.ts';

const ARYA = { email: 'arya@acme.example', name: 'Arya Stark' };
const JON = 'jon.snow@acme.example';

async function lagging(options: SimulatorOptions = {}) {
  const clock = movableMilliseconds();
  const simulator = await startedSimulator({ lagMs: 300, milliseconds: clock.milliseconds, ...options });
  const names = async () => (await listed(simulator, 'operators')).map(({ name }) => name);
  return { simulator, clock, names };
}

describe('lists that lag', () => {
  test('show a create, an update and a delete only then', async () => {
    const { simulator, clock, names } = await lagging();
    const before = await names();
    await call(simulator, 'POST operators', ARYA);
    clock.advance(100);
    await call(simulator, `PUT operators/${idOf(simulator, JON)}`, { name: 'Aegon' });
    clock.advance(100);
    await call(simulator, `DELETE operators/${idOf(simulator, 'samwell@acme.example')}`);
    clock.advance(99);
    expect(await names()).toEqual(before);
    clock.advance(1);
    expect(await names()).toEqual([...before, 'Arya Stark']);
    clock.advance(100);
    const renamed = [...before, 'Arya Stark'].map((name) => (name === 'Jon Snow' ? 'Aegon' : name));
    expect(await names()).toEqual(renamed);
    clock.advance(100);
    expect(await names()).toEqual(renamed.filter((name) => name !== 'Samwell Tarly'));
  });

  test('show subscriptions late as well, those of other people too', async () => {
    const { simulator, clock } = await lagging();
    simulator.edit((account) =>
      account.addWebhook({ event: 'chat.started', targetUrl: 'https://a.example/' }),
    );
    clock.advance(299);
    expect(await listed(simulator, 'events/subscriptions')).toHaveLength(3);
    clock.advance(1);
    expect(await listed(simulator, 'events/subscriptions')).toHaveLength(4);
  });

  test.each([
    [false, 200],
    [true, 404],
  ])('and what is read by id: lagById %s answers %i', async (lagById, status) => {
    const { simulator, clock } = await lagging({ lagById });
    await call(simulator, 'POST operators', ARYA);
    const target = `GET operators/${idOf(simulator, ARYA.email)}`;
    expect((await call(simulator, target)).status).toBe(status);
    clock.advance(300);
    expect((await call(simulator, target)).status).toBe(200);
  });

  test('lag behind a late effect from when it came about', async () => {
    const { simulator, clock, names } = await lagging({
      faults: [{ call: 'POST operators', kind: '502-late', lateMs: 500 }],
    });
    await call(simulator, 'POST operators', ARYA);
    clock.advance(500);
    expect(await names()).not.toContain(ARYA.name);
    clock.advance(299);
    expect(await names()).not.toContain(ARYA.name);
    clock.advance(1);
    expect(await names()).toContain(ARYA.name);
  });
});
