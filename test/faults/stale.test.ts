import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  type SimulatedAccount,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../src/simulator/index.ts';
import { runProgram } from '../support/run-program.ts';
import { applyAsProcess, gate, scenarioFolder } from './process.ts';
import { CONVERGED, HOOK_KEY, SEED, viewOf } from './scenario.ts';
import { IS_FULL } from './tally.ts';
import { doubledIn } from './true-report.ts';

async function planned(
  options: SimulatorOptions = {},
): Promise<{ simulator: Simulator; cwd: string; digest: string }> {
  const simulator = await startSimulator({ seed: SEED, ...options });
  onTestFinished(() => simulator.close());
  const cwd = scenarioFolder();
  const env = { CHAPORT_TOKEN: simulator.token, CHAPORT_BASE_URL: simulator.url, HOOK_KEY };
  const { code, stderr } = await runProgram(['plan', '--out', 'plan.json', '--quiet'], { cwd, env });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { digest } = JSON.parse(readFileSync(path.join(cwd, 'plan.json'), 'utf8'));
  return { simulator, cwd, digest };
}

function writesOf({ account }: Simulator): string[] {
  return account.requests
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path: at }) => `${method} ${at}`);
}

function operatorOf(account: SimulatedAccount, email: string) {
  const operator = account.operatorByEmail(email);
  if (!operator) throw new Error(`no operator ${email}`);
  return operator;
}

/** Changes to what the plan would touch, each with what the table must name. */
const TOUCHED: [string, (account: SimulatedAccount) => void, string[]][] = [
  [
    'a field of an operator that it updates',
    (account) => {
      operatorOf(account, 'jon@acme.example').jobTitle = 'Lord Commander';
    },
    ['jon@acme.example', 'jobTitle', 'Steward', 'Lord Commander'],
  ],
  [
    'a field that the file has as it was, of an operator that it updates',
    (account) => {
      operatorOf(account, 'jon@acme.example').name = 'Aegon';
    },
    ['jon@acme.example', 'name', 'Aegon'],
  ],
  [
    'an operator that it deletes',
    (account) => {
      operatorOf(account, 'rast@acme.example').role = 'admin';
    },
    ['rast@acme.example', 'role'],
  ],
  [
    'an operator that it updates, who is gone',
    (account) => account.deleteOperator(operatorOf(account, 'jon@acme.example').id),
    ['jon@acme.example', 'not there'],
  ],
  [
    'an operator that it creates, who is there',
    (account) => {
      account.createOperator({ email: 'ARYA@acme.example', name: 'A' });
    },
    ['arya@acme.example', 'there'],
  ],
  [
    'a subscription that it creates, which is there',
    (account) => {
      account.createWebhook({
        event: 'chat.started',
        targetUrl: `https://hooks.acme.example/chaport?key=${HOOK_KEY}`,
        essential: false,
      });
    },
    ['chat.started', '${secret:HOOK_KEY}', 'there'],
  ],
];

describe('a saved plan', () => {
  test.each(IS_FULL ? TOUCHED : TOUCHED.filter((_, index) => index % 2 === 0))(
    'is refused when somebody changed %s',
    async (_what, change, words) => {
      const { simulator, cwd } = await planned();
      change(simulator.account);
      const before = viewOf(simulator.account);
      const { code, stderr } = await applyAsProcess(simulator, cwd, ['plan.json']);
      expect(code).toBe(4);
      for (const word of words) expect(stderr).toContain(word);
      expect(writesOf(simulator)).toEqual([]);
      expect(viewOf(simulator.account)).toEqual(before);
    },
  );

  test('is applied though objects that it does not touch have moved on', async () => {
    const { simulator, cwd } = await planned();
    simulator.account.createWebhook({
      event: 'chat.started',
      targetUrl: 'https://new.example/',
      essential: false,
    });
    operatorOf(simulator.account, 'anna@partner.example').jobTitle = 'Guest';
    const { code, stderr } = await applyAsProcess(simulator, cwd, ['plan.json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(viewOf(simulator.account).invitations).toEqual(CONVERGED.invitations);
  });

  test('that went stale between its check and its calls makes nothing twice', async () => {
    let reads = 0;
    const { simulator, cwd } = await planned({
      onHandled: (_n, { method }) => {
        reads += method === 'GET' ? 1 : 0;
        // Two to plan, two to check: from here on the program knows nothing of what happens.
        if (reads !== 4 || method !== 'GET') return;
        simulator.account.createOperator({ email: 'arya@acme.example', name: 'Arya Stark', role: 'admin' });
      },
    });
    const { code } = await applyAsProcess(simulator, cwd, ['plan.json', '--report', 'report.json']);
    const { changes } = JSON.parse(readFileSync(path.join(cwd, 'report.json'), 'utf8'));
    expect(changes).toContainEqual(
      expect.objectContaining({
        action: 'create',
        key: 'arya@acme.example',
        outcome: 'skipped',
        attempts: 1,
      }),
    );
    expect(code).toBe(0);
    expect(viewOf(simulator.account)).toEqual(CONVERGED);
  });

  test('applied by two at once is refused to one of them, or done once', async () => {
    const bothHaveRead = gate();
    let reads = 0;
    const { simulator, cwd } = await planned({
      onRequest: async (_n, { method }) => {
        reads += method === 'GET' ? 1 : 0;
        if (reads === 6) bothHaveRead.open();
        if (method === 'GET' && reads > 2 && reads <= 6) await bothHaveRead.opened;
      },
    });
    const runs = await Promise.all([1, 2].map(() => applyAsProcess(simulator, cwd, ['plan.json'])));
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    expect(viewOf(simulator.account)).toEqual(CONVERGED);
    expect(doubledIn(simulator.account)).toEqual({ invitations: [], subscriptions: [] });
    const third = await applyAsProcess(simulator, cwd, ['plan.json']);
    expect(third.code).toBe(4);
    expect(viewOf(simulator.account)).toEqual(CONVERGED);
  });
});

describe('apply --expect-digest', () => {
  test('applies the very plan that was reviewed', async () => {
    const { simulator, cwd, digest } = await planned();
    const { code, stderr } = await applyAsProcess(simulator, cwd, ['--expect-digest', digest]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(viewOf(simulator.account)).toEqual(CONVERGED);
  });

  test.each(IS_FULL ? TOUCHED : TOUCHED.slice(0, 1))(
    'refuses when somebody changed %s',
    async (_what, change) => {
      const { simulator, cwd, digest } = await planned();
      change(simulator.account);
      const { code, stderr } = await applyAsProcess(simulator, cwd, ['--expect-digest', digest]);
      expect(code).toBe(4);
      expect(stderr).toContain(digest);
      expect(writesOf(simulator)).toEqual([]);
    },
  );

  test('refuses the same digest a second time: there is nothing left of that plan', async () => {
    const { simulator, cwd, digest } = await planned();
    expect((await applyAsProcess(simulator, cwd, ['--expect-digest', digest])).code).toBe(0);
    const writes = writesOf(simulator).length;
    expect((await applyAsProcess(simulator, cwd, ['--expect-digest', digest])).code).toBe(4);
    expect(writesOf(simulator)).toHaveLength(writes);
  });
});
