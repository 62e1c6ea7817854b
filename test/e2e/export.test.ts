import { chmodSync, lstatSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseSeed } from '../../src/simulator/index.ts';
import { liveAccount, writesOf } from '../support/live-account.ts';
import { HAS_TERMINAL, runInTerminal } from '../support/run-in-terminal.ts';
import { PROJECT, runProgram } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const HOOK_KEY = { HOOKS_ACME_EXAMPLE_KEY: 'k3y-0f-acme' };
const hidden = ['k3y-0f-acme'];

describe('chaportctl export', () => {
  it('writes a file that plans to no changes, and says what to set first', async () => {
    const { env, simulator } = await liveAccount();
    const cwd = temporaryFolder();
    const run = await runProgram(['export', '--owner', 'owner@acme.example', '--out', 'chaport.yaml'], {
      env,
      cwd,
      hidden,
    });
    expect(run).toMatchObject({ code: 0, stdout: '' });
    expect(run.stderr).toBe(`Wrote chaport.schema.json, for editors.
Wrote the account to chaport.yaml.

Webhook URLs hold credentials. Set this environment variable before you plan:
  HOOKS_ACME_EXAMPLE_KEY: the value of "key" in https://hooks.acme.example/chaport?key=***
  The values stand in the URLs that the account has; --secrets-file FILE writes them there, --reveal-secrets into the URLs.

With that set, \`chaportctl plan\` shows no changes. Edit the file, and plan again.
`);
    const plan = await runProgram(['plan', '--detailed-exitcode'], { env: { ...env, ...HOOK_KEY }, cwd });
    expect(plan.stdout).toContain('No changes.');
    expect(plan.code).toBe(0);
    expect(writesOf(simulator)).toEqual([]);
    expect(statSync(path.join(cwd, 'chaport.yaml')).mode & 0o777).toBe(0o666 & ~process.umask());
  });

  it('writes the values of the secrets to a file of their own, for the owner alone, when it is asked to', async () => {
    const { env } = await liveAccount();
    const cwd = temporaryFolder({ 'mine.env': 'mine\n' });
    const args = ['export', '--owner', 'owner@acme.example', '--out', 'chaport.yaml', '--secrets-file'];
    const refused = await runProgram([...args, 'mine.env'], { env, cwd });
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('mine.env is there already') });
    const run = await runProgram([...args, 'secrets.env'], { env, cwd, hidden });
    expect(run).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringContaining('. ./secrets.env; set +a\n'),
    });
    const file = path.join(cwd, 'secrets.env');
    expect(readFileSync(file, 'utf8')).toContain('\nHOOKS_ACME_EXAMPLE_KEY=k3y-0f-acme\n');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('of the team of forty plans to no changes', async () => {
    const seed = parseSeed(
      readFileSync(path.join(PROJECT, 'examples/simulator/support-team.yaml'), 'utf8'),
      'seed',
    );
    const { env } = await liveAccount(seed);
    const cwd = temporaryFolder();
    const run = await runProgram(
      ['export', '--owner', 'olenna.tyrell@acme.example', '--reveal-secrets', '--out', 'chaport.yaml'],
      { env, cwd },
    );
    expect(run.code).toBe(0);
    expect(statSync(path.join(cwd, 'chaport.yaml')).mode & 0o777).toBe(0o600);
    const plan = await runProgram(['plan', '--format', 'json'], { env, cwd });
    expect(JSON.parse(plan.stdout)).toMatchObject({ changes: [], unmanaged: [], refusals: [] });
  });

  it('of 500 operators and 60 subscriptions plans to no changes', async () => {
    const names = ['null', "O'Neil", 'a: b # c', '${secret:X}', '\u202eevil', 'Zoë', '- x', '👩‍💻'];
    const operators = Array.from({ length: 500 }, (_, index) => ({
      email: `person${index}@acme.example`,
      name: names[index % names.length] ?? '',
      role: index === 0 ? 'admin' : 'operator',
      language: index % 50 === 0 ? 'de' : 'en',
      lastStatus: 'offline',
    }));
    const webhooks = Array.from({ length: 60 }, (_, index) => ({
      event: `chat.event${index % 12}`,
      targetUrl: `https://hook${index % 5}.acme.example/in?key=secret-value-${index % 5}`,
      essential: index % 5 === 0,
    }));
    const { env } = await liveAccount({ operators, webhooks });
    const cwd = temporaryFolder();
    const run = await runProgram(['export', '--out', 'chaport.yaml'], { env, cwd, hidden: ['secret-value'] });
    expect(run.code).toBe(0);
    const secrets = Object.fromEntries(
      [0, 1, 2, 3, 4].map((index) => [`HOOK${index}_ACME_EXAMPLE_KEY`, `secret-value-${index}`]),
    );
    const plan = await runProgram(['plan', '--detailed-exitcode'], { env: { ...env, ...secrets }, cwd });
    expect(plan).toMatchObject({ code: 0, stdout: expect.stringContaining('No changes. ') });
    expect((await runProgram(['fmt', '--check'], { cwd })).code).toBe(0);
  });

  it('warns where nobody says who the owner is, and leaves the place for it', async () => {
    const { env } = await liveAccount();
    const run = await runProgram(['export'], { env, hidden });
    expect(run.code).toBe(0);
    expect(run.stdout).toContain(
      '\n# account:\n#   owner: alliser@acme.example\n#   # or owner@acme.example\n',
    );
    expect(run.stderr).toContain('Warning: nobody said who the owner is');
  });

  it('never overwrites without --force', async () => {
    const { env, simulator } = await liveAccount();
    const cwd = temporaryFolder({ 'chaport.yaml': 'mine\n' });
    const refused = await runProgram(['export', '--out', 'chaport.yaml'], { env, cwd });
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is there already, and nothing was written'),
    });
    expect(readFileSync(path.join(cwd, 'chaport.yaml'), 'utf8')).toBe('mine\n');
    expect(simulator.account.requests).toEqual([]);
    expect((await runProgram(['export', '--out', 'chaport.yaml', '--force'], { env, cwd })).code).toBe(0);
    expect(readFileSync(path.join(cwd, 'chaport.yaml'), 'utf8')).toContain('version: 1');
  });

  it('writes JSON, one kind, and the real URLs when they are asked for by name', async () => {
    const { env } = await liveAccount();
    const run = await runProgram(['export', '--kind', 'webhook', '--format', 'json', '--reveal-secrets'], {
      env,
    });
    expect(JSON.parse(run.stdout)).toEqual({
      version: 1,
      webhooks: [
        {
          url: 'https://hooks.acme.example/chaport?key=k3y-0f-acme',
          events: ['chat.finished'],
          essential: true,
        },
        { url: 'https://old.acme.example/hook', events: ['chat.started'], essential: false },
        { url: 'https://partner.example/chats', events: ['chat.started'], essential: false },
      ],
    });
    expect(run.stderr).toContain('Warning: credentials in webhook URLs are written out. Do not commit them.');
  });

  it.each([
    [['--owner', 'nobody@acme.example'], 'the account has no operator nobody@acme.example'],
    [['--dry-run'], '--dry-run goes with --into'],
    [['chaport.yaml'], 'unexpected argument "chaport.yaml"'],
    [['--into', 'a.yaml', '--out', 'b.yaml'], '--into and --out do not go together'],
    [['--into=-'], '--into takes files, not standard input'],
    [['--kind', 'person'], '--kind takes'],
  ])('refuses %j', async (args, message) => {
    const { env } = await liveAccount();
    const run = await runProgram(['export', ...args], { env, cwd: temporaryFolder() });
    expect(run).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(message) });
  });

  it.runIf(HAS_TERMINAL)(
    'asks on a terminal who the owner is, until somebody is named who is there',
    async () => {
      const { env } = await liveAccount();
      const cwd = temporaryFolder();
      const { code, screen } = await runInTerminal(['export', '--out', 'chaport.yaml'], {
        env,
        cwd,
        hidden,
        columns: 120,
        typed: [
          { after: 'leaves it open): ', text: 'nobody@acme.example\r' },
          { after: 'leaves it open): ', text: 'OWNER@acme.example\r' },
        ],
      });
      expect(code).toBe(0);
      expect(screen).toContain('The admins are alliser@acme.example, owner@acme.example');
      expect(screen).toContain('The account has no operator nobody@acme.example.');
      expect(readFileSync(path.join(cwd, 'chaport.yaml'), 'utf8')).toContain(
        '\naccount:\n  owner: owner@acme.example\n',
      );
    },
  );
});

describe('chaportctl export --into', () => {
  const MINE = `version: 1 # mine
operators:
  - email: "owner@acme.example"
webhooks: [] # none yet
`;

  it('shows the difference first, and writes it then', async () => {
    const { env, simulator } = await liveAccount();
    const cwd = temporaryFolder({ 'team/people.yaml': MINE });
    const file = path.join(cwd, 'team/people.yaml');
    chmodSync(file, 0o640);
    symlinkSync('team/people.yaml', path.join(cwd, 'link.yaml'));
    const dry = await runProgram(['export', '--into', 'link.yaml', '--dry-run'], { env, cwd, hidden });
    expect(dry.code).toBe(0);
    expect(dry.stdout).toMatch(/^--- link\.yaml\n\+\+\+ link\.yaml\n@@ /);
    expect(dry.stdout).toContain('\n+  - email: jon.snow@acme.example #');
    expect(dry.stdout).toContain('\n-webhooks: [] # none yet\n');
    expect(dry.stderr).toContain(
      'This would add 4 operators and 3 webhooks to link.yaml. Nothing was written.',
    );
    expect(dry.stderr).toContain('link.yaml was not in canonical form: it would be rewritten');
    expect(readFileSync(file, 'utf8')).toBe(MINE);

    const run = await runProgram(['export', '--into', 'link.yaml'], { env, cwd, hidden });
    expect(run).toMatchObject({ code: 0, stdout: '' });
    expect(run.stderr).toContain('Added 4 operators and 3 webhooks to link.yaml.');
    expect(readFileSync(file, 'utf8')).toMatch(
      /^version: 1 # mine\n\noperators:\n {2}- email: owner@acme\.example\n {2}- email: [\s\S]*\nwebhooks:\n {2}# none yet\n {2}- url: /,
    );
    expect(lstatSync(path.join(cwd, 'link.yaml')).isSymbolicLink()).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o640);
    const plan = await runProgram(['plan', '-f', 'team', '--format', 'json'], {
      env: { ...env, ...HOOK_KEY },
      cwd,
    });
    expect(JSON.parse(plan.stdout)).toMatchObject({ changes: [], unmanaged: [] });

    const again = await runProgram(['export', '--into', 'link.yaml'], { env: { ...env, ...HOOK_KEY }, cwd });
    expect(again.stderr).toBe('Nothing to add: the files have everything that they can have.\n');
    expect(writesOf(simulator)).toEqual([]);
  });

  it('counts the files of --file among the configuration, and none that is not named', async () => {
    const { env } = await liveAccount();
    const cwd = temporaryFolder({ 'chaport.yaml': MINE, 'new.yaml': 'version: 1\n' });
    const into = ['export', '--into', 'new.yaml', '--kind', 'operator'];
    const alone = await runProgram([...into, '--dry-run'], { env, cwd });
    expect(alone.stdout).toContain('owner@acme.example');
    const run = await runProgram([...into, '-f', 'chaport.yaml'], { env, cwd });
    expect(run.code).toBe(0);
    const added = readFileSync(path.join(cwd, 'new.yaml'), 'utf8');
    expect(added).toContain('jon.snow@acme.example');
    expect(added).not.toContain('owner@acme.example');
    expect(readFileSync(path.join(cwd, 'chaport.yaml'), 'utf8')).toBe(MINE);
  });

  it('writes nothing into files with errors', async () => {
    const { env } = await liveAccount();
    const cwd = temporaryFolder({ 'chaport.yaml': 'version: 1\noperators: [{ mail: x }]\n' });
    const run = await runProgram(['export', '--into', 'chaport.yaml'], { env, cwd });
    expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining('chaport.yaml:2:15') });
    writeFileSync(path.join(cwd, 'chaport.yaml'), '');
    expect((await runProgram(['export', '--into', 'missing.yaml'], { env, cwd })).code).toBe(1);
  });
});
