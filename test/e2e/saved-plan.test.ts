import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { planSchema } from '../../src/model/plan-schema.ts';
import { reportSchema } from '../../src/model/report-schema.ts';
import { callsOf, liveAccount, writesOf } from '../support/live-account.ts';
import { runProgram } from '../support/run-program.ts';
import { ACME, HOOK_KEY, setUpAcme } from './acme-config.ts';

/** An account, and `plan.json` for it. */
async function setUpSavedPlan() {
  const acme = await setUpAcme();
  const { code } = await runProgram(['plan', '--out', 'plan.json'], acme.run);
  expect(code).toBe(0);
  const file = path.join(acme.cwd, 'plan.json');
  return { ...acme, file, plan: planSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) };
}

describe('chaportctl apply PLANFILE', () => {
  test('`chaportctl apply plan.json -y` does what was saved, without the files', async () => {
    const { simulator, run, cwd } = await setUpSavedPlan();
    writeFileSync(path.join(cwd, 'chaport.yaml'), 'nonsense: true\n');
    const { code, stdout } = await runProgram(['apply', 'plan.json', '-y'], run);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\nApply: 11 applied, 0 failed, 0 skipped, 0 unknown\.\n$/);
    expect(simulator.account.webhooks.map(({ targetUrl }) => targetUrl)).toContain(
      new URL(`https://hooks.acme.example/new?key=${HOOK_KEY}`).href,
    );
    expect(simulator.account.invitations).toHaveLength(2);
  });

  test('`chaportctl apply plan.json -y --format json` reports the digest of the plan', async () => {
    const { run, plan } = await setUpSavedPlan();
    const { code, stdout } = await runProgram(['apply', 'plan.json', '-y', '--format', 'json'], run);
    expect(code).toBe(0);
    expect(reportSchema.parse(JSON.parse(stdout)).planDigest).toBe(plan.digest);
  });

  test('`chaportctl apply plan.json` without a terminal refuses', async () => {
    const { run, simulator } = await setUpSavedPlan();
    expect(await runProgram(['apply', 'plan.json'], run)).toMatchObject({ code: 4 });
    expect(writesOf(simulator)).toEqual([]);
  });

  test('`chaportctl apply plan.json -y` refuses a stale plan and says what differs', async () => {
    const { run, simulator } = await setUpSavedPlan();
    const jon = simulator.account.operatorByEmail('jon@acme.example');
    if (jon) jon.role = 'owner';
    const { code, stderr } = await runProgram(['apply', 'plan.json', '-y'], run);
    expect(code).toBe(4);
    expect(stderr).toMatch(/^Refused: the account has changed since the plan was made$/m);
    expect(stderr).toMatch(/operator jon@acme\.example\n +role +operator → owner$/m);
    expect(writesOf(simulator)).toEqual([]);
  });

  test('`chaportctl apply plan.json -y` does not mind what the plan does not touch', async () => {
    const { run, simulator } = await setUpSavedPlan();
    const anna = simulator.account.operatorByEmail('anna@partner.example');
    if (anna) anna.name = 'Anna the Second';
    expect(await runProgram(['apply', 'plan.json', '-y'], run)).toMatchObject({ code: 0 });
  });

  test('`chaportctl apply plan.json -y` twice is refused the second time: the plan is stale', async () => {
    const { run, simulator } = await setUpSavedPlan();
    await runProgram(['apply', 'plan.json', '-y'], run);
    const writes = writesOf(simulator).length;
    const { code, stderr } = await runProgram(['apply', 'plan.json', '-y'], run);
    expect(code).toBe(4);
    expect(stderr).toContain('arya@acme.example');
    expect(writesOf(simulator)).toHaveLength(writes);
    expect(simulator.account.invitations).toHaveLength(2);
  });

  test('`chaportctl apply report.json` says that this is a report, and `plan --since plan.json` that this is a plan', async () => {
    const { run, simulator } = await setUpSavedPlan();
    await runProgram(['apply', '-y', '--report', 'report.json'], run);
    const writes = writesOf(simulator).length;
    const applied = await runProgram(['apply', 'report.json', '-y'], run);
    expect(applied).toMatchObject({ code: 1, stdout: '' });
    expect(applied.stderr).toContain('report.json is the report of an apply, not a saved plan');
    expect(applied.stderr).toContain('apply takes a file that `chaportctl plan --out FILE` wrote');
    expect(writesOf(simulator)).toHaveLength(writes);
    const planned = await runProgram(['plan', '--since', 'plan.json'], run);
    expect(planned).toMatchObject({ code: 1, stdout: '' });
    expect(planned.stderr).toContain('plan.json is a saved plan, not the report of an apply');
    expect(planned.stderr).toContain('--since takes a file that `chaportctl apply --report FILE` wrote');
  });

  test('`chaportctl apply plan.json` with a wrong value says where plans come from', async () => {
    const { run, file, plan } = await setUpSavedPlan();
    writeFileSync(file, JSON.stringify({ ...plan, summary: { ...plan.summary, create: 'many' } }));
    const { code, stderr } = await runProgram(['apply', 'plan.json', '-y'], run);
    expect(code).toBe(1);
    expect(stderr).toContain('plan.json is not a saved plan at summary.create');
    expect(stderr).toContain('apply takes a file that `chaportctl plan --out FILE` wrote');
  });

  test('`chaportctl apply plan.json -y` refuses a plan that was edited', async () => {
    const { run, simulator, file, plan } = await setUpSavedPlan();
    writeFileSync(file, JSON.stringify({ ...plan, changes: plan.changes.slice(1) }));
    const { code, stderr } = await runProgram(['apply', 'plan.json', '-y'], run);
    expect(code).toBe(4);
    expect(stderr).toMatch(/^Refused: plan\.json was changed after it was saved/);
    expect(callsOf(simulator)).toHaveLength(2);
  });

  test('`chaportctl apply plan.json -y` refuses a plan for another base URL', async () => {
    const { run, baseUrl } = await setUpSavedPlan();
    const other = await liveAccount(ACME);
    const env = { ...run.env, ...other.env };
    const { code, stderr } = await runProgram(['apply', 'plan.json', '-y'], { ...run, env });
    expect(code).toBe(4);
    expect(stderr).toContain(baseUrl);
    expect(stderr.replace(/\s+/g, ' ')).toContain(other.baseUrl);
    expect(callsOf(other.simulator)).toEqual([]);
  });

  test('`chaportctl apply plan.json -y` refuses the account of another owner', async () => {
    const { run, simulator } = await setUpSavedPlan();
    const owner = simulator.account.operatorByEmail('owner@acme.example');
    if (owner) owner.email = 'someone@else.example';
    const { code, stderr } = await runProgram(['apply', 'plan.json', '-y'], run);
    expect(code).toBe(4);
    expect(stderr).toContain('owner@acme.example');
    expect(writesOf(simulator)).toEqual([]);
  });

  test('`chaportctl apply plan.json -y` asks for a missing secret before the first call', async () => {
    const { run, simulator } = await setUpSavedPlan();
    const before = callsOf(simulator).length;
    const { HOOK_KEY: _left, ...env } = run.env;
    const { code, stderr } = await runProgram(['apply', 'plan.json', '-y'], { ...run, env });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Error: .*HOOK_KEY/);
    expect(callsOf(simulator)).toHaveLength(before);
  });

  test.each([
    ['another formatVersion', (plan: object) => ({ ...plan, formatVersion: '3' }), 1, 'formatVersion "3"'],
    ['a plan of format 1', (plan: object) => ({ ...plan, formatVersion: '1' }), 4, 'plan again'],
    ['no formatVersion', () => ({ hello: 'world' }), 1, 'is not a plan'],
    [
      'a change that does not exist',
      (plan: object) => {
        const odd = { ...planSchema.parse(plan), changes: [{ action: 'explode' }] };
        return odd;
      },
      1,
      'plan.json is not a',
    ],
  ])('`chaportctl apply plan.json -y` does not take %s', async (_what, edit, code, reason) => {
    const { run, simulator, file, plan } = await setUpSavedPlan();
    writeFileSync(file, JSON.stringify(edit(plan)));
    const result = await runProgram(['apply', 'plan.json', '-y'], run);
    expect(result.code).toBe(code);
    expect(result.stderr.replace(/\s+/g, ' ')).toContain(reason);
    expect(writesOf(simulator)).toEqual([]);
  });

  test.each([
    ['chaport.yaml', 'is no JSON document'],
    ['nowhere.json', 'there is no such file'],
    ['.', 'it is a folder'],
  ])('`chaportctl apply %s -y` says what a plan file is', async (name, reason) => {
    const { run } = await setUpAcme();
    const { code, stderr } = await runProgram(['apply', name, '-y'], run);
    expect(code).toBe(1);
    expect(stderr.replace(/\s+/g, ' ')).toContain(reason);
  });
});

describe('chaportctl apply --expect-digest', () => {
  test('`chaportctl apply -y --expect-digest DIGEST` goes on with the plan that was reviewed', async () => {
    const { run, plan, simulator } = await setUpSavedPlan();
    const args = ['apply', '-y', '--expect-digest', plan.digest];
    expect(await runProgram(args, run)).toMatchObject({ code: 0 });
    expect(simulator.account.invitations).toHaveLength(2);
  });

  test('`chaportctl apply -y --expect-digest DIGEST` refuses another plan, and shows what it is now', async () => {
    const { run, plan, simulator } = await setUpSavedPlan();
    const sam = simulator.account.operatorByEmail('samwell@acme.example');
    if (sam) sam.jobTitle = 'Novice';
    const args = ['apply', '-y', '--expect-digest', plan.digest];
    const { code, stdout, stderr } = await runProgram(args, run);
    expect(code).toBe(4);
    expect(stdout).toContain('"Novice" → "Maester"');
    expect(stderr).toContain(plan.digest);
    expect(writesOf(simulator)).toEqual([]);
  });
});
