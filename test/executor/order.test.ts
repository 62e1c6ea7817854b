import { describe, expect, test } from 'vitest';
import { RefusedError } from '../../src/model/errors.ts';
import { rehearse } from '../faults/rehearse.ts';
import { SEED } from '../faults/scenario.ts';
import { deferred, idOf, startedSimulator } from '../simulator/api-caller.ts';
import { bodiesTo, file, requestsTo, resultOf, seedWith } from './run.ts';

/** What a request of the scenario is for; a higher number must wait for all lower ones. */
function phaseOf(method: string, path: string, body: unknown): number {
  const isOperator = path.startsWith('/operators');
  if (method === 'GET') return 0;
  if (path.endsWith('/status')) return 6;
  if (!isOperator) return method === 'DELETE' ? 7 : 1;
  if (method === 'POST') return 5;
  if (method === 'DELETE') return 4;
  const { email } = body as { email: string };
  return email === 'alliser@acme.example' ? 3 : 2;
}

describe('the changes of a plan', () => {
  test.each([1, 4])(
    'are made in their phases, each done before the next, %i at once',
    async (concurrency) => {
      const arrived: number[] = [];
      const done: number[] = [];
      const tooEarly: string[] = [];
      const simulator = await startedSimulator({
        seed: SEED,
        onRequest: async (_n, { method, path, body }) => {
          const phase = phaseOf(method, path, body);
          if (phase === 0) return;
          const waitsFor = arrived.filter((other) => other < phase).length;
          if (done.filter((other) => other < phase).length < waitsFor) tooEarly.push(`${method} ${path}`);
          if (arrived.some((other) => other > phase)) tooEarly.push(`${method} ${path} is late`);
          arrived.push(phase);
          // Long enough for whatever does not wait to come.
          await new Promise((resolve) => setTimeout(resolve, 5));
        },
        onHandled: (_n, { method, path, body }) => {
          const phase = phaseOf(method, path, body);
          if (phase !== 0) done.push(phase);
        },
      });
      const { exit } = await rehearse(simulator, { concurrency });
      expect({ exit, tooEarly }).toEqual({ exit: 0, tooEarly: [] });
      expect([...new Set(arrived)]).toEqual([1, 2, 3, 4, 5, 6, 7]);
    },
  );

  test('promote before they update others', async () => {
    const people = ['a', 'b', 'c'].map((name) => ({
      email: `${name}@acme.example`,
      name,
      role: 'operator',
      lastStatus: 'online',
    }));
    const simulator = await startedSimulator({ seed: seedWith(people) });
    const entries = ['{ email: a@acme.example, name: A }', '{ email: c@acme.example, role: admin }'];
    await rehearse(simulator, {
      file: file('operators:', ...entries.map((entry) => `  - ${entry}`)),
      concurrency: 1,
    });
    expect(bodiesTo(simulator, 'PUT /operators/*')).toMatchObject([
      { email: 'c@acme.example', role: 'admin' },
      { email: 'a@acme.example', name: 'A' },
    ]);
  });

  test.each([1, 3])('are sent %i at once, and never more', async (concurrency) => {
    let underWay = 0;
    let most = 0;
    let inVain = 0;
    const allThere = deferred();
    const simulator = await startedSimulator({
      seed: seedWith(),
      onRequest: async (_n, { method }) => {
        if (method === 'GET') return;
        underWay += 1;
        most = Math.max(most, underWay);
        if (underWay === concurrency) allThere.resolve();
        // Held until as many as may be are under way.
        const tooLong = setTimeout(() => {
          inVain += 1;
          allThere.resolve();
        }, 3000);
        await allThere.promise;
        clearTimeout(tooLong);
        await new Promise((resolve) => setTimeout(resolve, 5));
        underWay -= 1;
      },
    });
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const { exit } = await rehearse(simulator, {
      file: file('operators:', ...names.map((name) => `  - { email: ${name}@acme.example, name: ${name} }`)),
      concurrency,
    });
    expect({ exit, most, inVain }).toEqual({ exit: 0, most: concurrency, inVain: 0 });
  });

  test('are not made where a guard refuses the plan', async () => {
    const simulator = await startedSimulator({ seed: SEED });
    const { error, exit } = await rehearse(simulator, {
      file: file('policy: { protect: ["jon@*"] }', 'operators:', '  - { email: jon@acme.example, name: J }'),
    });
    expect(error).toBeInstanceOf(RefusedError);
    expect(exit).toBe(4);
    expect(requestsTo(simulator, 'changes')).toEqual([]);
  });

  test('are none for an account that is as the file says, and then nothing is read again', async () => {
    const simulator = await startedSimulator({ seed: seedWith() });
    const run = await rehearse(simulator, { file: file('operators:', '  - { email: owner@acme.example }') });
    expect(run.report).toMatchObject({ converged: true, changes: [] });
    expect(requestsTo(simulator)).toEqual(['GET /operators']);
  });
});

describe('a change that fails', () => {
  test('skips the status of an operator who was not created, and nothing else', async () => {
    const simulator = await startedSimulator({ seed: SEED });
    simulator.addFault({ call: 'POST operators', kind: '400' });
    const run = await rehearse(simulator, { concurrency: 1 });
    expect(run.exit).toBe(3);
    expect(resultOf(run, 'operator', 'arya@acme.example')).toMatchObject({ outcome: 'failed', attempts: 1 });
    expect(resultOf(run, 'status', 'arya@acme.example')).toMatchObject({
      outcome: 'skipped',
      attempts: 0,
      error: expect.stringContaining('create operator arya@acme.example'),
    });
    expect(run.report?.summary).toEqual({ applied: 15, failed: 1, skipped: 1, unknown: 0 });
    expect(run.report?.remaining.map(({ kind, key }) => `${kind} ${key}`)).toEqual([
      'operator arya@acme.example',
      'status arya@acme.example',
    ]);
  });

  test.each(['POST subscriptions', 'PUT subscriptions/*'])(
    'skips every webhook delete when it is %s',
    async (call) => {
      const simulator = await startedSimulator({ seed: SEED });
      simulator.addFault({ call, kind: '400' });
      const run = await rehearse(simulator);
      expect(run.report?.summary).toMatchObject({ failed: 1, skipped: 2 });
      expect(resultOf(run, 'webhook', 'chat.started https://old.acme.example/hook').outcome).toBe('skipped');
      expect(requestsTo(simulator)).not.toContain('DELETE /events/subscriptions/*');
    },
  );

  test('skips demotions and operator deletes when it is a promotion', async () => {
    const simulator = await startedSimulator({ seed: SEED });
    simulator.addFault({ call: `PUT operators/${idOf(simulator, 'samwell@acme.example')}`, kind: '400' });
    const run = await rehearse(simulator);
    expect(resultOf(run, 'operator', 'sam.tarly@acme.example').outcome).toBe('failed');
    expect(resultOf(run, 'operator', 'alliser@acme.example').outcome).toBe('skipped');
    expect(resultOf(run, 'operator', 'janos@acme.example').outcome).toBe('skipped');
    expect(resultOf(run, 'operator', 'rast@acme.example').outcome).toBe('skipped');
    expect(resultOf(run, 'operator', 'jon@acme.example').outcome).toBe('applied');
    expect(resultOf(run, 'operator', 'arya@acme.example').outcome).toBe('applied');
    expect(simulator.account.deletedOperators).toEqual([]);
  });

  test('does not hold up demotions when it is another update', async () => {
    const simulator = await startedSimulator({ seed: SEED });
    simulator.addFault({ call: `PUT operators/${idOf(simulator, 'jon@acme.example')}`, kind: '400' });
    const run = await rehearse(simulator);
    expect(run.report?.summary).toMatchObject({ failed: 1, skipped: 0 });
  });
});

describe('what is sent', () => {
  test('clears with an empty text what was there, and leaves out what is empty and stays so', async () => {
    const jon = {
      email: 'jon@acme.example',
      name: 'Jon',
      role: 'operator',
      image: 'https://x.example/j.png',
    };
    const simulator = await startedSimulator({ seed: seedWith([{ ...jon, language: 'de' }]) });
    const { exit } = await rehearse(simulator, {
      file: file(
        'operators:',
        '  - { email: jon@acme.example, image: null, jobTitle: "" }',
        '  - { email: arya@acme.example, name: Arya, image: null, jobTitle: "" }',
      ),
    });
    expect(exit).toBe(0);
    expect(bodiesTo(simulator, 'PUT /operators/*')).toEqual([
      { email: 'jon@acme.example', name: 'Jon', role: 'operator', language: 'de', image: '' },
    ]);
    const [created] = bodiesTo(simulator, 'POST /operators');
    expect(Object.keys(created as object)).toEqual(expect.not.arrayContaining(['image', 'jobTitle']));
  });

  test('has the secrets, which the plan and the report do not', async () => {
    const simulator = await startedSimulator({ seed: SEED });
    const { plan, report } = await rehearse(simulator);
    expect(bodiesTo(simulator, 'POST /events/subscriptions')).toMatchObject([
      { targetUrl: 'https://hooks.acme.example/chaport?key=h00k-k3y-of-acme' },
      { targetUrl: 'https://hooks.acme.example/chaport?key=h00k-k3y-of-acme' },
    ]);
    expect(JSON.stringify([plan, report])).not.toContain('h00k-k3y');
    expect(JSON.stringify(report)).toContain('${secret:HOOK_KEY}');
  });

  test('for a status of a new operator goes to the id that the create was given', async () => {
    const simulator = await startedSimulator({ seed: SEED });
    const run = await rehearse(simulator);
    const id = idOf(simulator, 'arya@acme.example');
    expect(resultOf(run, 'operator', 'arya@acme.example').id).toBe(id);
    expect(resultOf(run, 'status', 'arya@acme.example').id).toBe(id);
    expect(simulator.account.requests.map(({ path }) => path)).toContain(`/operators/${id}/status`);
  });
});
