import { afterAll, describe, expect, test } from 'vitest';
import { type Fault, type FaultKind, type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { rehearse } from './rehearse.ts';
import { CONVERGED, CONVERGED_LATER, laterViewOf, SEED, viewOf } from './scenario.ts';
import { IS_FULL, tally } from './tally.ts';
import { doubledIn, untruths } from './true-report.ts';

/** Every call that an apply of the scenario makes. Reads are struck before planning or, with `skip`, after the last change. */
const CALLS = [
  { title: 'the first read of operators', call: 'GET operators', phase: 'before' },
  { title: 'the first read of subscriptions', call: 'GET subscriptions', phase: 'before' },
  { title: 'creating a webhook', call: 'POST subscriptions', phase: 'create' },
  { title: 'updating a webhook', call: 'PUT subscriptions/*', phase: 'repeatable' },
  { title: 'updating an operator', call: 'PUT operators/*', phase: 'repeatable' },
  { title: 'deleting an operator', call: 'DELETE operators/*', phase: 'repeatable' },
  { title: 'creating an operator', call: 'POST operators', phase: 'create' },
  { title: 'setting a status', call: 'POST operators/*/status', phase: 'repeatable' },
  { title: 'deleting a webhook', call: 'DELETE subscriptions/*', phase: 'repeatable' },
  { title: 'the last read of operators', call: 'GET operators', phase: 'after', skip: 1 },
  { title: 'the last read of subscriptions', call: 'GET subscriptions', phase: 'after', skip: 1 },
] as const;
type Target = (typeof CALLS)[number];

/** Faults that strike before the account acts, and those after which it has acted. */
const BEFORE: FaultKind[] = [
  'reset-before',
  'timeout-before',
  '408',
  '429',
  '429-retry-after',
  '500',
  '502',
  '503',
  '503-retry-after',
  '504',
  'html-before',
];
const AFTER: FaultKind[] = [
  'reset-after',
  'timeout-after',
  '408-after',
  '500-after',
  '502-after',
  '503-after',
  '504-after',
  'truncated',
  'cut-json',
  'html',
  'empty',
  'wrong-type',
  'wrong-body',
  'trickle',
];
/** The server says itself that it did nothing: a create is repeated then. */
const SURELY_NOT_DONE: FaultKind[] = ['429', '429-retry-after', '503-retry-after'];
const TAKES_ITS_TIME: FaultKind[] = ['timeout-before', 'timeout-after', 'trickle'];

const TIMES = [1, 3, 'forever'] as const;
const IN_WORDS = { 1: 'once', 3: 'three times', forever: 'for ever' };
/** An ordinary run tries everything once, and these also more often. */
const OFTEN: FaultKind[] = ['reset-before', 'reset-after', '429-retry-after', '503', '503-after', 'html'];

const CELLS = CALLS.flatMap((target) =>
  [...BEFORE, ...AFTER].flatMap((kind) =>
    TIMES.filter((times) => IS_FULL || times === 1 || OFTEN.includes(kind)).map((times) => ({
      target,
      kind,
      times,
    })),
  ),
);
const TITLED_CELLS = CELLS.map((cell) => [cell.target.title, cell.kind, IN_WORDS[cell.times], cell] as const);

/** The exit code that the contract asks for, from the fault alone. */
function expectedExit({ phase, call }: Target, kind: FaultKind, times: (typeof TIMES)[number]): number {
  if (phase === 'before' || phase === 'after') {
    // A whole answer that is no list is not asked for again.
    const fails = kind === 'wrong-body' || (times === 'forever' && kind !== 'wrong-type');
    if (!fails) return 0;
    return phase === 'before' ? 1 : 3;
  }
  if (AFTER.includes(kind)) return 0;
  if (times === 'forever') return 3;
  if (phase !== 'create' || SURELY_NOT_DONE.includes(kind)) return 0;
  // A lost create of a webhook is not sent again in that run; one of a person is, once.
  return call === 'POST subscriptions' || times === 3 ? 3 : 0;
}

const doubled = { invitations: 0, subscriptions: 0 };
let tried = 0;

function countDoubled({ account }: Simulator): void {
  const { invitations, subscriptions } = doubledIn(account);
  doubled.invitations += invitations.length;
  doubled.subscriptions += subscriptions.length;
}

async function withFaults(faults: Fault[], check: (simulator: Simulator) => Promise<void>): Promise<void> {
  const simulator = await startSimulator({ seed: SEED, faults });
  try {
    await check(simulator);
    countDoubled(simulator);
    tried += 1;
  } finally {
    await simulator.close();
  }
}

/** Faults gone, one more run ends well, and nobody was harmed on the way. */
async function expectRecovery(simulator: Simulator): Promise<void> {
  expect(doubledIn(simulator.account)).toEqual({ invitations: [], subscriptions: [] });
  simulator.clearFaults();
  const again = await rehearse(simulator);
  expect(again.report).toMatchObject({ converged: true, remaining: [] });
  expect(again.exit).toBe(0);
  expect(laterViewOf(simulator.account)).toEqual(CONVERGED_LATER);
}

describe.concurrent('a fault', () => {
  test.each(TITLED_CELLS)(
    'in %s, %s %s, is told truly and leaves nothing twice',
    async (_call, _fault, _words, cell) => {
      const { target, kind, times } = cell;
      const fault: Fault = { call: target.call, kind, times, skip: 'skip' in target ? target.skip : 0 };
      const timeoutSeconds = TAKES_ITS_TIME.includes(kind) ? 0.5 : 20;
      await withFaults([fault], async (simulator) => {
        const before = viewOf(simulator.account);
        const run = await rehearse(simulator, { client: { timeoutSeconds } });
        expect(simulator.account.requests.some((request) => request.fault === kind)).toBe(true);
        expect(run.exit).toBe(expectedExit(target, kind, times));
        if (run.plan && run.report) {
          expect(untruths(run.plan, run.report, simulator.account)).toEqual([]);
          const outcomes = run.report.changes.map(({ outcome }) => outcome);
          const mayBeUnknown = target.phase === 'create' && run.exit === 3 && !SURELY_NOT_DONE.includes(kind);
          expect(outcomes.includes('unknown')).toBe(mayBeUnknown);
          expect(run.report.converged).toBe(run.exit === 0);
        } else expect(viewOf(simulator.account)).toEqual(before);
        if (run.exit === 0) expect(viewOf(simulator.account)).toEqual(CONVERGED);
        await expectRecovery(simulator);
      });
    },
  );
});

const WRITES = CALLS.filter(({ phase }) => phase === 'create' || phase === 'repeatable');
const LOSSES: FaultKind[] = [
  'reset-before',
  'reset-after',
  'html',
  'html-before',
  '503',
  '503-after',
  '502-after',
];
const BLIND_CELLS = WRITES.flatMap((target) =>
  LOSSES.flatMap((kind) =>
    (['reset-before', '503', 'cut-json'] as const)
      .filter((reading) => IS_FULL || reading === '503')
      .map((reading) => [target.title, kind, reading, target] as const),
  ),
);

describe.concurrent('a lost answer while the account cannot be read', () => {
  test.each(BLIND_CELLS)(
    'in %s, %s with %s on every read, is never guessed',
    async (_call, kind, reading, target) => {
      const faults: Fault[] = [
        { call: target.call, kind, times: 'forever' },
        { call: 'GET *', kind: reading, times: 'forever', skip: 2 },
      ];
      await withFaults(faults, async (simulator) => {
        const { exit, plan, report } = await rehearse(simulator);
        expect(exit).toBe(3);
        if (!plan || !report) throw new Error('it was not applied');
        expect(untruths(plan, report, simulator.account)).toEqual([]);
        expect(report).toMatchObject({ converged: false, verificationError: expect.any(String) });
        const struck = report.changes.filter(({ outcome }) => outcome === 'unknown');
        // Nothing that was sent and lost is called applied or failed; a delete is not even sent unseen.
        expect(struck.length > 0).toBe(!target.call.startsWith('DELETE'));
        expect(struck.every(({ error, attempts }) => attempts > 0 && /failed too/.test(error ?? ''))).toBe(
          true,
        );
        await expectRecovery(simulator);
      });
    },
  );
});

afterAll(() => {
  expect(tried).toBe(CELLS.length + BLIND_CELLS.length);
  expect(doubled).toEqual({ invitations: 0, subscriptions: 0 });
  tally('calls x faults tried', tried);
  tally('subscriptions made twice', doubled.subscriptions);
  tally('people invited twice', doubled.invitations);
});
