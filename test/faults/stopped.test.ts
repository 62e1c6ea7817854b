import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ApplyReport } from '../../src/model/report.ts';
import { reportSchema } from '../../src/model/report-schema.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/simulator/index.ts';
import { applyAsProcess, gate, scenarioFolder } from './process.ts';
import { rehearse } from './rehearse.ts';
import { CONVERGED_LATER, laterViewOf, SEED, viewOf } from './scenario.ts';
import { IS_FULL } from './tally.ts';
import { doubledIn, untruths } from './true-report.ts';

interface Stopped {
  code: number | null;
  simulator: Simulator;
  report: ApplyReport | null;
  /** Requests that had arrived when the program had heard the signal. */
  arrived: number;
  milliseconds: number;
}

interface StopOptions {
  signal: NodeJS.Signals;
  /** The request that is under way when the signal comes. */
  at: number;
  /** Sent a second time when the program has heard the first. */
  twice?: boolean;
  /** Whether that request is answered after the signal; otherwise never. */
  answered: boolean;
  args?: string[];
}

/** Runs an apply that gets a signal while a certain request is under way. */
async function stopAt({ signal, at, twice, answered, args = [] }: StopOptions): Promise<Stopped> {
  const heard = gate();
  let child: ChildProcess | undefined;
  let arrived = 0;
  const onRequest: SimulatorOptions['onRequest'] = async (number) => {
    if (number !== at) return;
    child?.kill(signal);
    await heard.opened;
    arrived = simulator.account.requests.length;
    if (twice) child?.kill(signal);
    if (!answered) await new Promise(() => {});
  };
  const simulator: Simulator = await startSimulator({ seed: SEED, onRequest });
  onTestFinished(() => simulator.close());
  const cwd = scenarioFolder();
  const start = performance.now();
  const { code } = await applyAsProcess(
    simulator,
    cwd,
    ['--concurrency', '1', '--report', 'report.json', ...args],
    {
      onStarted: (started) => {
        child = started;
        started.stderr?.on('data', (chunk: Buffer) => {
          if (chunk.toString().includes('no new call starts')) heard.open();
        });
      },
    },
  );
  const milliseconds = performance.now() - start;
  const file = path.join(cwd, 'report.json');
  const report = existsSync(file) ? reportSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
  return { code, simulator, report, arrived, milliseconds };
}

async function scenarioPlan() {
  const simulator = await startSimulator({ seed: SEED });
  const { plan } = await rehearse(simulator);
  await simulator.close();
  if (!plan) throw new Error('no plan');
  return plan;
}

async function expectGoesOn(simulator: Simulator): Promise<void> {
  const again = await rehearse(simulator);
  expect(again.exit).toBe(0);
  expect(laterViewOf(simulator.account)).toEqual(CONVERGED_LATER);
  expect(doubledIn(simulator.account)).toEqual({ invitations: [], subscriptions: [] });
}

describe('a signal', () => {
  test.each([
    ['SIGINT', 3],
    ['SIGTERM', 3],
    ['SIGINT', 12],
    ['SIGTERM', 15],
  ] as const)(
    '%s during request %i lets it finish, starts no other, and the report is written',
    async (signal, at) => {
      const { code, simulator, report, arrived } = await stopAt({ signal, at, answered: true });
      expect(code).toBe(3);
      expect(arrived).toBe(at);
      expect(simulator.account.requests).toHaveLength(at);
      expect(report).toMatchObject({ interrupted: signal, converged: false });
      if (!report) return;
      expect(untruths(await scenarioPlan(), report, simulator.account)).toEqual([]);
      // Every write that arrived was answered, and so is done.
      const writes = simulator.account.requests.filter(({ method }) => method !== 'GET').length;
      expect(report.summary).toEqual({
        applied: writes,
        failed: 0,
        skipped: report.changes.length - writes,
        unknown: 0,
      });
      await expectGoesOn(simulator);
    },
  );

  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s while the account is read ends with 1 and no change',
    async (signal) => {
      const { code, simulator } = await stopAt({ signal, at: 2, answered: true });
      expect(code).toBe(1);
      expect(simulator.account.requests.every(({ method }) => method === 'GET')).toBe(true);
    },
  );

  test('a second time ends the program at once, though a call hangs, and the report says what is not known', async () => {
    const { code, simulator, report, milliseconds } = await stopAt({
      signal: 'SIGINT',
      at: 5,
      answered: false,
      twice: true,
    });
    expect(code).toBe(3);
    expect(milliseconds).toBeLessThan(8_000);
    expect(simulator.account.requests).toHaveLength(5);
    expect(report).toMatchObject({
      interrupted: 'SIGINT',
      converged: false,
      summary: { applied: 2, failed: 0, unknown: 1 },
    });
  });

  test.runIf(IS_FULL)(
    'cuts a call that hangs for longer than ten seconds, and does not guess how it ended',
    async () => {
      const { code, simulator, report, milliseconds } = await stopAt({
        signal: 'SIGTERM',
        at: 3,
        answered: false,
      });
      expect(code).toBe(3);
      expect(milliseconds).toBeGreaterThan(9_900);
      expect(milliseconds).toBeLessThan(14_000);
      expect(report).toMatchObject({
        interrupted: 'SIGTERM',
        summary: { applied: 0, failed: 0, unknown: 1 },
      });
      expect(viewOf(simulator.account).invitations).toEqual([]);
    },
  );
});
