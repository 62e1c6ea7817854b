import { describe, expect, test } from 'vitest';
import { liveAccount } from '../support/live-account.ts';
import { HAS_TERMINAL, runInTerminal } from '../support/run-in-terminal.ts';
import { PROGRAM, runCommand, runProgram } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const CONFIG = 'version: 1\noperators:\n  - email: jon.snow@acme.example\n    jobTitle: Ranger\n';
const COMMANDS = ['validate', 'plan', 'apply', 'ping', 'simulate'];
const ESCAPE = '\u001b[';

describe('a wrong command line is an error with what would be right', () => {
  test.each([
    ['--quiet', 'a command is missing', 'chaportctl --help'],
    ['planx', 'there is no command "planx"', 'did you mean plan?'],
    ['conjure', 'there is no command "conjure"', 'chaportctl --help'],
    ['plan --fromat json', 'there is no flag --fromat for plan', 'did you mean --format?'],
    ['validate --auto-approve', 'there is no flag --auto-approve for validate', 'validate --help'],
    ['apply --auto-aprove', 'there is no flag --auto-aprove for apply', 'did you mean --auto-approve?'],
    [
      'plan --token abc',
      'there is no flag --token for plan',
      'did you mean --token-file or --token-command?',
    ],
    ['shifts --check=yes', '--check takes no value: write it alone', 'shifts --help'],
    ['plan --no-prune=false', '--no-prune takes no value: write it alone', 'plan --help'],
    ['plan -z', 'there is no flag -z for plan', 'plan --help'],
    ['plan team.yaml', 'plan takes files with a flag', 'use -f team.yaml'],
    ['validate team/', 'validate takes files with a flag', 'use -f team/'],
    ['ping more', 'unexpected argument "more"', 'ping --help'],
    ['ping --file team.yaml', 'ping has no use for --file', 'leave it out'],
    ['apply plan.json more', 'unexpected argument "more"', 'apply --help'],
    ['apply plan.json --target operator', 'a saved plan is applied as it is', '--target'],
    ['apply plan.json --no-prune', 'a saved plan is applied as it is', '--prune'],
    ['plan -f', '--file needs a value', 'plan --help'],
    ['plan --file --quiet', '--file needs a value', 'plan --help'],
    ['plan --out', '--out needs a value', 'plan --help'],
    ['plan --format yaml', '--format takes "text", "json"', 'plan --help'],
    ['plan --out a --out b', '--out was given more than once', 'plan --help'],
    ['plan --timeout soon', '--timeout takes a number', 'plan --help'],
    ['plan --timeout 0', '--timeout takes a number', 'plan --help'],
    ['plan --concurrency 1.5', '--concurrency takes a whole number', 'plan --help'],
    ['plan --max-retries -1', '--max-retries takes a whole number', 'plan --help'],
    ['plan --target person', 'there is no kind "person"', 'operator, status, webhook'],
    ['simulate --port 70000', '--port takes a whole number from 0 to 65535', 'simulate --help'],
    ['simulate --latency -1', '--latency takes a number', 'simulate --help'],
    ['simulate --lag -1', '--lag takes a number', 'simulate --help'],
    ['simulate --dialect klingon', 'there is no dialect "klingon"', 'paged-by-path'],
    ['simulate --fault unlucky', '"unlucky" is not a fault', 'CALL=KIND'],
  ])('`chaportctl %s`', async (line, problem, way) => {
    const args = line.split(' ').filter((arg) => arg !== '');
    const { code, stdout, stderr } = await runProgram(args, {
      cwd: temporaryFolder({ 'chaport.yaml': CONFIG }),
    });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    const [error = '', hint = ''] = stderr.replace(/\n {6,}/g, ' ').split('\n');
    expect(error).toContain(problem);
    expect(error).toMatch(/^Error: /);
    expect(hint).toMatch(/^Hint: /);
    expect(hint).toContain(way);
  });
});

describe('what every run is checked for', () => {
  test.each([
    ['as it is', 'The Wall', 'The Wall'],
    ['percent-encoded', 'a%20b%2Fc', 'a b/c'],
    ['in base64', Buffer.from('a long secret').toString('base64'), 'a long secret'],
  ])('`chaportctl plan` that shows a secret %s fails its test', async (_how, shown, secret) => {
    const account = await liveAccount();
    const cwd = temporaryFolder({ 'chaport.yaml': CONFIG.replace('Ranger', shown) });
    const run = runProgram(['plan'], { cwd, env: account.env, hidden: [secret] });
    await expect(run).rejects.toThrow('a run shows no secret');
  });
});

describe('help', () => {
  test('`chaportctl` alone prints the help', async () => {
    const [bare, help] = [await runProgram([]), await runProgram(['--help'])];
    expect(bare).toMatchObject({ code: 0, stdout: help.stdout, stderr: '' });
  });

  test('`chaportctl --help` lists every command and the exit codes', async () => {
    const { code, stdout, stderr } = await runProgram(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^ +chaportctl ${command} `, 'm'));
    expect(stdout).toMatch(/^ {2}4 {2}refused, and nothing was changed$/m);
    for (const codes of ['show --compare, shifts --compare: they differ', 'import --leavers: too many']) {
      expect(stdout).toContain(codes);
    }
    expect(stdout).toContain('CHAPORT_TOKEN');
  });

  test.each(COMMANDS)('`chaportctl %s --help` says what it does and what it takes', async (command) => {
    const { code, stdout, stderr } = await runProgram([command, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^chaportctl ${command}`));
    // Its own options come first, and none that means nothing to it.
    const titles = stdout.match(/^[A-Z][a-z ]+options:$|^Options:$/gm);
    expect(titles).toEqual(['Options:', 'Global options:']);
    const takesFiles = ['validate', 'plan', 'apply', 'export', 'init', 'fmt'].includes(command);
    expect(stdout.includes('--file ')).toBe(takesFiles);
  });

  test('`chaportctl --version` prints the version and nothing else', async () => {
    expect(await runProgram(['--version'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: '',
    });
  });
});

describe('colour', () => {
  test.each([
    ['plan', {}, false],
    ['plan --color', {}, true],
    ['plan --color', { NO_COLOR: '1' }, true],
    ['plan --no-color', {}, false],
  ])('`chaportctl %s` into a pipe with %j: %s', async (line, env, coloured) => {
    const account = await liveAccount();
    const cwd = temporaryFolder({ 'chaport.yaml': CONFIG });
    const { stdout } = await runProgram(line.split(' '), { cwd, env: { ...account.env, ...env } });
    expect(stdout.includes(ESCAPE)).toBe(coloured);
  });

  test.runIf(HAS_TERMINAL).each([
    ['plan', {}, true],
    ['plan', { NO_COLOR: '1' }, false],
    ['plan', { TERM: 'dumb' }, false],
    ['plan --no-color', {}, false],
  ])('`chaportctl %s` on a terminal with %j: %s', async (line, env, coloured) => {
    const account = await liveAccount();
    const cwd = temporaryFolder({ 'chaport.yaml': CONFIG });
    const { code, screen } = await runInTerminal(line.split(' '), { cwd, env: { ...account.env, ...env } });
    expect(code).toBe(0);
    expect(screen).toContain('Ranger');
    expect(screen.includes(ESCAPE)).toBe(coloured);
  });
});

describe('pipes', () => {
  test('`chaportctl plan | head -1` ends quietly when the reader goes away', async () => {
    const operators = Array.from({ length: 2_000 }, (_, index) => ({
      email: `person${index}@acme.example`,
      role: 'admin',
    }));
    const account = await liveAccount({ operators });
    const entries = operators.map(({ email }) => `  - { email: ${email}, jobTitle: Ranger }\n`);
    const cwd = temporaryFolder({ 'chaport.yaml': `version: 1\noperators:\n${entries.join('')}` });
    const program = `'${process.execPath}' '${PROGRAM}' plan; echo "exit $?" >&2`;
    const result = await runCommand('/bin/sh', ['-c', `{ ${program}; } | head -1`], {
      cwd,
      env: account.env,
    });
    expect(result.stdout.split('\n')).toHaveLength(2);
    expect(result.stderr).toBe('exit 0\n');
  });

  test('`chaportctl plan --format json` of 2,000 operators arrives whole through a pipe', async () => {
    const account = await liveAccount();
    const entries = Array.from(
      { length: 2_000 },
      (_, index) => `  - { email: person${index}@acme.example, name: Person ${index} }\n`,
    );
    const cwd = temporaryFolder({ 'chaport.yaml': `version: 1\noperators:\n${entries.join('')}` });
    const { code, stdout } = await runProgram(['plan', '--format', 'json'], { cwd, env: account.env });
    expect(code).toBe(0);
    expect(stdout.length).toBeGreaterThan(500_000);
    expect(JSON.parse(stdout).changes).toHaveLength(2_000);
    expect(account.simulator.account.requests.map(({ path }) => path)).toEqual(['/operators']);
  });

  test('`chaportctl plan --format json` arrives whole also when the plan is refused', async () => {
    const account = await liveAccount();
    const entries = Array.from(
      { length: 1_000 },
      (_, index) => `  - { email: person${index}@acme.example, name: Person ${index} }\n`,
    );
    const cwd = temporaryFolder({
      'chaport.yaml': `version: 1\npolicy: { protect: ['jon.snow@*'] }\noperators:\n  - { email: jon.snow@acme.example, role: admin }\n${entries.join('')}`,
    });
    const { code, stdout } = await runProgram(['plan', '--format', 'json'], { cwd, env: account.env });
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({
      changes: { length: 1_001 },
      refusals: [{ code: 'protect' }],
    });
  });
});
