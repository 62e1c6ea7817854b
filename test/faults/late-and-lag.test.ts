import { afterAll, describe, expect, test } from 'vitest';
import type { Fault, FaultKind } from '../../src/simulator/index.ts';
import { startedSimulator } from '../simulator/api-caller.ts';
import { TestClock } from '../support/chaport-client.ts';
import { rehearse } from './rehearse.ts';
import { CONVERGED, SEED, viewOf } from './scenario.ts';
import { IS_FULL, tally } from './tally.ts';
import { doubledIn, untruths } from './true-report.ts';

/** By how much the account's lists lag, in milliseconds. */
const LAGS = [0, 300, 1_500];
/** How long after its answer was lost the account acts on a call. */
const LATE = IS_FULL ? [200, 700, 1_500, 2_500] : [2_500];
const KINDS: FaultKind[] = IS_FULL
  ? ['reset-late', '500-late', '502-late', '503-late', '504-late', 'cut-json-late', 'html-late']
  : ['reset-late'];
const WRITES = [
  'POST subscriptions',
  'PUT subscriptions/*',
  'PUT operators/*',
  'DELETE operators/*',
  'POST operators',
  'POST operators/*/status',
  'DELETE subscriptions/*',
];

const CELLS = LAGS.flatMap((lagMs) =>
  LATE.flatMap((lateMs) =>
    KINDS.flatMap((kind) => WRITES.map((call) => [call, kind, lateMs, lagMs] as const)),
  ),
);

const doubled = { invitations: 0, subscriptions: 0 };
let tried = 0;

/** One apply, whose account has the same clock; it ends well, and the next one has nothing to do. */
async function applyOn(lagMs: number, faults: Fault[]): Promise<void> {
  const clock = new TestClock();
  const milliseconds = () => clock.elapsed();
  const simulator = await startedSimulator({ seed: SEED, lagMs, faults, milliseconds });
  const { exit, plan, report } = await rehearse(simulator, { client: { clock } });
  const { account } = simulator;
  expect(plan && report && untruths(plan, report, account)).toEqual([]);
  expect({ exit, converged: report?.converged }).toEqual({ exit: 0, converged: true });
  await clock.sleep(60_000);
  expect(viewOf(account)).toEqual(CONVERGED);
  const { invitations, subscriptions } = doubledIn(account);
  doubled.invitations += invitations.length;
  doubled.subscriptions += subscriptions.length;
  expect({ invitations, subscriptions }).toEqual({ invitations: [], subscriptions: [] });
  simulator.clearFaults();
  const again = await rehearse(simulator, { client: { clock } });
  expect(again).toMatchObject({ exit: 0, plan: { changes: [] } });
  tried += 1;
}

describe('an account whose lists lag', () => {
  test.each(LAGS)('by %i ms is applied to as one whose lists do not', (lagMs) => applyOn(lagMs, []));

  test.each(CELLS)(
    'and that acts on a lost %s (%s) only %i ms later, its lists lagging by %i ms, has everything once',
    (call, kind, lateMs, lagMs) => applyOn(lagMs, [{ call, kind, lateMs, times: 1 }]),
  );
});

afterAll(() => {
  expect(tried).toBe(CELLS.length + LAGS.length);
  tally('lags x late effects tried', tried);
  tally('subscriptions made twice', doubled.subscriptions);
  tally('people invited twice', doubled.invitations);
});
