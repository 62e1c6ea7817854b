import { describe, expect, test } from 'vitest';
import type { AnswerShapes, SimulatedAccount, Simulator } from '../../src/simulator/index.ts';
import { rehearse } from '../faults/rehearse.ts';
import { startedSimulator } from '../simulator/api-caller.ts';
import { TestClock } from '../support/chaport-client.ts';
import { file, requestsTo, resultOf, seedWith } from './run.ts';

const FILE = file('webhooks:', '  - { url: "https://hooks.acme.example/x", events: [chat.started] }');
const KEY = 'chat.started https://hooks.acme.example/x';
const SAME = { event: 'chat.started', targetUrl: 'https://hooks.acme.example/x', essential: false };
const SMALLER = `0${'0'.repeat(23)}`;
const LARGER = 'f'.repeat(24);
const POST = 'POST /events/subscriptions';
const DELETE = 'DELETE /events/subscriptions/*';

interface Meeting {
  /** The other run's subscription. */
  otherId: string;
  shapes?: AnswerShapes;
  /** Runs whenever this run waits. */
  whileWaiting?: (account: SimulatedAccount, passed: number) => void;
  /** Runs just before this run's delete is carried out. */
  onDelete?: (account: SimulatedAccount) => void;
}

/** Creates a subscription that another run creates at the same time. */
async function meet({ otherId, shapes, whileWaiting, onDelete }: Meeting) {
  let deletes = 0;
  const simulator: Simulator = await startedSimulator({
    seed: seedWith(),
    ...shapes,
    onRequest: (_n, { method }) => {
      if (method !== 'DELETE') return;
      deletes += 1;
      if (deletes === 1) onDelete?.(simulator.account);
    },
  });
  const clock = new TestClock();
  clock.whileSleeping = () => whileWaiting?.(simulator.account, clock.passed);
  const run = await rehearse(simulator, {
    file: FILE,
    client: { clock },
    whenPlanned: () => {
      simulator.account.webhooks.push({ id: otherId, ...SAME });
    },
  });
  return { simulator, run, result: resultOf(run, 'webhook', KEY), ids: idsIn(simulator) };
}

function idsIn({ account }: Simulator): string[] {
  return account.webhooks.map(({ id }) => id);
}

describe('a subscription that another run creates at the same time', () => {
  test('stays where its id is smaller: this run removes its own', async () => {
    const { simulator, run, result, ids } = await meet({ otherId: SMALLER });
    expect(ids).toEqual([SMALLER]);
    expect(result).toMatchObject({
      outcome: 'skipped',
      id: SMALLER,
      error: expect.stringContaining('another run created the same webhook'),
    });
    expect(run).toMatchObject({ exit: 0, report: { converged: true, remaining: [] } });
    expect(requestsTo(simulator, 'changes')).toEqual([POST, DELETE]);
  });

  test('goes where its id is larger: the other run is given the time to remove it', async () => {
    const { simulator, run, result, ids } = await meet({
      otherId: LARGER,
      whileWaiting: (account) => {
        const [kept] = account.webhooks.filter(({ id }) => id !== LARGER);
        if (kept) account.webhooks.splice(0, Infinity, kept);
      },
    });
    expect(ids).toEqual([result.id]);
    expect(result).toMatchObject({ outcome: 'applied' });
    expect(run.exit).toBe(0);
    expect(requestsTo(simulator, 'changes')).toEqual([POST]);
  });

  test('goes where its id is larger, though the other run takes its whole settle time first', async () => {
    const { simulator, run, ids, result } = await meet({
      otherId: LARGER,
      whileWaiting: (account, passed) => {
        if (passed >= 10_000)
          account.webhooks.splice(0, Infinity, ...account.webhooks.filter(({ id }) => id !== LARGER));
      },
    });
    expect(ids).toEqual([result.id]);
    expect(run.exit).toBe(0);
    expect(requestsTo(simulator, 'changes')).toEqual([POST]);
  });

  test('stays where nobody removes it: this run removes its own after a while', async () => {
    const { run, result, ids } = await meet({ otherId: LARGER });
    expect(ids).toEqual([LARGER]);
    expect(result).toMatchObject({ outcome: 'skipped', id: LARGER });
    expect(run.exit).toBe(0);
  });

  test('is created anew where both have removed their own', async () => {
    const { simulator, run, result, ids } = await meet({
      otherId: SMALLER,
      onDelete: (account) => account.deleteWebhook(SMALLER),
    });
    expect(ids).toEqual([result.id]);
    expect(result).toMatchObject({ outcome: 'applied', attempts: 2 });
    expect(run).toMatchObject({ exit: 0, report: { converged: true } });
    expect(requestsTo(simulator, 'changes')).toEqual([POST, DELETE, POST]);
  });

  test('is not removed where this run cannot tell which is its own, and that is said', async () => {
    const { simulator, run, ids } = await meet({ otherId: SMALLER, shapes: { createAnswer: 'empty' } });
    expect(ids).toHaveLength(2);
    expect(requestsTo(simulator, 'changes')).toEqual([POST]);
    expect(run.exit).toBe(3);
    expect(run.report).toMatchObject({
      converged: false,
      verificationError: expect.stringMatching(/twice: chat\.started https:.* cannot be told/),
    });
  });

  test('that cannot be removed leaves the account doubled, and that is said', async () => {
    const simulator = await startedSimulator({
      seed: seedWith(),
      faults: [{ call: 'DELETE subscriptions/*', kind: '403', times: 'forever' }],
    });
    const run = await rehearse(simulator, {
      file: FILE,
      whenPlanned: () => {
        simulator.account.webhooks.push({ id: SMALLER, ...SAME });
      },
    });
    expect(run.exit).toBe(3);
    expect(resultOf(run, 'webhook', KEY).outcome).toBe('applied');
    expect(run.report?.verificationError).toMatch(/twice: .*403/);
  });

  test('made by a create whose answer was lost, beside another run’s, is named with both ids', async () => {
    const simulator = await startedSimulator({
      seed: seedWith(),
      faults: [{ call: 'POST subscriptions', kind: 'reset-after' }],
    });
    const run = await rehearse(simulator, {
      file: FILE,
      whenPlanned: () => {
        simulator.account.webhooks.push({ id: SMALLER, ...SAME });
      },
    });
    const ids = idsIn(simulator).sort();
    expect(ids).toHaveLength(2);
    expect(requestsTo(simulator, 'changes')).toEqual([POST]);
    expect(run.exit).toBe(3);
    expect(run.report?.verificationError).toContain(`with the ids ${ids.join(' and ')}`);
  });

  test('costs nothing where it did not happen', async () => {
    const simulator = await startedSimulator({ seed: seedWith() });
    await rehearse(simulator, { file: FILE });
    expect(requestsTo(simulator)).toEqual([
      'GET /operators',
      'GET /events/subscriptions',
      POST,
      'GET /operators',
      'GET /events/subscriptions',
    ]);
  });
});
