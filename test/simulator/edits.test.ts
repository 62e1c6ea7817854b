import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/model/errors.ts';
import { call, idOf, listed, movableClock, startedSimulator } from './api-caller.ts';

const ARYA = { email: 'arya@acme.example', name: 'Arya Stark' };
const JON = 'jon.snow@acme.example';
const OLD_HOOK = 'chat.started https://old.acme.example/hook';

describe('what somebody else does at a call', () => {
  test('before it is there when the call is handled', async () => {
    const simulator = await startedSimulator({
      edits: [{ before: 'PUT operators/*', edit: (account) => account.deleteOperator(JON) }],
    });
    const target = `operators/${idOf(simulator, JON)}`;
    expect((await call(simulator, `GET ${target}`)).status).toBe(200);
    expect((await call(simulator, `PUT ${target}`, { name: 'J' })).status).toBe(404);
  });

  test('after it is not in its answer, and there at the next call', async () => {
    const simulator = await startedSimulator({
      edits: [{ after: 'GET operators', edit: (account) => account.changeOperator(JON, { role: 'admin' }) }],
    });
    const roles = async () => (await listed(simulator, 'operators')).find(({ email }) => email === JON)?.role;
    expect([await roles(), await roles()]).toEqual(['operator', 'admin']);
  });

  test('happens once, at the n-th of the calls that match, and is told of the request', async () => {
    const seen: [number, string][] = [];
    const simulator = await startedSimulator({
      edits: [
        {
          before: '* operators/*',
          nth: 2,
          edit: (_account, { number, method }) => void seen.push([number, method]),
        },
      ],
    });
    const target = `operators/${idOf(simulator, JON)}`;
    for (const method of ['GET', 'DELETE', 'GET']) {
      await call(simulator, 'GET me.json');
      await call(simulator, `${method} ${target}`);
    }
    expect(seen).toEqual([[4, 'DELETE']]);
  });

  test('happens though a fault strikes the call, and may be asked for later', async () => {
    const simulator = await startedSimulator({ faults: [{ call: 'GET operators', kind: '503' }] });
    simulator.addEdit({
      after: 'GET operators',
      edit: (account) => account.changeOperator(JON, { name: 'Aegon' }),
    });
    expect((await call(simulator, 'GET operators')).status).toBe(503);
    expect(simulator.account.operatorByEmail(JON)?.name).toBe('Aegon');
  });

  test('is refused for a call that the API does not have', async () => {
    const simulator = await startedSimulator();
    const add = () => simulator.addEdit({ before: 'GET people', edit: () => {} });
    expect(add).toThrow(UserError);
    expect(add).toThrow('the API has no call "GET people"');
  });
});

describe('what somebody else does', () => {
  test('changes any field of an operator, whatever the rules of the API are', async () => {
    const simulator = await startedSimulator();
    const owner = simulator.account.ownerId ?? '';
    simulator.edit((account) => {
      account.changeOperator(owner, { role: 'operator' });
      account.changeOperator(JON, { email: 'somebody.else@acme.example', name: null });
      account.changeOperator('anna@partner.example', { deactivated: true });
    });
    expect(await listed(simulator, 'operators')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: owner, role: 'operator' }),
        expect.objectContaining({ email: 'somebody.else@acme.example', name: null }),
        expect.objectContaining({ email: 'anna@partner.example', deactivated: true, realStatus: 'offline' }),
      ]),
    );
  });

  test('creates and deletes people, with an invitation', async () => {
    const simulator = await startedSimulator({ seats: 5 });
    const { id } = simulator.edit((account) => account.addOperator({ ...ARYA, role: 'admin' }));
    simulator.edit((account) => account.deleteOperator(JON));
    expect(simulator.account.operator(id)).toMatchObject({ ...ARYA, role: 'admin', deactivated: true });
    expect(simulator.account.invitationsTo(ARYA.email)).toBe(1);
    expect(simulator.account.operatorByEmail(JON)).toBeUndefined();
  });

  test('creates, changes and deletes subscriptions', async () => {
    const simulator = await startedSimulator();
    const moved = simulator.edit((account) => {
      const [, second] = account.account.webhooks;
      account.deleteWebhook(second?.id ?? '');
      account.addWebhook({ event: 'chat.finished', targetUrl: 'https://new.example/', essential: true });
      return account.changeWebhook(OLD_HOOK, { targetUrl: 'https://leaked.example/' });
    });
    expect(
      (await listed(simulator, 'events/subscriptions')).map((one) => [one.targetUrl, one.essential]),
    ).toEqual([
      ['https://leaked.example/', false],
      ['https://partner.example/chats', false],
      ['https://new.example/', true],
    ]);
    expect(simulator.account.webhooks[0]).toBe(moved);
  });

  test('is a status that does not end', async () => {
    const clock = movableClock();
    const simulator = await startedSimulator({ now: clock.now });
    const target = `POST operators/${idOf(simulator, JON)}/status`;
    await call(simulator, target, { status: 'online', ttl: 60 });
    simulator.edit((account) => account.changeOperator(JON, { lastStatus: 'away' }));
    clock.advanceSeconds(61);
    expect(simulator.account.operatorByEmail(JON)).toMatchObject({ lastStatus: 'away', realStatus: 'away' });
  });

  test('to what is not there is an error of the rehearsal', async () => {
    const simulator = await startedSimulator();
    const edit = () => simulator.edit((account) => account.changeOperator('no@acme.example', {}));
    expect(edit).toThrow('The account has no no@acme.example to edit');
  });
});
