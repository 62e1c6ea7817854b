import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { reportSchema } from '../../src/model/report-schema.ts';
import { setUpAcme } from '../e2e/acme-config.ts';
import { liveAccount, VIA, writesOf } from '../support/live-account.ts';
import { bareEnvironment, PROGRAM, runCommand, runProgram } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SET_BACK = new URL('../support/clock-set-back.mjs', import.meta.url).href;
const APPLY = ['apply', '-y', '--quiet', '--no-color'];

/** The program under the shell, which closes a stream or limits the size of files. */
function inShell(script: string, run: { cwd: string; env: Record<string, string> }) {
  return runCommand('bash', ['-c', script, process.execPath, PROGRAM, ...APPLY], run);
}

describe.skipIf(VIA === 'membrane')('an apply', () => {
  test('whose machine is set back by an hour waits no longer than the server asked', async () => {
    const { simulator, run, cwd } = await setUpAcme();
    simulator.addFault({ call: 'PUT operators/*', kind: '429-retry-after', retryAfter: 2 });
    const args = ['--import', SET_BACK, PROGRAM, ...APPLY, '--report', 'report.json'];
    expect(await runCommand(process.execPath, args, run)).toMatchObject({ code: 0, stderr: '' });
    const report = reportSchema.parse(JSON.parse(readFileSync(path.join(cwd, 'report.json'), 'utf8')));
    expect(report.converged).toBe(true);
    expect(report.changes.every(({ milliseconds }) => milliseconds >= 0)).toBe(true);
  });

  test('whose disk is full at the report says so, tells all on stdout, ends with 3, and leaves no half report', async () => {
    const { simulator, run, cwd } = await setUpAcme();
    const before = readdirSync(cwd);
    const { code, stdout, stderr } = await inShell('ulimit -f 1; "$0" "$@" --report report.json', run);
    expect(stderr).toMatch(/report\.json cannot be written: it would be larger than files may be here/);
    expect(stdout).toContain('Apply: 11 applied');
    expect(code).toBe(3);
    expect(simulator.account.invitations).toHaveLength(2);
    expect(readdirSync(cwd)).toEqual(before);
  });

  test.each([
    ['--report /dev/stdout', '/dev/stdout'],
    ['--format json', 'standard output'],
  ])('with `%s` and stdout closed ends with 3: the report went nowhere', async (flags, name) => {
    const { run } = await setUpAcme();
    const { code, stderr } = await inShell(`"$0" "$@" ${flags} >&-`, run);
    expect(stderr).toContain(`${name} cannot be written: it is closed`);
    expect(code).toBe(3);
  });

  test('with stdout thrown away on purpose ends with 0', async () => {
    const { run } = await setUpAcme();
    expect(await inShell('"$0" "$@" --report /dev/stdout > /dev/null', run)).toMatchObject({
      code: 0,
      stderr: '',
    });
  });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'that gets %s before its first call ends with 1, and nothing was asked or changed',
    async (signal) => {
      const { simulator, run } = await setUpAcme();
      const program = spawn(process.execPath, [PROGRAM, ...APPLY, '-f', '-'], {
        cwd: run.cwd,
        env: bareEnvironment(run.env),
      });
      const stderr: string[] = [];
      program.stderr.setEncoding('utf8').on('data', (text: string) => stderr.push(text));
      await isReading(program);
      program.kill(signal);
      const [code] = await once(program, 'close');
      expect(stderr.join('')).toContain('interrupted, and nothing was changed');
      expect(code).toBe(1);
      expect(simulator.account.requests).toEqual([]);
    },
  );
});

/** The configuration comes in through a pipe that does not end: its first part has arrived when there is room for more. */
async function isReading({ stdin }: ChildProcess): Promise<void> {
  // More than a pipe holds.
  stdin?.write(`version: 1\n${'# wait\n'.repeat(50_000)}`);
  if (stdin) await once(stdin, 'drain');
}

test('`chaportctl export --into FILE` that an editor saves meanwhile leaves the file as it was saved', async () => {
  const saved = 'version: 1\noperators:\n  - email: owner@acme.example # mine\n';
  const cwd = temporaryFolder({ 'team.yaml': 'version: 1\n' });
  const file = path.join(cwd, 'team.yaml');
  const { env, simulator } = await liveAccount(undefined, {
    onRequest: async () => writeFileSync(file, saved),
  });
  const { code, stderr } = await runProgram(['export', '--into', 'team.yaml', '--kind', 'operator'], {
    cwd,
    env,
  });
  expect(stderr).toContain('team.yaml was changed while this ran, so it was not written');
  expect(code).toBe(1);
  expect(readFileSync(file, 'utf8')).toBe(saved);
  expect(readdirSync(cwd)).toEqual(['team.yaml']);
  expect(writesOf(simulator)).toEqual([]);
});
