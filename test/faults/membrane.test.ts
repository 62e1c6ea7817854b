import { describe, expect, test } from 'vitest';
import { type Fault, type FaultKind, type Simulator, startSimulator } from '../../src/simulator/index.ts';
import { type Rehearsed, rehearse } from './rehearse.ts';
import { CONVERGED, CONVERGED_LATER, laterViewOf, SEED, viewOf } from './scenario.ts';
import { IS_FULL } from './tally.ts';
import { doubledIn, untruths } from './true-report.ts';

const READS = [
  { call: 'GET operators', exit: 1, skip: 0 },
  { call: 'GET subscriptions', exit: 1, skip: 0 },
  { call: 'GET operators', exit: 3, skip: 1 },
  { call: 'GET subscriptions', exit: 3, skip: 1 },
] as const;
const WRITES = [
  'POST subscriptions',
  'PUT subscriptions/*',
  'PUT operators/*',
  'DELETE operators/*',
  'POST operators',
  'POST operators/*/status',
  'DELETE subscriptions/*',
].map((call) => ({ call, exit: 3, skip: 0 }));

/** What Membrane says by itself, and whether another attempt gets through. */
const OWN: [FaultKind, boolean][] = [
  ['membrane-401', false],
  ['membrane-429', true],
  ['membrane-500', true],
];
/** A subscription that Membrane may have passed on may come about at any time, so it is not sent again. */
function mayComeLate(kind: FaultKind, call: string): boolean {
  return kind === 'membrane-500' && call.startsWith('POST subscriptions');
}

/** The account has acted, and the answer is lost on one of its two ways back. */
const LOST: FaultKind[] = IS_FULL
  ? [
      'reset-after',
      '500-after',
      '502-after',
      '503-after',
      'truncated',
      'cut-json',
      'html',
      'empty',
      'wrong-body',
    ]
  : ['reset-after', '503-after', 'truncated'];

function throughMembrane(simulator: Simulator): Promise<Rehearsed> {
  const { membrane } = simulator;
  if (membrane === null) throw new Error('the Membrane face is off');
  const { apiUrl, connectionId, accessToken } = membrane;
  const credentials = { kind: 'token', token: accessToken } as const;
  return rehearse(simulator, { client: { via: { kind: 'membrane', apiUrl, connectionId, credentials } } });
}

async function applyWith(fault: Fault, exit: number): Promise<void> {
  const simulator = await startSimulator({ seed: SEED, membrane: true, faults: [fault] });
  try {
    const before = viewOf(simulator.account);
    const run = await throughMembrane(simulator);
    const { requests } = simulator.account;
    expect(requests.some((request) => request.fault === fault.kind)).toBe(true);
    expect(run.exit).toBe(exit);
    if (run.plan && run.report) {
      expect(untruths(run.plan, run.report, simulator.account)).toEqual([]);
      expect(run.report.converged).toBe(exit === 0);
    } else expect(viewOf(simulator.account)).toEqual(before);
    if (exit === 0) expect(viewOf(simulator.account)).toEqual(CONVERGED);
    expect(doubledIn(simulator.account)).toEqual({ invitations: [], subscriptions: [] });
    simulator.clearFaults();
    expect((await throughMembrane(simulator)).exit).toBe(0);
    expect(laterViewOf(simulator.account)).toEqual(CONVERGED_LATER);
    expect(requests.filter(({ via }) => via !== 'membrane')).toEqual([]);
  } finally {
    await simulator.close();
  }
}

describe.concurrent('through Membrane', () => {
  const own = [...READS, ...WRITES].flatMap(({ call, exit, skip }) =>
    OWN.flatMap(([kind, passes]) => [
      [kind, call, skip, 1, passes && !mayComeLate(kind, call) ? 0 : exit] as const,
      [kind, call, skip, 'forever', exit] as const,
    ]),
  );
  test.each(own)(
    '%s in %s (after %i, times %s) ends with %i, is told truly and leaves nothing twice',
    (kind, call, skip, times, exit) => applyWith({ kind, call, skip, times }, exit),
  );

  const lost = WRITES.flatMap(({ call }) => LOST.map((kind) => [kind, call] as const));
  test.each(lost)('%s in %s is found out by reading, and done once', (kind, call) =>
    applyWith({ kind, call, times: 1 }, 0),
  );
});
