import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { planSchema } from '../../src/model/plan-schema.ts';
import { callsOf, liveAccount, writesOf } from '../support/live-account.ts';
import { runProgram } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** For the simulator's own account: one of everything. */
const CONFIG = `version: 1
account:
  owner: owner@acme.example
policy:
  prune:
    operators: ["alliser@*"]
operators:
  - email: owner@acme.example
  - email: jon.snow@acme.example
    jobTitle: The Wall supervisor
    status: away
  - email: arya@acme.example
    name: Arya Stark
webhooks:
  - url: https://hooks.acme.example/chaport?key=\${secret:HOOK_KEY}
    events: [chat.started, chat.finished]
`;
const HOOK_KEY = 'k3y-0f-acme';
const OPERATORS_ONLY = 'version: 1\noperators:\n  - email: jon.snow@acme.example\n    jobTitle: Ranger\n';
const WEBHOOKS_ONLY =
  'version: 1\nwebhooks:\n  - url: https://new.acme.example/\n    events: [chat.started]\n';
const IN_ORDER = 'version: 1\noperators:\n  - email: jon.snow@acme.example\n    jobTitle: Steward\n';
const REFUSED = `${IN_ORDER}account:\n  owner: someone@else.example\n`;

async function setUp(config: string) {
  const account = await liveAccount();
  const cwd = temporaryFolder({ 'chaport.yaml': config });
  return { ...account, cwd, run: { cwd, env: { ...account.env, HOOK_KEY } } };
}

describe('chaportctl plan', () => {
  test('`chaportctl plan` shows what would change and changes nothing', async () => {
    const { simulator, run } = await setUp(CONFIG);
    const before = simulator.snapshot();
    const { code, stdout, stderr } = await runProgram(['plan'], run);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^ {2}~ jon\.snow@acme\.example .*chaport\.yaml:9$/m);
    expect(stdout).toMatch(/^ {6}jobTitle {2}"Steward" → "The Wall supervisor"$/m);
    expect(stdout).toMatch(/^ {2}\+ arya@acme\.example/m);
    expect(stdout).toMatch(/^ {2}- alliser@acme\.example/m);
    expect(stdout).toMatch(/online → away for 8h/);
    expect(stdout).toContain('sends an invitation e-mail');
    expect(stdout).toContain('starts sending chat data to hooks.acme.example');
    expect(stdout).toContain('key=${secret:HOOK_KEY}');
    expect(stdout).toMatch(/\nPlan: 2 to create, 2 to update, 1 to delete\. .*\n$/);
    expect(simulator.snapshot()).toEqual(before);
    expect(writesOf(simulator)).toEqual([]);
  });

  test('`chaportctl plan --format json` is a plan document', async () => {
    const { run, baseUrl } = await setUp(CONFIG);
    const { code, stdout } = await runProgram(['plan', '--format', 'json'], run);
    expect(code).toBe(0);
    const plan = planSchema.parse(JSON.parse(stdout));
    expect(plan).toMatchObject({
      formatVersion: '2',
      account: { baseUrl, owner: 'owner@acme.example' },
      config: { files: ['chaport.yaml'] },
      summary: { create: 2, update: 2, delete: 1 },
    });
    expect(plan.changes.map(({ action, kind, key }) => `${action} ${kind} ${key}`)).toEqual([
      'create webhook chat.started https://hooks.acme.example/chaport?key=${secret:HOOK_KEY}',
      'update operator jon.snow@acme.example',
      'delete operator alliser@acme.example',
      'create operator arya@acme.example',
      'update status jon.snow@acme.example',
    ]);
  });

  test('`chaportctl plan --format json` twice gives the same bytes but for createdAt', async () => {
    const { run } = await setUp(CONFIG);
    const plans = [];
    for (let round = 0; round < 2; round += 1) {
      const { stdout } = await runProgram(['plan', '--format', 'json'], run);
      plans.push(stdout.replace(/"createdAt": "[^"]+"/, ''));
    }
    expect(plans[0]).toBe(plans[1]);
  });

  test.each([
    ['plan', CONFIG, 0],
    ['plan --detailed-exitcode', CONFIG, 2],
    ['plan --detailed-exitcode', IN_ORDER, 0],
    ['plan --detailed-exitcode --format json', CONFIG, 2],
    ['plan', REFUSED, 4],
    ['plan --detailed-exitcode', REFUSED, 4],
    ['plan --format json', REFUSED, 4],
    ['plan -f nowhere.yaml', CONFIG, 1],
    ['plan --base-url http://127.0.0.1:1/ --max-retries 0', CONFIG, 1],
  ])('`chaportctl %s` (%#) has its exit code', async (line, config, code) => {
    const { run, simulator } = await setUp(config);
    expect(await runProgram(line.split(' '), run)).toMatchObject({ code });
    expect(writesOf(simulator)).toEqual([]);
  });

  test('`chaportctl plan` without changes says so', async () => {
    const { run } = await setUp(IN_ORDER);
    const { code, stdout } = await runProgram(['plan'], run);
    expect(code).toBe(0);
    expect(stdout).toContain(
      'No changes. The account is as the file says, but for 4 unmanaged objects, 2 of them admins; its webhooks were not looked at.',
    );
  });

  test('`chaportctl plan` shows a refused plan in full', async () => {
    const { run } = await setUp(CONFIG.replace('policy:\n', 'policy:\n  protect: ["jon.snow@*"]\n'));
    const { code, stdout } = await runProgram(['plan'], run);
    expect(code).toBe(4);
    expect(stdout).toContain('jon.snow@acme.example');
    expect(stdout).toMatch(/Refused: this plan can be read, but not applied\n.*jon\.snow@acme\.example/);
  });

  test('`chaportctl plan` of the wrong account says that alone, without a plan', async () => {
    const { run } = await setUp(CONFIG.replace('owner: owner@', 'owner: other@'));
    const { code, stdout, stderr } = await runProgram(['plan'], run);
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toMatch(/^Refused: account\.owner other@acme\.example is no operator of this account/);
  });

  test('`chaportctl plan -f -` reads standard input', async () => {
    const { run } = await setUp('');
    const { code, stdout } = await runProgram(['plan', '-f', '-'], { ...run, input: OPERATORS_ONLY });
    expect(code).toBe(0);
    expect(stdout).toContain('"Steward" → "Ranger"');
    expect(stdout).toContain('<stdin>:3');
  });

  test('`chaportctl plan -f team -f hooks.yaml` takes several files as one configuration', async () => {
    const { run, cwd } = await setUp('');
    const files = temporaryFolder({
      'team/people.yaml': OPERATORS_ONLY,
      'hooks.yaml': WEBHOOKS_ONLY.replace('version: 1\n', ''),
    });
    expect(cwd).not.toBe(files);
    const args = ['plan', '-f', 'team', '-f', 'hooks.yaml', '--format', 'json'];
    const { code, stdout } = await runProgram(args, { ...run, cwd: files });
    expect(code).toBe(0);
    const plan = planSchema.parse(JSON.parse(stdout));
    expect(plan.config.files).toEqual(['team/people.yaml', 'hooks.yaml']);
    expect(plan.summary).toMatchObject({ create: 1, update: 1, delete: 0 });
  });
});

describe('files that do not fit the account', () => {
  test.each(['plan', 'apply -y'])('`chaportctl %s` shows their line', async (line) => {
    const { run } = await setUp('version: 1\noperators:\n  - email: arya@acme.example\n    role: admin\n');
    const { code, stdout, stderr } = await runProgram(line.split(' '), run);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('chaport.yaml:3:5: error [missing-name]\n');
    expect(stderr).toContain('  3 |   - email: arya@acme.example\n    |     ^^^^^^^^^^^^^^^^^^^^^^^^\n');
  });
});

describe('reading the account', () => {
  test.each([
    ['both sections', CONFIG, ['GET /events/subscriptions', 'GET /operators']],
    ['operators only', OPERATORS_ONLY, ['GET /operators']],
    ['webhooks only', WEBHOOKS_ONLY, ['GET /events/subscriptions']],
    [
      'webhooks and an owner to check',
      `${WEBHOOKS_ONLY}account: { owner: owner@acme.example }\n`,
      ['GET /events/subscriptions', 'GET /operators'],
    ],
    ['no section', 'version: 1\n', []],
  ])('`chaportctl plan` with %s makes no call that is not needed', async (_what, config, calls) => {
    const { run, simulator } = await setUp(config);
    expect(await runProgram(['plan'], run)).toMatchObject({ code: 0 });
    expect(callsOf(simulator).sort()).toEqual(calls);
  });

  test('`chaportctl plan` makes its two calls side by side', async () => {
    let arrived = () => {};
    const second = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const { simulator, env } = await liveAccount(undefined, {
      // The first request is answered only once the second one is there.
      onRequest: (number) => (number === 1 ? second : arrived()),
    });
    const cwd = temporaryFolder({ 'chaport.yaml': CONFIG });
    expect(await runProgram(['plan'], { cwd, env: { ...env, HOOK_KEY } })).toMatchObject({ code: 0 });
    expect(callsOf(simulator)).toHaveLength(2);
  });

  test('`chaportctl plan` refuses an account without operators, since it always has its owner', async () => {
    const { simulator, env } = await liveAccount({ operators: [] });
    const cwd = temporaryFolder({ 'chaport.yaml': CONFIG });
    const { code, stdout, stderr } = await runProgram(['plan'], { cwd, env: { ...env, HOOK_KEY } });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^Error: .*no operators/s);
    expect(writesOf(simulator)).toEqual([]);
  });
});

describe('narrowing', () => {
  async function keysOf(line: string): Promise<string[]> {
    const { run } = await setUp(CONFIG);
    const { code, stdout } = await runProgram([...line.split(' '), '--format', 'json'], run);
    expect(code).toBe(0);
    const plan = planSchema.parse(JSON.parse(stdout));
    return plan.changes.map(({ action, kind, key }) => `${action} ${kind} ${key}`);
  }

  test.each([
    ['plan --target operator:jon.snow@*', ['update operator jon.snow@acme.example']],
    ['plan --target status', ['update status jon.snow@acme.example']],
    [
      'plan --target status:jon* --target operator:A*',
      [
        'delete operator alliser@acme.example',
        'create operator arya@acme.example',
        'update status jon.snow@acme.example',
      ],
    ],
    ['plan --no-prune --target operator:a*', ['create operator arya@acme.example']],
  ])('`chaportctl %s` leaves the rest out', async (line, expected) => {
    expect(await keysOf(line)).toEqual(expected);
  });

  test('`chaportctl plan --target operator:nobody@*` is an error: it would look as if all were well', async () => {
    const { run } = await setUp(OPERATORS_ONLY);
    const { code, stdout, stderr } = await runProgram(['plan', '--target', 'operator:nobody@*'], run);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('--target operator:nobody@*');
  });

  test('`chaportctl plan --prune` claims all of the managed kinds, and the guard counts it', async () => {
    const { run } = await setUp(OPERATORS_ONLY);
    const { code, stdout } = await runProgram(['plan', '--prune', '--format', 'json'], run);
    expect(code).toBe(4);
    const plan = planSchema.parse(JSON.parse(stdout));
    expect(plan.summary.delete).toBe(4);
    expect(plan.refusals.map((refusal) => refusal.code)).toContain('max-deletes');
    expect(plan.changes.every(({ kind }) => kind === 'operator')).toBe(true);
  });
});

describe('saving', () => {
  test('`chaportctl plan --out plan.json` saves for the owner of the file only, without secrets', async () => {
    const { run, cwd } = await setUp(CONFIG);
    const { code, stdout, stderr } = await runProgram(['plan', '--out', 'plan.json'], run);
    expect(code).toBe(0);
    expect(stdout).toContain('Plan: 2 to create');
    expect(stderr).toContain('plan.json');
    const file = path.join(cwd, 'plan.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const text = readFileSync(file, 'utf8');
    expect(planSchema.parse(JSON.parse(text)).summary.create).toBe(2);
    expect(text).toContain('${secret:HOOK_KEY}');
  });

  test('`chaportctl plan --out missing/plan.json` says that it cannot be written', async () => {
    const { run } = await setUp(CONFIG);
    const { code, stderr } = await runProgram(['plan', '--out', 'missing/plan.json'], run);
    expect(code).toBe(1);
    expect(stderr).toBe('Error: missing/plan.json cannot be written: there is no such file or folder\n');
  });
});
