import { describe, expect, test } from 'vitest';
import { reportSchema } from '../../src/model/report-schema.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { rehearse } from '../faults/rehearse.ts';
import { SEED } from '../faults/scenario.ts';
import { idOf, startedSimulator } from '../simulator/api-caller.ts';
import { TestClock } from '../support/chaport-client.ts';
import { file, requestsTo, resultOf, seedWith } from './run.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];
const SIX = file('operators:', ...NAMES.map((name) => `  - { email: ${name}@acme.example, name: ${name} }`));

describe('a stopped run', () => {
  test('finishes the calls under way, starts no other, and does not read again', async () => {
    const stop = new AbortController();
    const simulator = await startedSimulator({
      seed: seedWith(),
      onRequest: (_n, { method }) => {
        if (method === 'POST') stop.abort('SIGINT');
      },
    });
    const started: string[] = [];
    const { exit, report } = await rehearse(simulator, {
      file: SIX,
      concurrency: 2,
      signals: { stop: stop.signal },
      apply: { progress: { started: ({ key }) => started.push(key) } },
    });
    const sent = requestsTo(simulator, 'changes').length;
    expect(started).toHaveLength(sent);
    expect(sent).toBeLessThanOrEqual(2);
    expect(requestsTo(simulator)).toHaveLength(1 + sent);
    expect(exit).toBe(3);
    expect(report).toMatchObject({
      interrupted: 'SIGINT',
      converged: false,
      verificationError: 'interrupted before the account was read again',
      summary: { applied: sent, skipped: 6 - sent, failed: 0, unknown: 0 },
    });
    expect(reportSchema.parse(report)).toEqual(report);
    const skipped = report?.changes.filter(({ outcome }) => outcome === 'skipped');
    expect(skipped?.every(({ error }) => error === 'interrupted before it was sent')).toBe(true);
  });

  test('that had not sent a change yet has changed nothing, and ends with 1', async () => {
    const stop = new AbortController();
    const simulator = await startedSimulator({ seed: seedWith() });
    const { exit, report } = await rehearse(simulator, {
      file: SIX,
      signals: { stop: stop.signal },
      whenPlanned: () => stop.abort('SIGTERM'),
    });
    expect(exit).toBe(1);
    expect(report).toMatchObject({ interrupted: 'SIGTERM', summary: { skipped: 6 } });
    expect(requestsTo(simulator)).toEqual(['GET /operators']);
  });

  test('that is aborted cuts the call under way, and does not guess how it ended', async () => {
    const stop = new AbortController();
    const abort = new AbortController();
    const simulator = await startedSimulator({
      seed: seedWith(),
      faults: [{ call: 'POST operators', kind: 'timeout-after' }],
      onHandled: (_n, { method }) => {
        if (method !== 'POST') return;
        stop.abort('SIGINT');
        abort.abort('SIGINT');
      },
    });
    const start = performance.now();
    const { exit, report } = await rehearse(simulator, {
      file: SIX,
      concurrency: 1,
      signals: { stop: stop.signal, abort: abort.signal },
    });
    expect(performance.now() - start).toBeLessThan(4_000);
    expect(exit).toBe(3);
    expect(report?.summary).toEqual({ applied: 0, failed: 0, skipped: 5, unknown: 1 });
    expect(report?.changes[0]).toMatchObject({ outcome: 'unknown', attempts: 1 });
  });

  test('does not wait for the next attempt of a call that failed', async () => {
    const stop = new AbortController();
    const simulator = await startedSimulator({
      seed: seedWith(),
      faults: [{ call: 'POST operators', kind: '429', times: 'forever' }],
      onHandled: (_n, { method }) => {
        if (method === 'POST') stop.abort('SIGINT');
      },
    });
    const { report } = await rehearse(simulator, {
      file: SIX,
      concurrency: 1,
      signals: { stop: stop.signal },
    });
    expect(report?.changes[0]).toMatchObject({ outcome: 'failed', attempts: 1 });
    expect(requestsTo(simulator, 'changes')).toHaveLength(1);
  });
});

describe('the last read', () => {
  const initial = file(
    'operators:',
    '  - { email: arya@acme.example, name: Arya, status: { value: away, mode: initial } }',
  );

  test('does not overlook a status that only this plan desired and that failed', async () => {
    const simulator = await startedSimulator({
      seed: seedWith(),
      faults: [{ call: 'POST operators/*/status', kind: '400' }],
    });
    const { exit, report } = await rehearse(simulator, { file: initial });
    expect(exit).toBe(3);
    expect(report?.converged).toBe(false);
    expect(report?.remaining).toMatchObject([{ kind: 'status', key: 'arya@acme.example' }]);
  });

  test('names what is left once, though the plan knew it without its id', async () => {
    const simulator = await startedSimulator({
      seed: seedWith(),
      faults: [{ call: 'POST operators/*/status', kind: '400' }],
    });
    const { report } = await rehearse(simulator, { file: initial.replace('mode: initial', 'mode: enforce') });
    expect(report?.remaining).toMatchObject([{ kind: 'status', id: idOf(simulator, 'arya@acme.example') }]);
  });

  test('shows what somebody changed meanwhile as left to do, and whose change is gone', async () => {
    const simulator: Simulator = await startedSimulator({
      seed: SEED,
      onHandled: (_n, { method, path }) => {
        const jon = simulator.account.operatorByEmail('jon@acme.example');
        if (jon && method === 'DELETE' && path.startsWith('/events')) jon.jobTitle = 'King';
      },
    });
    const { exit, report } = await rehearse(simulator);
    expect(exit).toBe(3);
    expect(report?.summary).toEqual({ applied: 16, failed: 1, skipped: 0, unknown: 0 });
    expect(report?.changes.find(({ outcome }) => outcome === 'failed')).toMatchObject({
      key: 'jon@acme.example',
      error: 'changed since: jobTitle The Wall supervisor → King',
    });
    expect(report?.remaining).toMatchObject([
      { action: 'update', kind: 'operator', key: 'jon@acme.example' },
    ]);
  });

  test('that fails leaves the run unconfirmed: 3, and the reason', async () => {
    const simulator = await startedSimulator({
      seed: SEED,
      faults: [{ call: 'GET operators', kind: '500', times: 'forever', skip: 1 }],
    });
    const { exit, report } = await rehearse(simulator);
    expect(exit).toBe(3);
    expect(report).toMatchObject({
      converged: false,
      // The demotion and what goes with it rest on a sight of the promotion.
      summary: { failed: 0, unknown: 0 },
      verificationError: expect.stringContaining('GET /operators'),
    });
  });

  test('confirms an operator whose address was written in another case elsewhere', async () => {
    const simulator = await startedSimulator({ seed: seedWith() });
    const { exit } = await rehearse(simulator, {
      file: file('operators:', '  - { email: arya@acme.example, name: Arya }'),
      whenPlanned: () => {
        simulator.account.createOperator({ email: 'Arya@Acme.example', name: 'Arya' });
      },
    });
    expect(exit).toBe(0);
  });
});

describe('an update, status or delete whose answer was lost', () => {
  test.each([
    ['PUT operators/*', 'operator', 'jon@acme.example', 2],
    ['POST operators/*/status', 'status', 'jon@acme.example', 4],
    ['DELETE operators/*', 'operator', 'janos@acme.example', 2],
    ['PUT subscriptions/*', 'webhook', 'chat.finished https://hooks.acme.example/essential', 2],
    ['DELETE subscriptions/*', 'webhook', 'chat.finished https://old.acme.example/hook', 2],
  ])('%s is repeated until a fresh reading shows it', async (call, kind, key, attempts) => {
    const simulator = await startedSimulator({
      seed: SEED,
      faults: [{ call, kind: 'reset-after', times: 'forever' }],
    });
    const run = await rehearse(simulator, { concurrency: 1 });
    expect(run.exit).toBe(0);
    expect(resultOf(run, kind, key)).toMatchObject({ outcome: 'applied', attempts });
  });

  test('is applied where a slow server acts on it after all', async () => {
    const clock = new TestClock();
    const simulator: Simulator = await startedSimulator({
      seed: seedWith([{ email: 'jon@acme.example', name: 'Jon', role: 'operator', language: 'en' }]),
      faults: [{ call: 'PUT operators/*', kind: '503', times: 'forever' }],
    });
    clock.whileSleeping = () => {
      // It is looked for by now.
      if (clock.passed > 8_000)
        simulator.edit((account) => account.changeOperator('jon@acme.example', { name: 'Jon Snow' }));
    };
    const run = await rehearse(simulator, {
      file: file('operators:', '  - { email: jon@acme.example, name: Jon Snow }'),
      client: { clock },
    });
    expect(resultOf(run, 'operator', 'jon@acme.example')).toMatchObject({ outcome: 'applied', attempts: 4 });
    expect(run.exit).toBe(0);
  });

  test('has failed where the account shows as before in the end', async () => {
    const simulator = await startedSimulator({
      seed: seedWith([{ email: 'jon@acme.example', name: 'Jon', role: 'operator', language: 'en' }]),
      faults: [{ call: 'PUT operators/*', kind: '503', times: 'forever' }],
    });
    const run = await rehearse(simulator, {
      file: file('operators:', '  - { email: jon@acme.example, name: Jon Snow }'),
    });
    expect(resultOf(run, 'operator', 'jon@acme.example')).toMatchObject({
      outcome: 'failed',
      error: expect.stringContaining('503'),
    });
    expect(run.exit).toBe(3);
  });
});
