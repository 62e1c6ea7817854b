import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { liveAccount } from '../support/live-account.ts';
import { runProgram } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('chaportctl init', () => {
  it('writes a starter that is valid, and that plans no changes for the account that it is for', async () => {
    const cwd = temporaryFolder();
    const run = await runProgram(['init', '--org', 'acme'], { cwd });
    expect(run).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringMatching(
        /^Wrote chaport\.schema\.json, for editors\.\nWrote chaport\.yaml\. Next:\n/,
      ),
    });
    const text = readFileSync(path.join(cwd, 'chaport.yaml'), 'utf8');
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\/chaport\.schema\.json\n/);
    expect(text.split('\n').length).toBeLessThan(50);
    expect((await runProgram(['validate'], { cwd })).code).toBe(0);
    expect((await runProgram(['fmt', '--check'], { cwd })).code).toBe(0);
    const { env } = await liveAccount();
    expect(await runProgram(['plan', '--detailed-exitcode'], { cwd, env })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('No changes.'),
    });
  });

  it('never overwrites without --force', async () => {
    const cwd = temporaryFolder({ 'mine.yaml': 'mine\n' });
    const refused = await runProgram(['init', 'mine.yaml'], { cwd });
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('--force') });
    expect(readFileSync(path.join(cwd, 'mine.yaml'), 'utf8')).toBe('mine\n');
    expect((await runProgram(['init', 'mine.yaml', '--force'], { cwd })).code).toBe(0);
    expect(readFileSync(path.join(cwd, 'mine.yaml'), 'utf8')).toContain('version: 1');
  });

  it('fills a new file from a staff list, on standard output too', async () => {
    const cwd = temporaryFolder({
      'staff.csv':
        '\ufeffName;E-mail;Department;Role\r\n"Snow; Jon";jon@acme.com;Wall;admin\r\nSam;sam@acme.com;Wall;operator\r\n',
    });
    const run = await runProgram(['init', '-', '--operators', 'staff.csv'], { cwd });
    expect(run).toMatchObject({ code: 0, stderr: 'Columns that were not used: Department\n' });
    expect(run.stdout).toContain(`operators:
  - email: jon@acme.com
    name: Snow; Jon
    role: admin
  - email: sam@acme.com
    name: Sam
    role: operator
`);
    expect((await runProgram(['validate', '-f', '-'], { cwd, input: run.stdout })).code).toBe(0);
  });

  it('says what is wrong with a staff list, by line, and writes nothing', async () => {
    const cwd = temporaryFolder({ 'staff.csv': 'email,role\nnobody,boss\n' });
    const run = await runProgram(['init', '--operators', 'staff.csv'], { cwd });
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('staff.csv:2:1: error [invalid-value]\n  email must be an e-mail address');
    expect(run.stderr).toContain('role must be operator or admin; found "boss"');
    expect((await runProgram(['validate'], { cwd })).stdout).toContain('there is no file chaport.yaml');
    const missing = await runProgram(['init', '--operators', 'none.csv'], { cwd });
    expect(missing).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('the staff list none.csv cannot be read'),
    });
  });
});
