import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, describe, expect, test } from 'vitest';
import { startSimulator } from '../../src/simulator/index.ts';
import { applyAsProcess, scenarioFolder } from './process.ts';
import { rehearse } from './rehearse.ts';
import { CONVERGED_LATER, laterViewOf, SEED } from './scenario.ts';
import { IS_FULL, samples, tally } from './tally.ts';
import { doubledIn } from './true-report.ts';

/** Requests of one whole apply of the scenario: two reads, the changes, two reads. */
const REQUESTS = 23;
/** An ordinary run kills at every sixth request, in the middle of the reads, of each phase and of the read-back. */
const MOMENTS = Array.from({ length: REQUESTS }, (_, index) => index + 1).filter(
  (k) => IS_FULL || k % 6 === 3 || k === 8,
);
const CONCURRENCIES = [4, 1].slice(0, samples(1, 1, 2));
const KILLS = CONCURRENCIES.flatMap((concurrency) =>
  MOMENTS.flatMap((k) => (['before', 'after'] as const).map((when) => ({ k, when, concurrency }))),
);

let survived = 0;
const doubled = { invitations: 0, subscriptions: 0 };

/** Dies at a request; a server that was to die before it handled it never does. */
function deathAt(k: number, when: 'before' | 'after') {
  let child: ChildProcess | undefined;
  const die = async (number: number) => {
    if (number !== k || !child) return;
    const dead = once(child, 'exit');
    child.kill('SIGKILL');
    await dead;
    if (when === 'before') throw new Error('never handled');
  };
  return {
    hooks: when === 'before' ? { onRequest: die } : { onHandled: die },
    onStarted: (started: ChildProcess) => {
      child = started;
    },
  };
}

describe('an apply', () => {
  test(`makes ${REQUESTS} requests when nothing goes wrong`, async () => {
    const simulator = await startSimulator({ seed: SEED });
    try {
      const { exit } = await rehearse(simulator);
      expect({ exit, requests: simulator.account.requests.length }).toEqual({ exit: 0, requests: REQUESTS });
    } finally {
      await simulator.close();
    }
  });

  test.each(KILLS)(
    'that is killed at request $k, just $when it is handled ($concurrency at once), is gone on with',
    async ({ k, when, concurrency }) => {
      const { hooks, onStarted } = deathAt(k, when);
      const simulator = await startSimulator({ seed: SEED, ...hooks });
      try {
        const killed = await applyAsProcess(
          simulator,
          scenarioFolder(),
          ['--concurrency', String(concurrency)],
          {
            onStarted,
          },
        );
        expect(killed.signal).toBe('SIGKILL');
        const again = await rehearse(simulator);
        expect(again.exit).toBe(0);
        expect(laterViewOf(simulator.account)).toEqual(CONVERGED_LATER);
        const { invitations, subscriptions } = doubledIn(simulator.account);
        doubled.invitations += invitations.length;
        doubled.subscriptions += subscriptions.length;
        expect({ invitations, subscriptions }).toEqual({ invitations: [], subscriptions: [] });
        survived += 1;
      } finally {
        await simulator.close();
      }
    },
  );
});

afterAll(() => {
  tally('kills survived', survived);
  tally('subscriptions made twice', doubled.subscriptions);
  tally('people invited twice', doubled.invitations);
});
