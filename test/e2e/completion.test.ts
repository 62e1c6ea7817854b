import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { runCommand, runProgram } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const has = (shell: string) => spawnSync(shell, ['-c', 'exit 0']).status === 0;

async function scriptFolder(shell: string): Promise<string> {
  const run = await runProgram(['completion', shell]);
  expect(run).toMatchObject({ code: 0, stderr: '' });
  return temporaryFolder({ script: run.stdout, 'team.yaml': '', 'two words.yaml': '', 'plan.json': '' });
}

/** What is offered for the last word of a line. */
type Complete = (line: string) => Promise<string[]>;

async function bash(): Promise<Complete> {
  const cwd = await scriptFolder('bash');
  return async (line) => {
    const words = line.split(/(?<==)|(?==)| /);
    const run = await runCommand(
      'bash',
      [
        '--norc',
        '-c',
        `source ./script; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _chaportctl; printf '%s\\n' "\${COMPREPLY[@]}"`,
        'bash',
        ...words,
      ],
      { cwd },
    );
    expect(run).toMatchObject({ code: 0, stderr: '' });
    return run.stdout.split('\n').filter(Boolean);
  };
}

async function fish(): Promise<Complete> {
  const cwd = await scriptFolder('fish');
  return async (line) => {
    const run = await runCommand(
      'fish',
      ['--no-config', '-c', 'source ./script; complete -C $argv[1]', line],
      {
        cwd,
        env: { HOME: cwd },
      },
    );
    expect(run).toMatchObject({ code: 0, stderr: '' });
    return run.stdout
      .split('\n')
      .filter(Boolean)
      .map((offer) => offer.split('\t')[0] ?? '');
  };
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

async function zshLine(cwd: string, line: string): Promise<string> {
  const run = await runCommand('zsh', ['-f', '-c', ZSH_TYPIST, 'zsh', line], {
    cwd,
    env: { TERM: 'dumb', HOME: cwd },
  });
  return /\[\[(.*?)\]\]/s.exec(run.stdout)?.[1] ?? `nothing: ${run.stdout}${run.stderr}`;
}

for (const [shell, start] of [
  ['bash', bash],
  ['fish', fish],
] as const) {
  describe.runIf(has(shell))(
    `completion in ${shell}${has(shell) ? '' : ` (skipped: ${shell} is not installed)`}`,
    () => {
      it('offers commands, flags, values and files', async () => {
        const complete = await start();
        expect(await complete('chaportctl ex')).toEqual(['export']);
        expect(await complete('chaportctl ')).toEqual(
          expect.arrayContaining(['plan', 'apply', 'fmt', 'schema']),
        );
        expect(await complete('chaportctl plan --det')).toEqual(['--detailed-exitcode']);
        expect(await complete('chaportctl plan --bas')).toEqual(['--base-url']);
        expect(await complete('chaportctl apply --det')).toEqual([]);
        expect(await complete('chaportctl plan --no-pr')).toEqual(['--no-prune']);
        expect((await complete('chaportctl export --kind ')).sort()).toEqual([
          'operator',
          'status',
          'webhook',
        ]);
        expect((await complete('chaportctl schema ')).sort()).toEqual(['config', 'plan', 'report']);
        expect(await complete('chaportctl --file te')).toEqual(['team.yaml']);
        expect(await complete('chaportctl apply pl')).toEqual(['plan.json']);
        expect(await complete('chaportctl fmt te')).toEqual(['team.yaml']);
        expect(await complete('chaportctl plan --timeout ')).toEqual([]);
      });
    },
  );
}

describe.runIf(has('bash'))('completion in bash', () => {
  it('offers values behind an equals sign, and files with blanks as one', async () => {
    const complete = await bash();
    expect(await complete('chaportctl validate --format=gi')).toEqual(['github', 'gitlab']);
    expect(await complete('chaportctl -f two')).toEqual(['two words.yaml']);
  });
});

describe.runIf(has('zsh'))(`completion in zsh${has('zsh') ? '' : ' (skipped: zsh is not installed)'}`, () => {
  it.each([
    ['chaportctl ex', 'chaportctl export '],
    ['chaportctl plan --det', 'chaportctl plan --detailed-exitcode '],
    ['chaportctl plan --bas', 'chaportctl plan --base-url '],
    ['chaportctl apply --det', 'chaportctl apply --det'],
    ['chaportctl export --kind op', 'chaportctl export --kind operator '],
    ['chaportctl schema re', 'chaportctl schema report '],
    ['chaportctl -f te', 'chaportctl -f team.yaml '],
    ['chaportctl apply pl', 'chaportctl apply plan.json '],
    ['chaportctl show --compare pl', 'chaportctl show --compare plan.json '],
  ])('makes of %j %j', async (typed, line) => {
    expect((await zshLine(await scriptFolder('zsh'), typed)).trimEnd()).toBe(line.trimEnd());
  });
});

describe('chaportctl completion', () => {
  it('takes the shell that the user has', async () => {
    const [guessed, named] = [
      await runProgram(['completion'], { env: { SHELL: '/usr/bin/fish' } }),
      await runProgram(['completion', 'fish']),
    ];
    expect(guessed.stdout).toBe(named.stdout);
  });

  it.each([{}, { SHELL: '/bin/tcsh' }])('asks which shell it is for with %j', async (env) => {
    const run = await runProgram(['completion'], { env });
    expect(run).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('chaportctl completion bash|zsh|fish'),
    });
  });
});
