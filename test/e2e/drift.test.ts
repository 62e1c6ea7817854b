import path from 'node:path';
import { expect, test } from 'vitest';
import { aTeam, HOOK_KEY, WANTED } from '../pipelines/team.ts';
import { runProgram } from '../support/run-program.ts';

async function appliedTeam(fault?: { call: string; kind: '400' }) {
  const team = await aTeam();
  if (fault) team.simulator.addFault(fault);
  const run = (args: readonly string[], more: Record<string, string> = {}) =>
    runProgram(args, { cwd: team.workspace, env: { ...team.env, HOOK_KEY, ...more } });
  const report = path.join(team.workspace, 'report.json');
  const { code } = await run(['apply', '-y', '--report', report]);
  expect(code).toBe(fault ? 3 : 0);
  const since = ['plan', '--detailed-exitcode', '--since', report];
  return { team, run, since };
}

const words = (text: string) => text.replaceAll(/\s+/g, ' ');

test('`plan --since` says drift and whom it concerns, where the files are as they were', async () => {
  const { team, run, since } = await appliedTeam();
  expect(await run(since)).toMatchObject({ code: 0, stdout: expect.not.stringContaining('rift') });
  team.changeByHand('jon.snow@acme.example', { jobTitle: 'Deserter' });
  const { code, stdout } = await run(since);
  expect(code).toBe(2);
  expect(words(stdout)).toMatch(/Drift: .* It concerns 1 object: operators jon\.snow@acme\.example/);
});

test('`plan --since` does not say drift where the files have changed, and says why', async () => {
  const { team, run, since } = await appliedTeam();
  team.changeByHand('jon.snow@acme.example', { jobTitle: 'Deserter' });
  team.write(WANTED.replace('Arya Stark', 'No One'));
  const { code, stdout, stderr } = await run(since);
  expect(code).toBe(2);
  expect(stdout).not.toContain('rift');
  expect(stderr).toMatch(
    /^The files have changed since the last apply \(2\d{3}-.*\), so drift cannot be told/,
  );
});

test('`plan --since` an apply that stopped short tells what is left over from drift', async () => {
  const { team, run, since } = await appliedTeam({ call: 'POST operators', kind: '400' });
  const leftOver = await run(since);
  expect(leftOver.code).toBe(2);
  expect(words(leftOver.stdout)).toMatch(
    /No drift: the last apply .* did not finish, and all that differs is left over/,
  );
  team.changeByHand('jon.snow@acme.example', { jobTitle: 'Deserter' });
  const both = await run(since);
  expect(words(both.stdout)).toMatch(
    /1 object left over from that apply, .* It concerns 1 object: operators jon\.snow@acme\.example/,
  );
});

test('`plan --since` the report of another account is an error', async () => {
  const { run, since } = await appliedTeam();
  const other = await aTeam();
  const { code, stderr } = await run(since, other.env);
  expect(code).toBe(4);
  expect(words(stderr)).toContain('--since: the report is about http://127.0.0.1');
});
