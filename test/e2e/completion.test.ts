import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROGRAM, runCommand, runProgram } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const has = (shell: string) => spawnSync(shell, ['-c', 'exit 0']).status === 0;

/** A folder with the script, some files, and the program under its own name. */
async function shellFolder(shell: string): Promise<{ cwd: string; env: Record<string, string> }> {
  const run = await runProgram(['completion', shell]);
  expect(run).toMatchObject({ code: 0, stderr: '' });
  const cwd = temporaryFolder({
    script: run.stdout,
    'bin/chaportctl': `#!/bin/sh\nexec '${process.execPath}' '${PROGRAM}' "$@"\n`,
    'team.yaml': '',
    'plan.json': '',
  });
  chmodSync(path.join(cwd, 'bin/chaportctl'), 0o755);
  const PATH = `${path.join(cwd, 'bin')}:${process.env.PATH}`;
  return { cwd, env: { HOME: cwd, TERM: 'dumb', SHELL: `/bin/${shell}`, PATH } };
}

/** Types a line and a tab into a shell on a terminal, and tells what became of the line. */
const ZSH_TYPIST = `
zmodload zsh/zpty || exit 9
zpty shell zsh -f -i
zpty -w shell "PROMPT='> '; unsetopt beep; autoload -Uz compinit; compinit -D -u; source ./script; show() { zle -I; print -r -- \\"[[\\$BUFFER]]\\" }; zle -N show; bindkey '^Xs' show; bindkey '^I' complete-word; print LOA''DED"
zpty -r shell out '*LOADED*'
zpty -w -n shell "$1"$'\\t'$'\\C-xs'
zpty -r shell out '*\\]\\]*'
print -r -- "$out"
`;

describe.runIf(has('bash'))('completion in bash', () => {
  it('offers commands, flags, values and files', async () => {
    const shell = await shellFolder('bash');
    const lines = [
      ['chaportctl', 'ex'],
      ['chaportctl', 'plan', '--det'],
      ['chaportctl', 'apply', '--det'],
      ['chaportctl', 'plan', '--bas'],
      ['chaportctl', 'export', '--kind', 'o'],
      ['chaportctl', 'schema', 'r'],
      ['chaportctl', 'plan', '--file', 'te'],
    ];
    const typed = lines.map(
      (words) =>
        `COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; _chaportctl_yargs_completions; echo "\${COMPREPLY[*]}"`,
    );
    const run = await runCommand('bash', ['--norc', '-c', `source ./script\n${typed.join('\n')}`], shell);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    // Of nothing bash makes the names of files, as `complete -o default` says.
    expect(run.stdout.split('\n').slice(0, -1)).toEqual([
      'export',
      '--detailed-exitcode',
      '',
      '--base-url',
      'operator',
      'report',
      '',
    ]);
  });
});

describe.runIf(has('zsh'))(`completion in zsh${has('zsh') ? '' : ' (skipped: zsh is not installed)'}`, () => {
  it.each([
    ['chaportctl ex', 'chaportctl export '],
    ['chaportctl plan --det', 'chaportctl plan --detailed-exitcode '],
    ['chaportctl schema re', 'chaportctl schema report '],
    ['chaportctl plan -f te', 'chaportctl plan -f team.yaml '],
  ])('makes of %j %j', async (typed, line) => {
    const run = await runCommand('zsh', ['-f', '-c', ZSH_TYPIST, 'zsh', typed], await shellFolder('zsh'));
    const [, after = `nothing: ${run.stdout}${run.stderr}`] = /\[\[(.*?)\]\]/s.exec(run.stdout) ?? [];
    expect(after.trimEnd()).toBe(line.trimEnd());
  });
});

describe('chaportctl completion', () => {
  it('takes the shell that the user has', async () => {
    const guessed = await runProgram(['completion'], { env: { SHELL: '/usr/bin/zsh' } });
    expect(guessed).toMatchObject({ code: 0, stdout: expect.stringMatching(/^#compdef chaportctl/) });
  });

  it.each([{}, { SHELL: '/bin/tcsh' }])('asks which shell it is for with %j', async (env) => {
    const run = await runProgram(['completion'], { env });
    expect(run).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('chaportctl completion bash|zsh'),
    });
  });
});
