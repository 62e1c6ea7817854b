import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Plan } from '../../src/model/plan.ts';
import type { ApplyReport } from '../../src/model/report.ts';
import { reportSchema } from '../../src/model/report-schema.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/simulator/index.ts';
import { applyAsProcess, gate, scenarioFolder } from './process.ts';
import { rehearse } from './rehearse.ts';
import { CONVERGED, SEED, viewOf } from './scenario.ts';
import { samples, tally } from './tally.ts';
import { doubledIn } from './true-report.ts';

let pairs = 0;
const doubled = { invitations: 0, subscriptions: 0 };

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Lets both runs plan on the same account, and then each request take a different time. */
function sameStart(random: () => number, longest: number): Pick<SimulatorOptions, 'onRequest' | 'onHandled'> {
  const bothHaveRead = gate();
  let read = 0;
  return {
    onRequest: async () => {
      await delay(random() * longest);
    },
    // Answers wait, not requests: a slow machine would else handle a change of the one before a read of the other.
    onHandled: async (number) => {
      if (number <= 4) read += 1;
      if (read === 4) bothHaveRead.open();
      if (number <= 4) await bothHaveRead.opened;
      await delay(random() * longest);
    },
  };
}

/** Ids without an order, as far as anybody knows (A says only that they are opaque). */
function giveIdsAnyOrder({ account }: Simulator, random: () => number): void {
  const create = account.createWebhook.bind(account);
  account.createWebhook = (input) => {
    const webhook = create(input);
    webhook.id = Math.floor(random() * 0xffffffff)
      .toString(16)
      .padStart(24, '0');
    return webhook;
  };
}

/** Of two who create one thing, one did it, and the other one recognised that. */
function expectEachTellsTheTruth(simulator: Simulator, reports: readonly ApplyReport[]): void {
  const [one, other] = reports;
  const { account } = simulator;
  const idsThere = new Set([...account.operators, ...account.webhooks].map(({ id }) => id));
  for (const [index, first] of one?.changes.entries() ?? []) {
    const second = other?.changes[index];
    const name = `${first.action} ${first.kind} ${first.key}`;
    expect(second, name).toMatchObject({ action: first.action, kind: first.kind, key: first.key });
    const outcomes = [first.outcome, second?.outcome].sort();
    expect({ name, outcomes }).toEqual({
      name,
      outcomes: first.action === 'create' ? ['applied', 'skipped'] : ['applied', 'applied'],
    });
    if (first.action !== 'create') continue;
    // Of the other one it may have seen an id that was given up later.
    const made = first.outcome === 'applied' ? first : second;
    expect(idsThere.has(made?.id ?? ''), name).toBe(true);
  }
}

async function expectRightAccount(simulator: Simulator, reports: readonly ApplyReport[]): Promise<void> {
  for (const report of reports) {
    expect(report.verificationError).toBeUndefined();
    expect(report).toMatchObject({ converged: true, remaining: [] });
  }
  expect(viewOf(simulator.account)).toEqual(CONVERGED);
  expectEachTellsTheTruth(simulator, reports);
  const { invitations, subscriptions } = doubledIn(simulator.account);
  doubled.invitations += invitations.length;
  doubled.subscriptions += subscriptions.length;
  const sent = simulator.account.requests.length;
  const again = await rehearse(simulator);
  expect(again.report).toMatchObject({ converged: true, changes: [] });
  expect(simulator.account.requests.slice(sent).map(({ method }) => method)).toEqual(['GET', 'GET']);
  pairs += 1;
}

async function started(seed: number, longest: number, anyOrder: boolean): Promise<Simulator> {
  const random = randomFrom(seed);
  const simulator = await startSimulator({ seed: SEED, ...sameStart(random, longest) });
  onTestFinished(() => simulator.close());
  if (anyOrder) giveIdsAnyOrder(simulator, random);
  return simulator;
}

const range = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('two applies of one file that start together', () => {
  test.each(range(samples(2, 8, 20)))('as processes end well (order %i)', async (seed) => {
    const simulator = await started(seed, 5 + seed * 2, seed % 2 === 0);
    const folders = [scenarioFolder(), scenarioFolder()];
    const runs = await Promise.all(
      folders.map((cwd) => applyAsProcess(simulator, cwd, ['--report', 'report.json'])),
    );
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    const reports = folders.map((cwd) =>
      reportSchema.parse(JSON.parse(readFileSync(path.join(cwd, 'report.json'), 'utf8'))),
    );
    await expectRightAccount(simulator, reports);
  });

  // Pauses take no time here, so nobody is patient: what can collide does.
  test.each(range(samples(12, 100, 300)))('without any patience end well (order %i)', async (seed) => {
    const simulator = await started(seed, 6, seed % 2 === 0);
    const concurrency = 1 + (seed % 4);
    const runs = await Promise.all([
      rehearse(simulator, { concurrency }),
      rehearse(simulator, { concurrency: 4 }),
    ]);
    expect(runs.map(({ exit }) => exit)).toEqual([0, 0]);
    await expectRightAccount(
      simulator,
      runs.flatMap(({ report }) => report ?? []),
    );
  });
});

describe('a plan that is out of date when it is applied', () => {
  test.each<[string, (simulator: Simulator, plan: Plan) => void, string, string]>([
    [
      'somebody was invited meanwhile',
      ({ account }) =>
        account.createOperator({ email: 'Arya@acme.example', name: 'Arya Stark', role: 'admin' }),
      'operator arya@acme.example',
      'skipped',
    ],
    [
      'somebody was deleted meanwhile',
      ({ account }) => account.deleteOperator(account.operatorByEmail('rast@acme.example')?.id ?? ''),
      'operator rast@acme.example',
      'applied',
    ],
    [
      'a subscription was deleted meanwhile',
      ({ account }) => account.deleteWebhook(account.webhooks[0]?.id ?? ''),
      'webhook chat.started https://old.acme.example/hook',
      'applied',
    ],
  ])('because %s ends well', async (_what, meanwhile, name, outcome) => {
    const simulator = await startSimulator({ seed: SEED });
    onTestFinished(() => simulator.close());
    const { exit, report } = await rehearse(simulator, { whenPlanned: (plan) => meanwhile(simulator, plan) });
    const result = report?.changes.find(({ kind, key }) => `${kind} ${key}` === name);
    expect(result).toMatchObject({ outcome });
    expect(doubledIn(simulator.account)).toEqual({ invitations: [], subscriptions: [] });
    expect({ exit, remaining: report?.remaining }).toEqual({ exit: 0, remaining: [] });
  });

  test('because an operator to be updated is gone says so and creates nobody unasked', async () => {
    const simulator = await startSimulator({ seed: SEED });
    onTestFinished(() => simulator.close());
    const { exit, report } = await rehearse(simulator, {
      whenPlanned: () =>
        simulator.account.deleteOperator(simulator.account.operatorByEmail('alliser@acme.example')?.id ?? ''),
    });
    expect(exit).toBe(3);
    expect(report?.changes.find(({ key }) => key === 'alliser@acme.example')).toMatchObject({
      outcome: 'skipped',
      error: 'changed since the plan: it is no longer there',
    });
    expect(report?.remaining.length).toBeGreaterThan(0);
    expect(simulator.account.invitationsTo('alliser@acme.example')).toBe(0);
  });
});

afterAll(() => {
  tally('applies run two at once', 2 * pairs);
  tally('subscriptions made twice', doubled.subscriptions);
  tally('people invited twice', doubled.invitations);
});
