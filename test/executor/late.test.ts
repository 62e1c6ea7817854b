import { describe, expect, test } from 'vitest';
import type { FaultKind } from '../../src/simulator/index.ts';
import { rehearsal, resultOf } from './run.ts';

const ARYA = 'arya@acme.example';
const HOOK_KEY = 'chat.started https://hooks.acme.example/x';
const OPERATOR = ['operators:', `  - { email: ${ARYA}, name: Arya, status: online }`];
const WEBHOOK = ['webhooks:', '  - { url: "https://hooks.acme.example/x", events: [chat.started] }'];
const KINDS: FaultKind[] = [
  'reset-late',
  '500-late',
  '502-late',
  '503-late',
  '504-late',
  'cut-json-late',
  'html-late',
];

describe.each([200, 2_500, 9_000])(
  'a create that the server acts on %i ms after its answer was lost',
  (lateMs) => {
    test.each(KINDS)('%s is made once', async (kind) => {
      for (const [lines, call] of [
        [OPERATOR, 'POST operators'],
        [WEBHOOK, 'POST subscriptions'],
      ] as const) {
        const { run, account } = await rehearsal({
          lines,
          simulator: { faults: [{ call, kind, lateMs }], lagMs: 90 },
        });
        expect(account.invitations.length + account.webhooks.length).toBe(1);
        expect(run.report?.summary).toMatchObject({ failed: 0, skipped: 0, unknown: 0 });
        expect(run.exit).toBe(0);
      }
    });
  },
);

describe('a create that the server acts on when the settle time is over', () => {
  test('leaves a webhook to the next run: unknown, 3, one request', async () => {
    const { run, simulator, account, changes } = await rehearsal({
      lines: WEBHOOK,
      simulator: { faults: [{ call: 'POST subscriptions', kind: 'reset-late', lateMs: 60_000 }] },
    });
    expect(changes).toEqual(['POST /events/subscriptions']);
    expect(resultOf(run, 'webhook', HOOK_KEY)).toMatchObject({
      outcome: 'unknown',
      error: expect.stringMatching(/it may still come about, so it was not sent again$/),
    });
    expect(run.exit).toBe(3);
    simulator.settle();
    expect(account.webhooks).toHaveLength(1);
  });

  test('invites a person once: the second create is a conflict', async () => {
    const { run, account, changes } = await rehearsal({
      lines: OPERATOR,
      simulator: { faults: [{ call: 'POST operators', kind: '504-late', lateMs: 10_000 }] },
    });
    expect(account.invitations).toHaveLength(1);
    expect(changes.filter((call) => call === 'POST /operators').length).toBeLessThanOrEqual(2);
    expect(resultOf(run, 'operator', ARYA).outcome).toBe('applied');
    expect(run.exit).toBe(0);
  });
});

describe('creates whose answers are lost', () => {
  test('are looked for together: one reading serves all', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `p${index}`);
    const { run, calls, account } = await rehearsal({
      lines: ['operators:', ...names.map((name) => `  - { email: ${name}@acme.example, name: N }`)],
      simulator: { faults: [{ call: 'POST operators', kind: 'reset-late', lateMs: 2_500, times: 12 }] },
    });
    expect(run.exit).toBe(0);
    expect(account.invitations).toHaveLength(12);
    // To plan, at 0, 250, 750, 1750 and 3750 ms, one more for who came during a look, and the last one.
    expect(calls.filter((call) => call.startsWith('GET')).length).toBeLessThanOrEqual(9);
  });
});
