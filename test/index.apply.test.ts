import { describe, expect, onTestFinished, test } from 'vitest';
import { type Account, apply, connect, loadConfig, plan, RefusedError, readAccount } from '../src/index.ts';
import { type Simulator, startSimulator } from '../src/simulator/index.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const FILE = 'version: 1\noperators:\n  - { email: jon.snow@acme.example, jobTitle: Ranger }\n';

async function simulate(): Promise<Simulator> {
  const simulator = await startSimulator();
  onTestFinished(() => simulator.close());
  return simulator;
}

async function load(content: string) {
  const { desired } = await loadConfig('chaport.yaml', { cwd: temporaryFolder({ 'chaport.yaml': content }) });
  if (desired === null) throw new Error('the file is wrong');
  return desired;
}

type Desired = Awaited<ReturnType<typeof load>>;

function connectTo({ url, token }: Simulator, desired: Desired): Account {
  const account = connect({ desired, token, baseUrl: url });
  onTestFinished(() => account.close());
  return account;
}

async function prepared() {
  const simulator = await simulate();
  const desired = await load(FILE);
  const account = connectTo(simulator, desired);
  return { simulator, desired, account, proposed: plan(desired, await readAccount(account, desired)) };
}

/** Nothing but reads: the plan was not touched. */
function expectNoWrites({ account }: Simulator): void {
  expect(account.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
}

describe('loadConfig', () => {
  test('gives what is wrong with a file and a file that is not there in the same way', async () => {
    const cwd = temporaryFolder({ 'chaport.yaml': `${FILE}operatorz: []\n` });
    const wrong = await loadConfig('chaport.yaml', { cwd });
    const missing = await loadConfig(['chaport.yaml', 'more.yaml'], { cwd });
    expect(wrong).toMatchObject({ desired: null, diagnostics: [{ code: 'unknown-key' }] });
    expect(missing).toMatchObject({
      desired: null,
      diagnostics: [{ code: 'missing-file' }, { code: 'unknown-key' }],
    });
  });

  test('reads relative to the working directory by default', async () => {
    const { desired } = await loadConfig('examples/minimal.yaml');
    expect(desired?.config.files).toEqual(['examples/minimal.yaml']);
  });

  test('knows no variables but those that it is given', async () => {
    const content = 'version: 1\noperators:\n  - { email: a@acme.example, name: "${env:PATH}" }\n';
    const cwd = temporaryFolder({ 'chaport.yaml': content });
    expect((await loadConfig('chaport.yaml', { cwd })).desired).toBeNull();
    const { desired } = await loadConfig('chaport.yaml', { cwd, env: { PATH: 'Anna' } });
    expect(desired?.sections.operators).toMatchObject([{ name: 'Anna' }]);
  });
});

describe('apply', () => {
  test('makes the changes, tells of each, and reads back', async () => {
    const { simulator, desired, account, proposed } = await prepared();
    const told: string[] = [];
    const progress = {
      finished: (_change: unknown, { key, outcome }: Record<'key' | 'outcome', string>) =>
        told.push(`${key} ${outcome}`),
    };
    const report = await apply(proposed, account, desired, { progress });
    expect(report).toMatchObject({ converged: true, planDigest: proposed.digest });
    expect(told).toEqual(['jon.snow@acme.example applied']);
    expect(simulator.snapshot().operators).toContainEqual(expect.objectContaining({ jobTitle: 'Ranger' }));
  });

  test('takes a plan that was saved as JSON', async () => {
    const { desired, account, proposed } = await prepared();
    const saved = JSON.parse(JSON.stringify(proposed));
    expect(await apply(saved, account, desired)).toMatchObject({ converged: true });
  });

  test('starts nothing when it was stopped before', async () => {
    const { simulator, desired, account, proposed } = await prepared();
    const signals = { stop: AbortSignal.abort('deploy cancelled') };
    const report = await apply(proposed, account, desired, { signals });
    expect(report).toMatchObject({
      interrupted: 'deploy cancelled',
      converged: false,
      summary: { skipped: 1 },
    });
    expectNoWrites(simulator);
  });

  test('refuses a plan for another account', async () => {
    const { desired, proposed } = await prepared();
    const other = await simulate();
    const attempt = apply(proposed, connectTo(other, desired), desired);
    await expect(attempt).rejects.toMatchObject({ name: 'RefusedError', code: 'other-account' });
    expect(other.account.requests).toEqual([]);
  });

  test('refuses a plan from other files', async () => {
    const { simulator, account, proposed } = await prepared();
    const attempt = apply(proposed, account, await load(FILE.replace('Ranger', 'Maester')));
    await expect(attempt).rejects.toMatchObject({ name: 'RefusedError', code: 'other-files' });
    expectNoWrites(simulator);
  });

  test('refuses a plan that was edited, for the guards saw another one', async () => {
    const { simulator, desired, account, proposed } = await prepared();
    const changes = proposed.changes.map((change) => ({ ...change, id: 'another' }) as typeof change);
    const edited = { ...proposed, changes };
    await expect(apply(edited, account, desired)).rejects.toThrow(RefusedError);
    expectNoWrites(simulator);
  });
});
