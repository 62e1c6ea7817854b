import type { ChangeResult } from '../../src/model/report.ts';
import type { Seed, Simulator } from '../../src/simulator/index.ts';
import type { Rehearsed } from '../faults/rehearse.ts';

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
