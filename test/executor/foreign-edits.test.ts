import { describe, expect, test } from 'vitest';
import type { AccountEditor } from '../../src/simulator/index.ts';
import type { TestClock } from '../support/chaport-client.ts';
import { bodiesTo, person, type Rehearsal, rehearsal, resultOf } from './run.ts';

const JON = 'jon@acme.example';
const HOOK = { event: 'chat.started', targetUrl: 'https://hooks.acme.example/x', essential: false };
const HOOK_KEY = `${HOOK.event} ${HOOK.targetUrl}`;

/** Somebody edits the account while the question waits for its answer. */
function editedMeanwhile(edit: (account: AccountEditor) => unknown, options: Rehearsal) {
  return rehearsal({
    ...options,
    meanwhile: (simulator, clock) => {
      simulator.edit(edit);
      clock.passed += 60_000;
    },
  });
}

describe('what somebody changed since the plan', () => {
  test('in a field that the file does not manage goes out as it is now', async () => {
    const { simulator, run, account } = await editedMeanwhile(
      (editor) => editor.changeOperator(JON, { role: 'admin', jobTitle: 'Steward' }),
      { operators: [person('jon')], lines: ['operators:', `  - { email: ${JON}, name: J }`] },
    );
    expect(bodiesTo(simulator, 'PUT /operators/*')).toEqual([
      { email: JON, name: 'J', role: 'admin', language: 'en', jobTitle: 'Steward' },
    ]);
    expect(account.operatorByEmail(JON)).toMatchObject({ role: 'admin', jobTitle: 'Steward', name: 'J' });
    expect(run.exit).toBe(0);
  });

  test.each<[string, string, (editor: AccountEditor) => unknown, string]>([
    [
      'managed',
      'name: J, role: operator',
      (editor) => editor.changeOperator(JON, { role: 'admin' }),
      'role operator → admin',
    ],
    [
      'to be changed',
      'name: J',
      (editor) => editor.changeOperator(JON, { name: 'Jonathan' }),
      'name jon → Jonathan',
    ],
    [
      'the key',
      'name: J',
      (editor) => editor.changeOperator(JON, { email: 'new@acme.example' }),
      `email ${JON} → new@acme.example`,
    ],
    ['the object itself', 'name: J', (editor) => editor.deleteOperator(JON), 'it is no longer there'],
  ])('is not undone where it is %s', async (_what, fields, edit, words) => {
    const { run, changes } = await editedMeanwhile(edit, {
      operators: [person('jon')],
      lines: ['operators:', `  - { email: ${JON}, ${fields} }`],
    });
    expect(changes).toEqual([]);
    expect(resultOf(run, 'operator', JON)).toMatchObject({
      outcome: 'skipped',
      attempts: 0,
      error: `changed since the plan: ${words}`,
    });
    expect(run.exit).toBe(3);
  });

  test('in the spelling of a key that does not change stays', async () => {
    const { simulator, run } = await editedMeanwhile(
      (editor) => editor.changeOperator(JON, { email: 'Jon@ACME.example' }),
      { operators: [person('jon')], lines: ['operators:', `  - { email: ${JON}, name: J }`] },
    );
    expect(bodiesTo(simulator, 'PUT /operators/*')).toMatchObject([{ email: 'Jon@ACME.example', name: 'J' }]);
    expect(run.exit).toBe(0);
  });

  test('to what the file wants is no foreign edit: no call is needed', async () => {
    const { run, changes } = await editedMeanwhile((editor) => editor.changeOperator(JON, { name: 'J' }), {
      operators: [person('jon')],
      lines: ['operators:', `  - { email: ${JON}, name: J, role: operator }`],
    });
    expect(changes).toEqual([]);
    expect(resultOf(run, 'operator', JON)).toMatchObject({ outcome: 'applied', attempts: 0 });
    expect(run.exit).toBe(0);
  });

  test('takes what needs it along', async () => {
    const { run, account } = await editedMeanwhile((editor) => editor.changeOperator(JON, { role: null }), {
      operators: [person('jon'), person('sam', { role: 'admin' })],
      lines: [
        'operators:',
        `  - { email: ${JON}, role: admin }`,
        '  - { email: sam@acme.example, role: operator }',
      ],
    });
    expect(account.operatorByEmail('sam@acme.example')?.role).toBe('admin');
    expect(resultOf(run, 'operator', JON).error).toBe('changed since the plan: role operator → (empty)');
    expect(resultOf(run, 'operator', 'sam@acme.example')).toMatchObject({
      outcome: 'skipped',
      error: `skipped because it needs update operator ${JON}, which did not succeed`,
    });
  });

  test('of a webhook is not pointed back, and its key is not told', async () => {
    const { run, changes, account } = await editedMeanwhile(
      (editor) => editor.changeWebhook(HOOK_KEY, { targetUrl: `${HOOK.targetUrl}?key=s3cret-of-theirs` }),
      {
        webhooks: [HOOK],
        lines: ['webhooks:', `  - { url: "${HOOK.targetUrl}", events: [chat.started], essential: true }`],
      },
    );
    expect(changes).toEqual([]);
    expect(account.webhooks[0]).toMatchObject({
      targetUrl: `${HOOK.targetUrl}?key=s3cret-of-theirs`,
      essential: false,
    });
    const { error } = resultOf(run, 'webhook', HOOK_KEY);
    expect(error).toMatch(/^changed since the plan: targetUrl https:\/\/hooks\.acme\.example\/x → https:/);
    expect(JSON.stringify(run.report)).not.toContain('s3cret-of-theirs');
  });
});

describe('a delete', () => {
  const lines = ['operators:', `  - { email: ${JON}, state: absent }`];
  const operators = [person('jon'), person('sam')];

  test.each<[string, (editor: AccountEditor) => unknown, string]>([
    [
      'address',
      (editor) => editor.changeOperator(JON, { email: 'boss@acme.example' }),
      `email ${JON} → boss@acme.example`,
    ],
    ['role', (editor) => editor.changeOperator(JON, { role: 'admin' }), 'role operator → admin'],
  ])('is not sent where the %s is another one', async (_what, edit, words) => {
    const { run, account } = await editedMeanwhile(edit, { operators, lines });
    expect(account.deletedOperators).toEqual([]);
    expect(resultOf(run, 'operator', JON)).toMatchObject({
      outcome: 'skipped',
      error: `changed since the plan: ${words}`,
    });
  });

  test('is sent where only the name is', async () => {
    const { run, account } = await editedMeanwhile(
      (editor) => editor.changeOperator(JON, { name: 'Jonny' }),
      {
        operators,
        lines,
      },
    );
    expect(account.operatorByEmail(JON)).toBeUndefined();
    expect(run.exit).toBe(0);
  });

  test('of what is gone already needs no call', async () => {
    const { run, changes } = await editedMeanwhile((editor) => editor.deleteOperator(JON), {
      operators,
      lines,
    });
    expect(changes).toEqual([]);
    expect(resultOf(run, 'operator', JON)).toMatchObject({ outcome: 'applied', attempts: 0 });
    expect(run.exit).toBe(0);
  });

  test('of a webhook is sent only where every field is what the plan saw', async () => {
    const { run, changes } = await editedMeanwhile(
      (editor) => editor.changeWebhook(HOOK_KEY, { essential: true }),
      {
        webhooks: [HOOK],
        lines: ['webhooks:', `  - { url: "${HOOK.targetUrl}", events: [chat.started], state: absent }`],
      },
    );
    expect(changes).toEqual([]);
    expect(resultOf(run, 'webhook', HOOK_KEY).error).toBe('changed since the plan: essential false → true');
  });
});

describe('a status', () => {
  const operators = [person('jon')];
  const lines = ['operators:', `  - { email: ${JON}, status: online }`];

  test('is sent whatever the person has set meanwhile', async () => {
    const { run, account } = await editedMeanwhile(
      (editor) => editor.changeOperator(JON, { lastStatus: 'away' }),
      {
        operators,
        lines,
      },
    );
    expect(account.operatorByEmail(JON)?.lastStatus).toBe('online');
    expect(run.exit).toBe(0);
  });

  test.each<[string, (editor: AccountEditor) => unknown, string]>([
    ['is gone', (editor) => editor.deleteOperator(JON), 'it is no longer there'],
    [
      'has another address',
      (editor) => editor.changeOperator(JON, { email: 'new@acme.example' }),
      `email ${JON} → new@acme.example`,
    ],
  ])('is skipped where its operator %s', async (_what, edit, words) => {
    const { run, changes } = await editedMeanwhile(edit, { operators, lines });
    expect(changes).toEqual([]);
    expect(resultOf(run, 'status', JON)).toMatchObject({
      outcome: 'skipped',
      error: `changed since the plan: ${words}`,
    });
  });

  test.each([0, 1_500])(
    'goes to who was given another address by this very run, lag %i ms',
    async (lagMs) => {
      const shared: { clock?: TestClock } = {};
      const { run, account, calls } = await rehearsal({
        operators,
        lines: ['operators:', `  - { email: snow@acme.example, movedFrom: ${JON}, status: online }`],
        simulator: {
          lagMs,
          // The status needs a reading of its own.
          onHandled: (_n, { method }) => {
            if (method === 'PUT' && shared.clock) shared.clock.passed += 2_100 - lagMs / 2;
          },
        },
        meanwhile: (_simulator, clock) => {
          shared.clock = clock;
          clock.passed += 1_900;
        },
      });
      expect(calls.slice(0, 4)).toEqual([
        'GET /operators',
        'PUT /operators/*',
        'GET /operators',
        'POST /operators/*/status',
      ]);
      expect(account.operatorByEmail('snow@acme.example')?.lastStatus).toBe('online');
      expect(run.exit).toBe(0);
    },
  );

  test('whose time is over when its turn comes is skipped, and that is no reason for exit 3', async () => {
    const { run, changes } = await rehearsal({
      operators,
      lines: [
        'operators:',
        `  - { email: ${JON}, status: { value: online, until: "2099-01-01T00:00:00Z" } }`,
      ],
      meanwhile: (_simulator, clock) => {
        clock.time = Date.parse('2099-01-01T00:00:00Z');
      },
    });
    expect(changes).toEqual([]);
    expect(resultOf(run, 'status', JON)).toMatchObject({
      outcome: 'skipped',
      error: 'until 2099-01-01T00:00:00Z has passed, so it was not set',
    });
    expect(run).toMatchObject({ exit: 0, report: { converged: true, remaining: [] } });
  });
});
