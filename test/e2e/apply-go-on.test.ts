import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { reportSchema } from '../../src/model/report-schema.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { runCommand, runProgram } from '../support/run-program.ts';
import { setUpAcme } from './acme-config.ts';

/** The words of a command that is to be pasted into a shell, as the shell gives them to the program. */
async function wordsOf(command: string): Promise<string[]> {
  const script = `chaportctl() { printf '%s\\0' "$@"; }; ${command}`;
  const { stdout } = await runCommand('bash', ['-c', script]);
  return stdout.split('\0').slice(0, -1);
}

function commandIn(text: string, name: string): string {
  const [, command] = new RegExp(`^  (chaportctl ${name}.*)$`, 'm').exec(text) ?? [];
  if (command === undefined) throw new Error(`no command to go on with in:\n${text}`);
  return command;
}

describe('how to go on', () => {
  test('after a failed create `chaportctl apply` prints what is left, its digest, and the command that does just that', async () => {
    const { simulator, run, cwd } = await setUpAcme();
    simulator.addFault({ call: 'POST operators', kind: '400' });
    const summary = path.join(cwd, 'summary.md');
    const env = { ...run.env, GITHUB_STEP_SUMMARY: summary };
    const args = [
      'apply',
      '-y',
      '--target',
      'operator:{arya,brienne}@*',
      '--settle',
      '5',
      '--report',
      "it's.json",
    ];
    const { code, stdout } = await runProgram(args, { ...run, env });
    expect(code).toBe(3);
    const report = reportSchema.parse(JSON.parse(readFileSync(path.join(cwd, "it's.json"), 'utf8')));
    expect(stdout).toContain(`Digest of what is left:\n  ${report.remainingDigest}\nTo go on from here:\n`);
    const words = await wordsOf(commandIn(stdout, 'apply'));
    expect(words).toEqual([
      'apply',
      '--target',
      'operator:{arya,brienne}@*',
      '--auto-approve',
      '--expect-digest',
      report.remainingDigest,
      '--report',
      "it's.json",
      '--settle',
      '5',
    ]);
    expect(readFileSync(summary, 'utf8')).toContain(`To go on from here: \`${commandIn(stdout, 'apply')}\``);

    expect(await runProgram(words, run)).toMatchObject({ code: 0 });
    expect(simulator.account.invitations).toHaveLength(2);
  });

  test('after a saved plan `chaportctl apply PLANFILE` names the command that plans anew, and asks', async () => {
    const { simulator, run } = await setUpAcme();
    expect(await runProgram(['plan', '--out', 'plan.json'], run)).toMatchObject({ code: 0 });
    simulator.addFault({ call: 'POST operators', kind: '400' });
    const { code, stdout } = await runProgram(['apply', 'plan.json', '-y'], run);
    expect(code).toBe(3);
    expect(await wordsOf(commandIn(stdout, 'apply'))).toEqual(['apply']);
  });

  test('what may come about yet is looked at before it is applied again', async () => {
    const { simulator, run } = await setUpAcme();
    simulator.addFault({ call: 'POST subscriptions', kind: 'reset-before' });
    const { code, stdout } = await runProgram(['apply', '-y', '--settle', '0.2'], run);
    expect(code).toBe(3);
    expect(stdout).toMatch(/so look again in a minute, before anything\s+is applied:\n {2}chaportctl plan\n/);
    expect(await wordsOf(commandIn(stdout, 'apply'))).toContain('--expect-digest');
  });
});

/** Settled when the run has been told to wait. */
function whileItPauses(simulator: Simulator): Promise<void> {
  simulator.addFault({ call: 'PUT operators/*', kind: '429-retry-after', retryAfter: 5 });
  return new Promise((resolve) => {
    simulator.addEdit({ after: 'PUT operators/*', edit: () => resolve() });
  });
}

describe('an interrupted apply', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'by %s ends with how many changes are done and not begun, and how to go on',
    async (signal) => {
      const { simulator, run, cwd } = await setUpAcme();
      const begun = whileItPauses(simulator);
      const args = ['apply', '-y', '--concurrency', '1', '--report', 'report.json'];
      const { code, stdout } = await runProgram(args, { ...run, kill: { signal, when: begun } });
      expect(code).toBe(3);
      const report = reportSchema.parse(JSON.parse(readFileSync(path.join(cwd, 'report.json'), 'utf8')));
      const { applied, skipped } = report.summary;
      const last = stdout.slice(stdout.indexOf('Interrupted by')).replaceAll('\n', ' ');
      expect(last).toContain(`Interrupted by ${signal}: no new call was started after it.`);
      expect(last).toMatch(new RegExp(`Of 11 changes: ${applied} done, ${skipped} not begun`));
      expect(stdout).toMatch(
        /\nTo go on from here:\n {2}chaportctl apply --concurrency 1 --report report\.json\n$/,
      );
    },
  );

  test('with `--format json` says so on stderr', async () => {
    const { simulator, run } = await setUpAcme();
    const begun = whileItPauses(simulator);
    const args = ['apply', '-y', '--format', 'json', '--quiet'];
    const { stdout, stderr } = await runProgram(args, { ...run, kill: { signal: 'SIGINT', when: begun } });
    expect(reportSchema.parse(JSON.parse(stdout)).interrupted).toBe('SIGINT');
    expect(stderr).toMatch(
      /not begun.*\nTo go on from here:\n {2}chaportctl apply --quiet --format json\n$/s,
    );
  });
});
