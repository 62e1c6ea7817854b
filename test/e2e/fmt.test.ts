import { chmodSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const UGLY = "operators:\n- {name: 'Jon', email: a@b.c} # Jon\nversion: 1\n";
const CANONICAL = 'version: 1\n\noperators:\n  - { email: a@b.c, name: Jon } # Jon\n';

describe('chaportctl fmt', () => {
  it('rewrites what is not canonical, names it, and does not touch the rest', async () => {
    const cwd = temporaryFolder({ 'team/a.yaml': UGLY, 'team/b.yaml': CANONICAL });
    const [a, b] = ['team/a.yaml', 'team/b.yaml'].map((name) => path.join(cwd, name)) as [string, string];
    chmodSync(a, 0o604);
    const untouched = statSync(b, { bigint: true });
    expect(await runProgram(['fmt', '-f', 'team'], { cwd })).toMatchObject({
      code: 0,
      stdout: 'team/a.yaml\n',
      stderr: '',
    });
    expect(readFileSync(a, 'utf8')).toBe(CANONICAL);
    expect(statSync(a).mode & 0o777).toBe(0o604);
    const after = statSync(b, { bigint: true });
    expect([after.ino, after.mtimeNs]).toEqual([untouched.ino, untouched.mtimeNs]);
    expect(await runProgram(['fmt', 'team'], { cwd })).toMatchObject({ code: 0, stdout: '' });
  });

  it('with --check lists files, exits with 2, and changes nothing', async () => {
    const cwd = temporaryFolder({ 'chaport.yaml': UGLY, 'b.yaml': CANONICAL });
    expect(await runProgram(['fmt', '--check'], { cwd })).toMatchObject({
      code: 2,
      stdout: 'chaport.yaml\n',
    });
    expect(readFileSync(path.join(cwd, 'chaport.yaml'), 'utf8')).toBe(UGLY);
    expect(await runProgram(['fmt', '--check', '-f', 'b.yaml'], { cwd })).toMatchObject({
      code: 0,
      stdout: '',
    });
  });

  it.each([[['fmt', '-']], [['fmt', '-f', '-']]])(
    '%j reads standard input and writes standard output',
    async (args) => {
      expect(await runProgram(args, { input: UGLY })).toMatchObject({ code: 0, stdout: CANONICAL });
      expect(await runProgram(args, { input: CANONICAL })).toMatchObject({ code: 0, stdout: CANONICAL });
      expect(await runProgram([...args, '--check'], { input: UGLY })).toMatchObject({
        code: 2,
        stdout: '<stdin>\n',
      });
    },
  );

  it('says what is wrong in all files, and then writes none', async () => {
    const cwd = temporaryFolder({ 'a.yaml': UGLY, 'b.yaml': 'version: "1\n', 'c.yaml': 'version: [\n' });
    const run = await runProgram(['fmt', '-f', '.'], { cwd });
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr).toContain('b.yaml:1:10: error [unclosed]');
    expect(run.stderr).toContain('c.yaml:');
    expect(readFileSync(path.join(cwd, 'a.yaml'), 'utf8')).toBe(UGLY);
  });

  it('with --fix mends what programs broke, shows each, and leaves the rest', async () => {
    const broken =
      'version:1\noperators:\n\t- email: a\u00a0@b.example\n\t  name: “Anke”\n\t  jobTitle: Chef d’équipe\n';
    const cwd = temporaryFolder({ 'chaport.yaml': broken });
    const run = await runProgram(['fmt', '--fix'], { cwd });
    expect(run).toMatchObject({ code: 0, stdout: 'chaport.yaml\n' });
    expect(run.stderr).toContain(
      'chaport.yaml:1:1: a space is missing behind "version:"\n  - version:1\n  + version: 1\n',
    );
    expect(readFileSync(path.join(cwd, 'chaport.yaml'), 'utf8')).toBe(
      'version: 1\n\noperators:\n  - email: a@b.example\n    name: Anke\n    jobTitle: Chef d’équipe\n',
    );
    expect(await runProgram(['fmt', '--fix'], { cwd })).toMatchObject({ code: 0, stdout: '', stderr: '' });
  });

  it('asks for no secrets', async () => {
    const text = 'version: 1\n\nwebhooks:\n  - url: ${secret:HOOK}\n    events: [a.b]\n';
    expect(await runProgram(['fmt', '-'], { input: text })).toMatchObject({ code: 0, stdout: text });
  });
});
