import { describe, expect, test, vi } from 'vitest';
import { FAULT_KINDS, type FaultKind } from '../../src/simulator/index.ts';
import { call, deferred, idOf, listed, movableMilliseconds, startedSimulator } from './api-caller.ts';

const ARYA = { email: 'arya@acme.example', name: 'Arya Stark' };
const JON = 'jon.snow@acme.example';
const HOOK = { event: 'chat.started', targetUrl: 'https://late.acme.example/' };
const LATE = FAULT_KINDS.filter((kind) => kind.endsWith('-late'));

describe('a call that a late fault struck', () => {
  test('is one of ten kinds', () => {
    expect(LATE).toHaveLength(10);
  });

  test.each(LATE)('comes about when its time has come: %s', async (kind) => {
    const clock = movableMilliseconds();
    const { milliseconds } = clock;
    const faults = [{ call: 'POST operators', kind, lateMs: 300 }];
    const handled = deferred();
    const given = new AbortController();
    const simulator = await startedSimulator({ faults, milliseconds, onHandled: handled.resolve });
    const answer = call(simulator, 'POST operators', ARYA, { signal: given.signal }).catch(() => null);
    await handled.promise;
    // No answer of this one ever comes: the client gives up.
    if (kind === 'timeout-late') given.abort();
    await answer;
    clock.advance(299);
    expect(await listed(simulator, 'operators')).toHaveLength(5);
    expect(simulator.account.requests[0]).toMatchObject({ fault: kind, handled: false });
    clock.advance(1);
    expect(await listed(simulator, 'operators')).toContainEqual(expect.objectContaining(ARYA));
    expect(simulator.account.requests[0]).toMatchObject({ handled: true, late: { status: 201 } });
    expect(simulator.account.invitationsTo(ARYA.email)).toBe(1);
  });

  test('may be an update or a delete', async () => {
    const clock = movableMilliseconds();
    const kind: FaultKind = '502-late';
    const simulator = await startedSimulator({
      milliseconds: clock.milliseconds,
      faults: [
        { call: 'PUT operators/*', kind, lateMs: 300 },
        { call: 'DELETE subscriptions/*', kind },
      ],
    });
    await call(simulator, `PUT operators/${idOf(simulator, JON)}`, { name: 'Aegon' });
    await call(simulator, `DELETE events/subscriptions/${simulator.account.webhooks[0]?.id}`);
    expect(simulator.account.operatorByEmail(JON)?.name).toBe('Jon Snow');
    clock.advance(300);
    expect(await listed(simulator, 'operators')).toContainEqual(expect.objectContaining({ name: 'Aegon' }));
    expect(simulator.account.webhooks).toHaveLength(3);
    clock.advance(200);
    expect(await listed(simulator, 'events/subscriptions')).toHaveLength(2);
  });

  test('comes about by itself, by the real clock', async () => {
    const faults = [{ call: 'POST operators', kind: 'reset-late', lateMs: 20 }] as const;
    const simulator = await startedSimulator({ faults });
    await expect(call(simulator, 'POST operators', ARYA)).rejects.toThrow();
    await vi.waitFor(() => expect(simulator.account.invitationsTo(ARYA.email)).toBe(1));
    expect(simulator.account.requests).toHaveLength(1);
  });

  test('doubles a subscription that was sent again meanwhile', async () => {
    const faults = [{ call: 'POST subscriptions', kind: '503-late', lateMs: 60_000 }] as const;
    const simulator = await startedSimulator({ faults });
    await call(simulator, 'POST events/subscriptions', HOOK);
    await call(simulator, 'POST events/subscriptions', HOOK);
    simulator.settle();
    const urls = simulator.account.webhooks.map(({ targetUrl }) => targetUrl);
    expect(urls.filter((url) => url === HOOK.targetUrl)).toHaveLength(2);
  });

  test('is refused where an operator was invited meanwhile', async () => {
    const faults = [{ call: 'POST operators', kind: '503-late', lateMs: 60_000 }] as const;
    const simulator = await startedSimulator({ faults });
    await call(simulator, 'POST operators', ARYA);
    await call(simulator, 'POST operators', ARYA);
    simulator.settle();
    expect(simulator.account.requests[0]).toMatchObject({ status: 503, late: { status: 409 } });
    expect(simulator.account.invitationsTo(ARYA.email)).toBe(1);
  });

  test('settles in the order in which it would have come about, and never after the end', async () => {
    const simulator = await startedSimulator({
      faults: [
        { call: 'PUT operators/*', kind: '500-late', lateMs: 2_000 },
        { call: 'PUT operators/*', kind: '500-late', lateMs: 1_000 },
        { call: 'DELETE operators/*', kind: '500-late' },
      ],
    });
    const target = `operators/${idOf(simulator, JON)}`;
    await call(simulator, `PUT ${target}`, { name: 'Second' });
    await call(simulator, `PUT ${target}`, { name: 'First' });
    simulator.settle();
    expect(simulator.account.operatorByEmail(JON)?.name).toBe('Second');
    await call(simulator, `DELETE ${target}`);
    await simulator.close();
    simulator.settle();
    expect(simulator.account.operatorByEmail(JON)).toBeDefined();
  });
});
