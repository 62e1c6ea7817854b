import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { runProgram } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { textOf } from './pipeline-commands.ts';
import { aTeam, GUARDED, HOOK_KEY, WANTED } from './team.ts';

/** A step of a job on GitHub: the two files that the runner reads afterwards. */
async function aStep(config = WANTED) {
  const team = await aTeam(config);
  const files = temporaryFolder({ 'summary.md': 'Written by the step before.\n', output: 'before=1\n' });
  const variables = {
    GITHUB_STEP_SUMMARY: path.join(files, 'summary.md'),
    GITHUB_OUTPUT: path.join(files, 'output'),
  };
  const run = (args: readonly string[], more: Record<string, string> = {}) =>
    runProgram(args, { cwd: team.workspace, env: { ...team.env, HOOK_KEY, ...variables, ...more } });
  const outputs = () => {
    const lines = textOf(variables.GITHUB_OUTPUT).trimEnd().split('\n');
    return Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
  };
  return { team, run, outputs, summary: () => textOf(variables.GITHUB_STEP_SUMMARY) };
}

describe('with GITHUB_STEP_SUMMARY and GITHUB_OUTPUT set', () => {
  test('plan adds its summary and the outputs, whatever the format, and keeps what stood there', async () => {
    const { run, outputs, summary } = await aStep();
    const { code, stdout } = await run(['plan', '--format', 'json']);
    expect(code).toBe(0);
    const { digest, summary: counts } = JSON.parse(stdout) as {
      digest: string;
      summary: Record<'create' | 'update' | 'delete', number>;
    };
    expect(outputs()).toEqual({
      before: '1',
      'has-changes': 'true',
      creates: String(counts.create),
      updates: String(counts.update),
      deletes: String(counts.delete),
      digest,
      refused: 'false',
    });
    expect(counts).toMatchObject({ create: 1, update: 1, delete: 0 });
    expect(summary()).toMatch(/^Written by the step before\.\n\*\*This plan will\*\* /);
    expect(summary()).toContain(digest);
    expect(summary()).toMatch(/\n\n$/);
  });

  test('a plan without changes says so in the outputs', async () => {
    const { run, outputs } = await aStep('version: 1\noperators:\n  - email: jon.snow@acme.example\n');
    expect((await run(['plan', '--detailed-exitcode'])).code).toBe(0);
    expect(outputs()).toMatchObject({ 'has-changes': 'false', creates: '0', updates: '0', deletes: '0' });
  });

  test('a plan that a guard refuses has the output refused', async () => {
    const { run, outputs, summary } = await aStep(GUARDED);
    expect((await run(['plan'])).code).toBe(4);
    expect(outputs()).toMatchObject({ refused: 'true', 'has-changes': 'true' });
    expect(summary()).toContain('[!CAUTION]');
  });

  test('apply adds what it did, and the outputs of the plan that it applied', async () => {
    const { run, outputs, summary } = await aStep();
    expect((await run(['apply', '-y'])).code).toBe(0);
    expect(outputs()).toMatchObject({ 'has-changes': 'true', creates: '1', updates: '1', refused: 'false' });
    expect(outputs().digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(summary()).toContain(
      '**The account is as the file says, but for 5 unmanaged objects, 1 of them an admin.**',
    );
  });

  test('an apply that is refused adds the plan to review, and the output refused', async () => {
    const { run, outputs, summary } = await aStep();
    const { code } = await run(['apply', '-y', '--expect-digest', `sha256:${'0'.repeat(64)}`]);
    expect(code).toBe(4);
    expect(outputs().refused).toBe('true');
    expect(summary()).toContain('**This plan will** ');
    expect(summary()).toContain(outputs().digest);
  });

  test('an apply whose summary cannot be written has written its report, and does not say that nothing changed', async () => {
    const { run, team } = await aStep();
    const report = path.join(team.workspace, 'report.json');
    const result = await run(['apply', '-y', '--report', report], { GITHUB_STEP_SUMMARY: team.workspace });
    expect(result).toMatchObject({ code: 3, stderr: expect.stringContaining('GITHUB_STEP_SUMMARY: ') });
    expect(textOf(report)).toContain('"converged": true');
  });

  test('hostile names start no line of their own in the outputs and no command in the log', async () => {
    const { run, outputs, team } = await aStep();
    team.changeByHand('jon.snow@acme.example', {
      jobTitle: 'x\ndigest=sha256:forged\n::error::forged\n<!-- chaportctl plan -->',
    });
    const { stdout } = await run(['plan']);
    expect(outputs().digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(stdout).not.toMatch(/^\s*::/m);
  });
});

test('empty variables are as good as none', async () => {
  const { run } = await aStep();
  const { code, stderr } = await run(['plan'], { GITHUB_STEP_SUMMARY: '', GITHUB_OUTPUT: '' });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

test('a summary that cannot be written is an error that names it', async () => {
  const { run, team } = await aStep();
  const { code, stderr } = await run(['plan'], { GITHUB_STEP_SUMMARY: team.workspace });
  expect(code).toBe(1);
  expect(stderr).toContain('GITHUB_STEP_SUMMARY: ');
});
