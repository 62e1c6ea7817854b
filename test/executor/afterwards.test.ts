import { describe, expect, test } from 'vitest';
import { reportSchema } from '../../src/model/report-schema.ts';
import { idOf } from '../simulator/api-caller.ts';
import { person, rehearsal, resultOf } from './run.ts';

const JON = 'jon@acme.example';
const HOOK = 'chat.started https://hooks.acme.example/x';
const ONE_HOOK = ['webhooks:', '  - { url: "https://hooks.acme.example/x", events: [chat.started] }'];
const STATUS = ['operators:', `  - { email: ${JON}, status: online }`];

describe('afterwards', () => {
  test('what was confirmed and has no effect is unknown, with the advice not to apply again', async () => {
    const { run, account } = await rehearsal({
      lines: ONE_HOOK,
      simulator: { faults: [{ call: 'POST subscriptions', kind: 'says-done' }] },
    });
    expect(account.webhooks).toEqual([]);
    expect(resultOf(run, 'webhook', HOOK)).toMatchObject({
      outcome: 'unknown',
      error:
        "confirmed, but not in the account's list yet; plan again in a while, and do not apply again before",
    });
    expect(run.report?.remaining).toMatchObject([{ action: 'create', key: HOOK }]);
    expect(run.report?.remainingDigest).toMatch(/^sha256:/);
    expect(reportSchema.parse(run.report)).toEqual(run.report);
    expect(run.exit).toBe(3);
  });

  test('what was confirmed and is something else again has failed', async () => {
    const { run } = await rehearsal({
      operators: [person('jon')],
      lines: ['operators:', `  - { email: ${JON}, name: J }`],
      simulator: {
        edits: [
          { after: 'PUT operators/*', edit: (account) => account.changeOperator(JON, { name: 'Jonathan' }) },
        ],
      },
    });
    expect(resultOf(run, 'operator', JON)).toMatchObject({
      outcome: 'failed',
      error: 'changed since: name J → Jonathan',
    });
    expect(run.exit).toBe(3);
  });

  test('what was created and deleted by somebody is not in the list', async () => {
    const { run } = await rehearsal({
      lines: ONE_HOOK,
      simulator: {
        edits: [{ after: 'POST subscriptions', edit: (account) => account.deleteWebhook(HOOK) }],
      },
    });
    expect(resultOf(run, 'webhook', HOOK).outcome).toBe('unknown');
    expect(run.exit).toBe(3);
  });

  test('a confirmed status that still shows the word from before has failed', async () => {
    const { run } = await rehearsal({
      operators: [person('jon')],
      lines: STATUS,
      simulator: { faults: [{ call: 'POST operators/*/status', kind: 'says-done' }] },
    });
    expect(resultOf(run, 'status', JON)).toMatchObject({
      outcome: 'failed',
      error: 'confirmed, but the account still shows offline',
    });
    expect(run.report?.remaining).toMatchObject([{ kind: 'status', key: JON }]);
    expect(run.exit).toBe(3);
  });

  test('a status with a third word was set by its person: applied, at once, and that is said', async () => {
    const { run, clock } = await rehearsal({
      operators: [person('jon')],
      lines: STATUS,
      simulator: {
        edits: [
          {
            after: 'POST operators/*/status',
            edit: (account) => account.changeOperator(JON, { lastStatus: 'away' }),
          },
        ],
      },
    });
    expect(resultOf(run, 'status', JON)).toMatchObject({
      outcome: 'applied',
      note: 'it is away by now: somebody has changed it since',
    });
    expect(run).toMatchObject({ exit: 0, report: { converged: true, remaining: [] } });
    expect(clock.passed).toBe(0);
  });

  test('a DELETE that found 404 is done when a reading no longer has the object', async () => {
    const operators = [person('jon'), person('sam')];
    const lines = ['operators:', `  - { email: ${JON}, state: absent }`];
    const gone = await rehearsal({
      operators,
      lines,
      simulator: {
        edits: [{ before: 'DELETE operators/*', edit: (account) => account.deleteOperator(JON) }],
      },
    });
    expect(resultOf(gone.run, 'operator', JON)).toMatchObject({ outcome: 'applied', attempts: 1 });
    expect(gone.run.exit).toBe(0);
    const denied = await rehearsal({
      operators,
      lines,
      simulator: { faults: [{ call: 'DELETE operators/*', kind: '404' }] },
    });
    expect(resultOf(denied.run, 'operator', JON)).toMatchObject({
      outcome: 'failed',
      error: "the server does not know it (404), but the account's list still has it",
    });
    expect(denied.run.exit).toBe(3);
  });

  test('the report has what the account has beside the files, and what the files name', async () => {
    const { run } = await rehearsal({
      operators: [person('jon')],
      lines: ONE_HOOK.concat('operators:', '  - { email: owner@acme.example }'),
      simulator: {
        edits: [
          {
            after: 'POST subscriptions',
            edit: (account) => account.addOperator({ email: 'new@acme.example', role: 'admin' }),
          },
        ],
      },
    });
    expect(run.exit).toBe(0);
    expect(run.report?.unmanaged.map(({ key }) => key)).toEqual(['new@acme.example', JON]);
    expect(run.report?.managed.map(({ key }) => key)).toEqual(['owner@acme.example', HOOK]);
  });
});

describe('what this run created', () => {
  test('is found by its id, and the account’s own spelling is told', async () => {
    const { run, simulator } = await rehearsal({
      lines: ['operators:', '  - { email: Arya@acme.example, name: Arya }'],
      simulator: { dialects: ['email-lower-case'] },
    });
    expect(resultOf(run, 'operator', 'arya@acme.example')).toMatchObject({
      outcome: 'applied',
      id: idOf(simulator, 'arya@acme.example'),
      note: 'the account keeps it as arya@acme.example: write it so',
    });
    expect(run.exit).toBe(0);
  });

  test('under another key is no webhook as wished: it is removed again', async () => {
    const { run, account, changes } = await rehearsal({
      lines: ONE_HOOK,
      simulator: {
        edits: [
          {
            after: 'POST subscriptions',
            edit: (editor) => editor.changeWebhook(HOOK, { targetUrl: 'https://hooks.acme.example/v2/x' }),
          },
        ],
      },
    });
    expect(account.webhooks).toEqual([]);
    expect(changes).toEqual(['POST /events/subscriptions', 'DELETE /events/subscriptions/*']);
    expect(resultOf(run, 'webhook', HOOK)).toMatchObject({
      outcome: 'failed',
      error:
        'the account keeps it as https://hooks.acme.example/v2/x: write it so; this one was removed again',
    });
    expect(run.exit).toBe(3);
  });

  test('under another key stays where it is a person', async () => {
    const { run, account } = await rehearsal({
      lines: ['operators:', '  - { email: arya@acme.example, name: Arya }'],
      simulator: {
        edits: [
          {
            after: 'POST operators',
            edit: (editor) => editor.changeOperator('arya@acme.example', { email: 'arya+x@acme.example' }),
          },
        ],
      },
    });
    expect(account.operatorByEmail('arya+x@acme.example')).toBeDefined();
    expect(account.deletedOperators).toEqual([]);
    expect(resultOf(run, 'operator', 'arya@acme.example')).toMatchObject({
      outcome: 'applied',
      note: 'the account keeps it as arya+x@acme.example: write it so',
    });
    expect(run.exit).toBe(3);
  });

  test('and somebody pointed elsewhere at once is theirs: it is not removed', async () => {
    const { run, account } = await rehearsal({
      lines: ONE_HOOK,
      simulator: {
        edits: [
          {
            after: 'POST subscriptions',
            edit: (editor) => editor.changeWebhook(HOOK, { targetUrl: 'https://elsewhere.example/' }),
          },
        ],
      },
    });
    expect(account.webhooks).toMatchObject([{ targetUrl: 'https://elsewhere.example/' }]);
    expect(resultOf(run, 'webhook', HOOK)).toMatchObject({
      outcome: 'failed',
      error: 'changed since: targetUrl https://hooks.acme.example/x → https://elsewhere.example/',
    });
    expect(run.exit).toBe(3);
  });
});
