import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { runProgram } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const GOOD = 'version: 1\noperators:\n  - email: jon.snow@acme.example\n    status: online\n';
const TWO_FAULTS =
  'version: 1\noperators:\n  - email: jon.snow@acme.example\n    jobTitel: Steward\n    role: boss\n';

describe('chaportctl validate', () => {
  test.each([
    ['validate', { 'chaport.yaml': GOOD }, 'Valid: chaport.yaml (1 operator, 1 status)\n'],
    ['validate -f team.yml', { 'team.yml': 'version: 1\n' }, 'Valid: team.yml\n'],
    [
      'validate -f team',
      { 'team/b.yml': 'version: 1\noperators: []\n', 'team/a.yaml': GOOD, 'team/notes.txt': '{' },
      'Valid: 2 files (1 operator, 1 status)\n',
    ],
    ['validate -f a.yaml --file b.yaml -q', { 'a.yaml': GOOD, 'b.yaml': 'webhooks: []\n' }, ''],
    ['validate --format github', { 'chaport.yaml': GOOD }, ''],
    ['validate --format json', { 'chaport.yaml': GOOD }, '{\n  "diagnostics": []\n}\n'],
  ])('`chaportctl %s` takes good files', async (line, files, stdout) => {
    const cwd = temporaryFolder(files);
    expect(await runProgram(line.split(' '), { cwd })).toMatchObject({ code: 0, stdout, stderr: '' });
  });

  test.each(['validate -f -', 'validate --file -', 'validate --file=-', 'validate -f=-'])(
    '`chaportctl %s` reads standard input',
    async (line) => {
      const result = await runProgram(line.split(' '), { cwd: temporaryFolder(), input: GOOD });
      expect(result).toMatchObject({ code: 0, stdout: 'Valid: standard input (1 operator, 1 status)\n' });
    },
  );

  test('`chaportctl validate -f -` names standard input in its complaints', async () => {
    const { code, stdout } = await runProgram(['validate', '-f', '-'], { input: TWO_FAULTS });
    expect(code).toBe(1);
    expect(stdout).toContain('<stdin>:4:5: error [unknown-key]');
  });

  test('`chaportctl validate` complains of a missing file and of what is wrong in the other one', async () => {
    const cwd = temporaryFolder({ 'chaport.yaml': TWO_FAULTS });
    const { code, stdout } = await runProgram(['validate', '-f', 'chaport.yaml', '-f', 'none.yaml'], { cwd });
    expect(code).toBe(1);
    expect([...stdout.matchAll(/error \[([a-z-]+)\]/g)].map(([, name]) => name)).toEqual([
      'missing-file',
      'unknown-key',
      'invalid-value',
    ]);
    expect(await runProgram(['plan', '-f', 'chaport.yaml', '-f', 'none.yaml'], { cwd })).toMatchObject({
      code: 1,
      stderr: stdout,
    });
  });

  test('`chaportctl validate` shows every complaint with its line, a marker and what would be right', async () => {
    const cwd = temporaryFolder({ 'chaport.yaml': TWO_FAULTS });
    const { code, stdout, stderr } = await runProgram(['validate'], { cwd });
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toBe(
      [
        'chaport.yaml:4:5: error [unknown-key]',
        '  unknown key "jobTitel" in a person',
        '  4 |     jobTitel: Steward',
        '    |     ^^^^^^^^',
        '  hint: did you mean "jobTitle"?',
        '',
        'chaport.yaml:5:11: error [invalid-value]',
        '  "role" must be operator or admin; found "boss"',
        '  5 |     role: boss',
        '    |           ^^^^',
        '',
        '2 errors in 1 file',
        '',
      ].join('\n'),
    );
  });

  test('`chaportctl validate --format json` gives the same complaints as data', async () => {
    const cwd = temporaryFolder({ 'chaport.yaml': TWO_FAULTS });
    const { code, stdout } = await runProgram(['validate', '--format', 'json'], { cwd });
    expect(code).toBe(1);
    const { diagnostics } = JSON.parse(stdout);
    expect(diagnostics).toMatchObject([
      {
        severity: 'error',
        code: 'unknown-key',
        hint: 'did you mean "jobTitle"?',
        source: { file: 'chaport.yaml', line: 4, column: 5 },
      },
      { severity: 'error', source: { file: 'chaport.yaml', line: 5, column: 11 } },
    ]);
  });

  test('`chaportctl validate --format github` annotates the lines', async () => {
    const cwd = temporaryFolder({ 'chaport.yaml': TWO_FAULTS });
    const { code, stdout } = await runProgram(['validate', '--format', 'github'], { cwd });
    expect(code).toBe(1);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^::error .*file=chaport\.yaml,line=4,col=5.*::unknown key "jobTitel"/);
    expect(lines[1]).toMatch(/^::error .*file=chaport\.yaml,line=5,col=11.*::/);
  });

  test('`chaportctl validate -f team` names both places of what stands twice', async () => {
    const cwd = temporaryFolder({ 'team/a.yaml': GOOD, 'team/b.yaml': GOOD.toUpperCase().toLowerCase() });
    const { code, stdout } = await runProgram(['validate', '-f', 'team'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain('team/b.yaml:3:12: error [duplicate-operator]');
    expect(stdout).toContain('team/a.yaml:3:12: the first one is here');
  });

  test('`chaportctl validate --allow-missing-secrets` turns a missing secret into a warning', async () => {
    const cwd = temporaryFolder({
      'chaport.yaml':
        'version: 1\nwebhooks:\n  - url: https://hooks.acme.example/?key=${secret:HOOK_KEY}\n    events: [chat.started]\n',
    });
    const strict = await runProgram(['validate'], { cwd });
    expect(strict.code).toBe(1);
    expect(strict.stdout).toMatch(/chaport\.yaml:3:\d+: error \[missing-secret\]/);
    const lenient = await runProgram(['validate', '--allow-missing-secrets'], { cwd });
    expect(lenient.code).toBe(0);
    expect(lenient.stdout).toMatch(/: warning \[/);
    const whole = await runProgram(['validate'], { cwd, env: { HOOK_KEY: 'a-key-of-the-hook' } });
    expect(whole).toMatchObject({ code: 0, stdout: 'Valid: chaport.yaml (1 webhook)\n' });
  });
});

describe('bad input gets one clear sentence', () => {
  const ELEVEN_MIB = Buffer.alloc(11 * 1024 * 1024, '#');
  test.each<[string, Record<string, string | Uint8Array>, string, RegExp]>([
    ['a missing file', {}, 'validate', /there is no file chaport\.yaml\n {2}hint: .*--file.*init/],
    ['a missing named file', {}, 'validate -f team.yaml', /there is no file team\.yaml\n/],
    [
      'a folder without YAML',
      { 'team/readme.txt': '' },
      'validate -f team',
      /the folder team has no \*\.yaml or \*\.yml files\n/,
    ],
    ['an empty file', { 'chaport.yaml': '' }, 'validate', /chaport\.yaml:1:1: .*\n {2}this file is empty\n/],
    [
      'a list where a map belongs',
      { 'chaport.yaml': '- version: 1\n' },
      'validate',
      /the file must be keys with values; found a list\n/,
    ],
    [
      'a list for a map inside',
      { 'chaport.yaml': 'version: 1\naccount: [owner]\n' },
      'validate',
      /chaport\.yaml:2:10: .*\n {2}"account" must be keys with values; found a list\n/,
    ],
    [
      'tabs',
      { 'chaport.yaml': 'version: 1\noperators:\n\t- email: a@acme.example\n' },
      'validate',
      /chaport\.yaml:3:1: .*\n {2}this line must be indented with spaces, not with tabs\n/,
    ],
    [
      'duplicate keys',
      { 'chaport.yaml': 'version: 1\noperators: []\noperators: []\n' },
      'validate',
      /chaport\.yaml:3:1: .*\n {2}the key "operators" stands twice here\n/,
    ],
    ['11 MiB', { 'chaport.yaml': ELEVEN_MIB }, 'validate', /this file is larger than 10 MiB\n/],
    [
      'UTF-16',
      { 'chaport.yaml': Buffer.from('\ufeffversion: 1\n', 'utf16le') },
      'validate',
      /this file is UTF-16, and only UTF-8 is read\n/,
    ],
    [
      'Latin-1',
      { 'chaport.yaml': Buffer.from('version: 1 # caf\u00e9\n', 'latin1') },
      'validate',
      /chaport\.yaml:1:17: .*\n {2}this is not UTF-8 text/,
    ],
  ])('%s', async (fault, files, line, sentence) => {
    const { code, stdout, stderr } = await runProgram(line.split(' '), { cwd: temporaryFolder(files) });
    const isMended = fault === 'tabs';
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: isMended ? '`chaportctl fmt --fix` mends one of these.\n' : '',
    });
    expect(stdout).toMatch(sentence);
    expect(stdout).toMatch(/\n1 error( in 1 file)?\n$/);
  });

  test('`chaportctl plan` puts the same complaints on stderr, before it asks for a token', async () => {
    const cwd = temporaryFolder({ 'chaport.yaml': TWO_FAULTS });
    const { code, stdout, stderr } = await runProgram(['plan'], { cwd });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('chaport.yaml:4:5: error [unknown-key]');
    expect(stderr).not.toContain('token');
  });

  test('`chaportctl validate -f ABSOLUTE` shows no path that leads elsewhere', async () => {
    const cwd = temporaryFolder({ 'chaport.yaml': '' });
    const { stdout } = await runProgram(['validate', '-f', path.join(cwd, 'chaport.yaml')], { cwd });
    expect(stdout).toContain('chaport.yaml:1:1: error');
  });
});
