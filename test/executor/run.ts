import type { ChangeResult } from '../../src/model/report.ts';
import type { Seed, Simulator, SimulatorOptions } from '../../src/simulator/index.ts';
import { type Rehearsed, type RehearseOptions, rehearse } from '../faults/rehearse.ts';
import { startedSimulator } from '../simulator/api-caller.ts';
import { TestClock } from '../support/chaport-client.ts';

export const OWNER = { email: 'owner@acme.example', name: 'Olivia', role: 'admin', lastStatus: 'online' };

/** An account of its owner and these. */
export function seedWith(
  operators: NonNullable<Seed['operators']> = [],
  webhooks: NonNullable<Seed['webhooks']> = [],
): Seed {
  return { owner: OWNER.email, operators: [OWNER, ...operators], webhooks };
}

/** A configuration file with these sections. */
export function file(...lines: string[]): string {
  return ['version: 1', 'account: { owner: owner@acme.example }', ...lines, ''].join('\n');
}

/** What became of the change with this key. Fails the test where there is none. */
export function resultOf({ report }: Rehearsed, kind: string, key: string): ChangeResult {
  const result = report?.changes.find((change) => change.kind === kind && change.key === key);
  if (!result) throw new Error(`the report has no ${kind} ${key}: ${JSON.stringify(report?.changes)}`);
  return result;
}

/** The requests that were sent, as `METHOD /path`, ids replaced by `*`; only the changes where asked. */
export function requestsTo(simulator: Simulator, which: 'all' | 'changes' = 'all'): string[] {
  return simulator.account.requests
    .filter(({ method }) => which === 'all' || method !== 'GET')
    .map(({ method, path }) => `${method} ${path.replace(/[0-9a-f]{24}/, '*')}`);
}

/** The bodies of the requests to a path. */
export function bodiesTo(simulator: Simulator, target: string): unknown[] {
  const targets = requestsTo(simulator);
  return simulator.account.requests.filter((_, index) => targets[index] === target).map(({ body }) => body);
}

export interface Rehearsal extends RehearseOptions {
  operators?: NonNullable<Seed['operators']>;
  webhooks?: NonNullable<Seed['webhooks']>;
  /** Of the file, below its head. */
  lines: readonly string[];
  simulator?: Omit<SimulatorOptions, 'milliseconds'>;
  /** Runs between planning and applying. */
  meanwhile?: (simulator: Simulator, clock: TestClock) => void;
}

/** Plans and applies where client and account have one clock, which moves only while somebody sleeps. */
export async function rehearsal({ operators, webhooks, lines, meanwhile, ...options }: Rehearsal) {
  const clock = new TestClock();
  const simulator = await startedSimulator({
    seed: seedWith(operators, webhooks),
    ...options.simulator,
    milliseconds: () => clock.elapsed(),
  });
  const { simulator: _, ...others } = options;
  const run = await rehearse(simulator, {
    ...others,
    file: file(...lines),
    client: { clock, ...options.client },
    whenPlanned: () => meanwhile?.(simulator, clock),
  });
  const { account } = simulator;
  return {
    simulator,
    account,
    clock,
    run,
    calls: requestsTo(simulator),
    changes: requestsTo(simulator, 'changes'),
  };
}

/** An operator of the account. */
export function person(name: string, more: object = {}) {
  return {
    email: `${name}@acme.example`,
    name,
    role: 'operator',
    language: 'en',
    lastStatus: 'offline',
    ...more,
  };
}
