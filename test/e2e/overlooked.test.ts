import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { planSchema } from '../../src/model/plan-schema.ts';
import { reportSchema } from '../../src/model/report-schema.ts';
import type { Seed } from '../../src/simulator/index.ts';
import { liveAccount, writesOf } from '../support/live-account.ts';
import { runProgram } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/*
 * A month of ordinary life: what a plan, an apply and a nightly look must not be silent about.
 */

const OWNER = { email: 'owner@acme.example', name: 'Olenna', role: 'admin' } as const;
const JON = { email: 'jon@acme.example', name: 'Jon Snow', role: 'operator', jobTitle: 'Steward' } as const;
const INTRUDER = { email: 'intruder@evil.example', name: 'Mallory', role: 'admin' } as const;
const STRANGER = {
  event: 'chat.started',
  targetUrl: 'https://stranger.example/in?key=a-live-credential-9',
  essential: false,
};

const FILE = `version: 1
account:
  owner: owner@acme.example
policy:
  unmanaged: warn
operators:
  - email: jon@acme.example
    jobTitle: Steward
webhooks: []
`;

async function setUp(config: string, seed: Seed) {
  const account = await liveAccount({ owner: OWNER.email, ...seed });
  const cwd = temporaryFolder({ 'chaport.yaml': config });
  const run = (args: string, env: Record<string, string> = {}) =>
    runProgram(args.split(' '), { cwd, env: { ...account.env, ...env }, hidden: ['a-live-credential-9'] });
  const file = (name: string) => path.join(cwd, name);
  return { ...account, run, file, write: (text: string) => writeFileSync(file('chaport.yaml'), text) };
}

const NOT_AS_THE_FILE_SAYS =
  'No changes. The account is as the file says, but for 2 unmanaged objects, 1 of them an admin.';

describe('what no file has', () => {
  test('turns the drift pipeline red, and is named with role, activity and masked URL in every format', async () => {
    const { run, simulator } = await setUp(FILE, { operators: [OWNER, JON, INTRUDER], webhooks: [STRANGER] });
    const [text, markdown, html, json] = await Promise.all(
      ['text', 'markdown', 'html', 'json'].map((format) =>
        run(`plan --detailed-exitcode --format ${format}`),
      ),
    );
    expect([text?.code, markdown?.code, html?.code, json?.code]).toEqual([2, 2, 2, 2]);
    expect(text?.stdout).toContain(NOT_AS_THE_FILE_SAYS);
    expect(text?.stdout).toContain('operators  intruder@evil.example (Mallory), admin, never active\n');
    expect(text?.stdout).toContain('webhooks   chat.started https://stranger.example/in?key=***\n');
    expect(markdown?.stdout).toContain(NOT_AS_THE_FILE_SAYS);
    expect(markdown?.stdout).toContain(
      '- operator `intruder@evil.example` (`Mallory`), **admin**, never active\n',
    );
    expect(markdown?.stdout).not.toContain('<details><summary>Unmanaged');
    expect(html?.stdout).toContain(NOT_AS_THE_FILE_SAYS);
    expect(planSchema.parse(JSON.parse(json?.stdout ?? '')).unmanaged).toMatchObject([
      { key: INTRUDER.email, name: 'Mallory', role: 'admin' },
      { key: 'chat.started https://stranger.example/in?key=***' },
    ]);
    expect(writesOf(simulator)).toEqual([]);
  });

  test('is claimed by no sentence about a part: targets, and sections that were not read', async () => {
    const people = FILE.replace('  unmanaged: warn\n', '  unmanaged: show\n').replace('webhooks: []\n', '');
    const { run } = await setUp(people, { operators: [OWNER, JON], webhooks: [STRANGER] });
    const [whole, part, typo] = await Promise.all([
      run('plan'),
      run('plan --target operator:jon@*'),
      run('plan --target operator:jno@*'),
    ]);
    expect(whole.stdout).toContain('The account is as the file says; its webhooks were not looked at.');
    expect(part.stdout).toContain(
      'No changes. What was looked at (--target operator:jon@*) is as the file says; nothing else was looked at.',
    );
    expect(part.stdout).not.toContain('The account is as the file says');
    expect(typo).toMatchObject({ code: 1, stdout: '' });
    expect(typo.stderr).toContain('--target operator:jno@*: no operator has such a key');
  });

  test('is told since the last apply: drift, who left the files and stays, who is new', async () => {
    const both = FILE.replace('webhooks: []', '  - email: leaver@acme.example\nwebhooks: []');
    const leaver = { email: 'leaver@acme.example', name: 'Alliser', role: 'operator' } as const;
    const { run, write, simulator } = await setUp(both, { operators: [OWNER, JON, leaver], webhooks: [] });
    expect(await run('apply -y --report report.json')).toMatchObject({ code: 0 });
    expect(await run('plan --detailed-exitcode --since report.json')).toMatchObject({ code: 0 });
    const jon = simulator.account.operatorByEmail(JON.email);
    // At lunch: that is what a status is for.
    if (jon) jon.lastStatus = 'away';
    expect(await run('plan --detailed-exitcode --since report.json')).toMatchObject({ code: 0 });

    write(FILE.replace('  unmanaged: warn\n', '  unmanaged: show\n'));
    simulator.account.operators.push({
      ...(jon as NonNullable<typeof jon>),
      ...INTRUDER,
      id: 'e'.repeat(24),
    });
    const formats = ['text', 'markdown', 'html'];
    const since = await Promise.all(
      formats.map((format) => run(`plan --detailed-exitcode --since report.json --format ${format}`)),
    );
    expect(since.map(({ code }) => code)).toEqual([2, 2, 2]);
    expect(since[0]?.stdout).toMatch(
      /Left the files .*\n {2}operators {2}leaver@acme\.example \(Alliser\), .*keeps access/,
    );
    expect(since[0]?.stdout).toMatch(
      /New since .*\n {2}operators {2}intruder@evil\.example \(Mallory\), admin/,
    );
    for (const { stdout } of since) {
      expect(stdout).toContain('Left the files since the last apply');
      expect(stdout).toContain('New since the last apply');
      expect(stdout).toContain('keeps access');
    }
  });
});

describe('a key that is rotated', () => {
  const HOOKS = `version: 1
webhooks:
  - url: https://hooks.acme.example/in?key=\${secret:HOOK_KEY}
    events: [chat.started, chat.finished]
`;
  const live = (event: string) => ({
    event,
    targetUrl: 'https://hooks.acme.example/in?key=the-first-key',
    essential: false,
  });

  test('is an update in place with `identity: path`, and without it a warning that both will receive', async () => {
    const seed = { operators: [OWNER], webhooks: [live('chat.started'), live('chat.finished')] };
    const { run, write, simulator } = await setUp(HOOKS, seed);
    const second = { HOOK_KEY: 'the-second-key' };
    const twice = await run('plan', second);
    expect(twice.stdout.replaceAll(/\s+/g, ' ')).toContain('so both will receive every such event');
    expect(twice.stdout).not.toContain('starts sending');
    write(HOOKS.replace('    events', '    identity: path\n    events'));
    const { stdout } = await run('plan', second);
    expect(stdout).toContain('gets another key');
    expect(stdout).toContain('Plan: 0 to create, 2 to update, 0 to delete.');
    expect(await run('apply -y', second)).toMatchObject({ code: 0 });
    expect(simulator.account.webhooks.map(({ targetUrl }) => targetUrl)).toEqual([
      'https://hooks.acme.example/in?key=the-second-key',
      'https://hooks.acme.example/in?key=the-second-key',
    ]);
  });
});

describe('what is reviewed', () => {
  test('stays what it was: a toggled status, a comment and an unmanaged object change no digest', async () => {
    const config = FILE.replace('Steward', 'Supervisor').replace('jobTitle', 'status: online\n    jobTitle');
    const { run, write, simulator } = await setUp(config, { operators: [OWNER, JON], webhooks: [] });
    const digest = /sha256:\w+/.exec((await run('plan')).stdout)?.[0];
    const jon = simulator.account.operatorByEmail(JON.email);
    if (jon) jon.lastStatus = 'away';
    simulator.account.webhooks.push({ ...STRANGER, id: 'f'.repeat(24) });
    write(`# a comment\n${config}`);
    const { code, stdout } = await run(`apply -y --expect-digest ${digest} --report report.json`);
    expect({ code, digest }).toEqual({ code: 0, digest: expect.stringMatching(/^sha256:/) });
    expect(stdout).toContain('The account is as the file says, but for 1 unmanaged object.');
  });

  test('of a refused apply says so first, also in the summary of the step', async () => {
    const { run, file, simulator } = await setUp(FILE.replace('warn', 'refuse'), {
      operators: [OWNER, JON, INTRUDER],
      webhooks: [],
    });
    const { code, stdout } = await run('apply -y', { GITHUB_STEP_SUMMARY: file('summary.md') });
    expect(code).toBe(4);
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /^Refused, and nothing was changed: .*policy\.unmanaged refuses/,
    );
    expect(readFileSync(file('summary.md'), 'utf8')).toMatch(
      /^> \[!CAUTION\]\n> \*\*Refused, and nothing was changed\.\*\*/,
    );
    expect(writesOf(simulator)).toEqual([]);
  });

  test('as of another time is for a look alone', async () => {
    const until = FILE.replace('jobTitle: Steward', 'status: { value: away, until: "2027-01-01T00:00:00Z" }');
    const { run, file } = await setUp(until, { operators: [OWNER, JON], webhooks: [] });
    const [now, later, saved, nonsense] = await Promise.all([
      run('plan'),
      run('plan --at 2027-06-01 --format json'),
      run('plan --at 2027-06-01 --out plan.json'),
      run('plan --at tomorrow'),
    ]);
    expect(now.stdout).toContain('until 2027-01-01T00:00:00Z');
    const plan = planSchema.parse(JSON.parse(later.stdout));
    expect(plan).toMatchObject({ at: '2027-06-01T00:00:00.000Z', changes: [] });
    expect(saved).toMatchObject({ code: 1, stderr: expect.stringContaining('--at and --out') });
    expect(nonsense).toMatchObject({ code: 1, stderr: expect.stringContaining('is no time') });
    writeFileSync(file('look.json'), later.stdout);
    expect(await run('apply look.json -y')).toMatchObject({ code: 4 });
  });
});

test('two operators of one name are called a rename, and staging is not production', async () => {
  const renamed = FILE.replace(
    'webhooks: []',
    '  - { email: jon.snow@acme.example, name: JON SNOW }\nwebhooks: []',
  );
  const { run, simulator, baseUrl } = await setUp(
    renamed.replace('  - email: jon@acme.example\n    jobTitle: Steward\n', ''),
    { operators: [OWNER, JON], webhooks: [] },
  );
  expect((await run('plan')).stdout).toContain('movedFrom: jon@acme.example');
  const { stdout } = await run('ping');
  const ids = simulator.account.operators.map(({ id }) => id).sort();
  expect(stdout).toContain(`account:\n  operatorId: ${ids[0]}\n  baseUrl: ${baseUrl}\n`);
});

test('one for whom there is no seat is reported as deactivated', async () => {
  const config = FILE.replace('webhooks: []', '  - { email: arya@acme.example, name: Arya }\nwebhooks: []');
  const { run, file } = await setUp(config, { operators: [OWNER, JON], webhooks: [], seats: 2 });
  const { stdout } = await run('apply -y --report report.json');
  expect(stdout).toMatch(/\+ operator arya@acme\.example \(Arya\).*\n.*is deactivated: there is no seat/);
  const report = reportSchema.parse(JSON.parse(readFileSync(file('report.json'), 'utf8')));
  expect(report.changes[0]?.note).toContain('is deactivated');
});
