import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { PROGRAM, type RunResult, runCommand } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/**
 * A folder of commands to put before PATH: `chaportctl` is the built program; `npm` notes what it was
 * asked for and does nothing, as the program is there already; `gh` speaks to the platform of the test.
 */
export function pipelineCommands(): string {
  const folder = temporaryFolder();
  const add = (name: string, line: string) => {
    const file = path.join(folder, name);
    writeFileSync(file, `#!/bin/sh\n${line}\n`);
    chmodSync(file, 0o755);
  };
  const node = JSON.stringify(process.execPath);
  add('node', `exec ${node} "$@"`);
  add('chaportctl', `exec ${node} ${JSON.stringify(PROGRAM)} "$@"`);
  add('npm', 'printf "%s\\n" "npm $*"');
  add('gh', `exec bash ${JSON.stringify(new URL('fake-gh.sh', import.meta.url).pathname)} "$@"`);
  return folder;
}

/** Runs a script as the runners do: bash, stopping at the first command that fails. */
export async function runScript(
  script: string,
  options: { cwd: string; env: Record<string, string>; commands: string; secrets: readonly string[] },
): Promise<{ code: number | null; log: string }> {
  const file = path.join(temporaryFolder({ script }), 'script');
  const { PATH = '' } = process.env;
  const result: RunResult = await runCommand('bash', ['--noprofile', '--norc', '-eo', 'pipefail', file], {
    cwd: options.cwd,
    env: { ...options.env, PATH: `${options.commands}${path.delimiter}${PATH}` },
  });
  const log = `${result.stdout}${result.stderr}`;
  for (const secret of options.secrets) expect(log, 'a log shows no secret').not.toContain(secret);
  return { code: result.code, log };
}

export function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
