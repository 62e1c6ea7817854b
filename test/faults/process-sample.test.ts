import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { reportSchema } from '../../src/model/report-schema.ts';
import { parseFault, startSimulator } from '../../src/simulator/index.ts';
import { applyAsProcess, scenarioFolder } from './process.ts';
import { rehearse } from './rehearse.ts';
import { CONVERGED, CONVERGED_LATER, laterViewOf, SEED, viewOf } from './scenario.ts';
import { IS_FULL } from './tally.ts';
import { doubledIn, untruths } from './true-report.ts';

/** Faults as `simulate --fault` takes them, and the exit code of an apply that meets them. */
const SAMPLE: [string[], number][] = [
  [['POST operators=reset-after', 'POST subscriptions=503-after'], 0],
  [['PUT operators/*=truncated', 'DELETE operators/*=html', 'POST operators/*/status=empty'], 0],
  [['POST operators=timeout-before'], 0],
  [['GET operators=html-beforexforever'], 1],
  [['POST *=echoxforever'], 3],
];
const EXTRA: [string[], number][] = [
  [['POST subscriptions=trickle'], 0],
  [['*=429-retry-after:1'], 0],
  [['*=429xforever'], 1],
  [['DELETE subscriptions/*=500xforever'], 3],
  [['*=reset-beforex3'], 0],
  [['*=503-afterx3'], 0],
  [['PUT *=timeout-after'], 0],
  [['POST operators=reset-afterxforever', 'GET operators=503xforever+1'], 3],
  [['POST *=redirectxforever'], 3],
  [['GET subscriptions=cut-jsonxforever+1'], 3],
];

describe('the program', () => {
  test.each(IS_FULL ? [...SAMPLE, ...EXTRA] : SAMPLE)(
    'meets %j, ends with %i and a true report',
    async (faults, exit) => {
      const simulator = await startSimulator({ seed: SEED, faults: faults.map(parseFault) });
      onTestFinished(() => simulator.close());
      const cwd = scenarioFolder();
      // Two settle times of ten seconds, for what was lost and for reading back, would be most of a run.
      const flags = ['--timeout', '1', '--max-retries', '3', '--settle', '3', '--report', 'report.json'];
      const { code, stderr } = await applyAsProcess(simulator, cwd, flags);
      expect({ code, stderr: code === exit ? '' : stderr }).toEqual({ code: exit, stderr: '' });
      const untouched = await startSimulator({ seed: SEED });
      onTestFinished(() => untouched.close());
      if (exit === 1) {
        expect(viewOf(simulator.account)).toEqual(viewOf(untouched.account));
        expect(stderr).not.toBe('');
      } else {
        const report = reportSchema.parse(JSON.parse(readFileSync(path.join(cwd, 'report.json'), 'utf8')));
        // The same account gives the same plan.
        const { plan } = await rehearse(untouched);
        expect(plan && untruths(plan, report, simulator.account)).toEqual([]);
        expect(report.converged).toBe(exit === 0);
      }
      if (exit === 0) expect(viewOf(simulator.account)).toEqual(CONVERGED);
      expect(doubledIn(simulator.account)).toEqual({ invitations: [], subscriptions: [] });
      simulator.clearFaults();
      expect((await rehearse(simulator)).exit).toBe(0);
      expect(laterViewOf(simulator.account)).toEqual(CONVERGED_LATER);
    },
  );
});
