import { describe, expect, test } from 'vitest';
import { person, rehearsal, resultOf } from './run.ts';

const JON = 'jon@acme.example';
const SAM = 'sam@acme.example';
const OLD = { event: 'chat.started', targetUrl: 'https://old.acme.example/x', essential: false };
const SWAP_ADMINS = {
  operators: [person('jon'), person('sam', { role: 'admin' }), person('rast')],
  lines: [
    'operators:',
    `  - { email: ${JON}, role: admin }`,
    `  - { email: ${SAM}, role: operator }`,
    '  - { email: rast@acme.example, state: absent }',
  ],
};
const SWAP_HOOKS = {
  webhooks: [OLD],
  lines: [
    'policy: { prune: { webhooks: ["https://old.acme.example/**"] }, maxDeletes: 5 }',
    'webhooks:',
    '  - { url: "https://new.acme.example/x", events: [chat.started] }',
  ],
};
const NEW_KEY = 'chat.started https://new.acme.example/x';
const OLD_KEY = `${OLD.event} ${OLD.targetUrl}`;

describe('what a step rests on must be seen', () => {
  test('no demotion and no delete where the promotion was confirmed without effect', async () => {
    const { run, account, clock } = await rehearsal({
      ...SWAP_ADMINS,
      simulator: { faults: [{ call: 'PUT operators/*', kind: 'says-done' }] },
    });
    expect(account.operatorByEmail(SAM)?.role).toBe('admin');
    expect(account.deletedOperators).toEqual([]);
    expect(resultOf(run, 'operator', JON)).toMatchObject({
      outcome: 'unknown',
      error: expect.stringMatching(/^confirmed, but not in the account's list yet; plan again in a while/),
    });
    for (const key of [SAM, 'rast@acme.example']) {
      expect(resultOf(run, 'operator', key)).toMatchObject({
        outcome: 'skipped',
        error: `skipped because it needs update operator ${JON}, which was confirmed, but is not in the account's list yet`,
      });
    }
    expect(run.exit).toBe(3);
    // Both wait for it together, and then the last look does.
    expect(clock.passed).toBeLessThanOrEqual(20_000);
  });

  test('by one reading, which serves the phase that waits for it', async () => {
    const { run, calls } = await rehearsal(SWAP_ADMINS);
    expect(run.exit).toBe(0);
    expect(calls.filter((call) => call === 'GET /operators')).toHaveLength(3);
  });

  test.each([
    ['is confirmed without effect', 'says-done'],
    ['is answered with an error in a 200', 'says-error'],
    ['is answered with {"ok":false}', 'says-not-ok'],
    ['is answered with {"result":null}', 'says-null'],
  ] as const)('no webhook delete where the new subscription %s', async (_what, kind) => {
    const { run, account, changes } = await rehearsal({
      ...SWAP_HOOKS,
      simulator: { faults: [{ call: 'POST subscriptions', kind }] },
    });
    expect(account.webhooks).toMatchObject([OLD]);
    expect(changes).toEqual(['POST /events/subscriptions']);
    expect(resultOf(run, 'webhook', NEW_KEY).outcome).toBe(/error|ok/.test(kind) ? 'failed' : 'unknown');
    expect(resultOf(run, 'webhook', OLD_KEY).outcome).toBe('skipped');
    expect(run.exit).toBe(3);
  });

  test.each([0, 300, 1_500])('and lists may lag %i ms', async (lagMs) => {
    for (const swap of [SWAP_HOOKS, SWAP_ADMINS]) {
      const { run, account } = await rehearsal({ ...swap, simulator: { lagMs } });
      expect(run.report).toMatchObject({ converged: true, remaining: [], remainingDigest: null });
      expect(run.exit).toBe(0);
      expect(account.webhooks.length).toBeLessThanOrEqual(1);
    }
  });
});
