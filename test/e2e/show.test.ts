import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { callsOf, writesOf } from '../support/live-account.ts';
import { runProgram } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { ACME_CONFIG, setUpAcme } from './acme-config.ts';

/** Nothing of an account in it: `show` needs none. */
const offline = (cwd: string) => ({ cwd, env: { CHAPORT_BASE_URL: 'http://127.0.0.1:1' } });

async function setUp() {
  const acme = await setUpAcme();
  await runProgram(['plan', '--out', 'plan.json'], acme.run);
  return { ...acme, file: path.join(acme.cwd, 'plan.json') };
}

describe('chaportctl show', () => {
  test('prints a saved plan in every format as `plan` would, without secrets, token or network', async () => {
    const { run, cwd, simulator } = await setUp();
    // GitLab's counts have a test of their own.
    for (const format of ['text', 'markdown', 'html']) {
      const planned = await runProgram(['plan', '--format', format], run);
      const calls = callsOf(simulator).length;
      const shown = await runProgram(['show', 'plan.json', '--format', format], offline(cwd));
      const timeless = (text: string) => text.replace(/\d+ November 2026 at [\d:]+/, '');
      expect(shown).toMatchObject({ code: 0, stderr: '' });
      expect(timeless(shown.stdout)).toBe(timeless(planned.stdout));
      expect(callsOf(simulator)).toHaveLength(calls);
    }
    const { stdout } = await runProgram(['show', 'plan.json', '--format', 'json'], offline(cwd));
    expect(stdout).toBe(readFileSync(path.join(cwd, 'plan.json'), 'utf8'));
  });

  test('gives GitLab exactly the counts that it reads, of a plan and of what an apply did', async () => {
    const { run, cwd } = await setUp();
    const plan = await runProgram(['show', 'plan.json', '--format', 'gitlab'], offline(cwd));
    expect(plan.stdout).toBe('{"create":3,"update":6,"delete":2}\n');
    const outside = { ...run, env: { ...run.env, GITLAB_CI: 'true' } };
    await runProgram(['apply', '-y', '--report', 'report.json', '--target', 'operator'], outside);
    const report = await runProgram(['show', 'report.json', '--format', 'gitlab'], offline(cwd));
    expect(report.stdout).toBe('{"create":2,"update":3,"delete":1}\n');
  });

  test('prints a report in every format', async () => {
    const { run, cwd } = await setUp();
    await runProgram(['apply', '-y', '--report', 'report.json'], run);
    const shown = (format: string) => runProgram(['show', 'report.json', '--format', format], offline(cwd));
    expect((await shown('text')).stdout).toMatch(/\nApply: 11 applied, 0 failed, 0 skipped, 0 unknown\.\n$/);
    expect((await shown('markdown')).stdout).toContain(
      '**The account is as the file says, but for 1 unmanaged object.**',
    );
    const page = await shown('html');
    expect(page).toMatchObject({ code: 0, stderr: '' });
    expect(page.stdout).toContain('<h1>The account is as the file says, but for 1 unmanaged object.</h1>');
    // What is gone can be made again from it.
    expect(page.stdout).toMatch(/leaver@acme\.example.*Alliser/);
    const saved: unknown = JSON.parse(readFileSync(path.join(cwd, 'report.json'), 'utf8'));
    expect(JSON.parse((await shown('json')).stdout)).toEqual(saved);
  });

  test('shows a refused plan and one for a look, and exits with 0', async () => {
    const { run, cwd } = await setUpAcme(ACME_CONFIG.replace('protect:', 'minAdmins: 3\n  protect:'));
    expect(await runProgram(['plan', '--out', 'plan.json'], run)).toMatchObject({ code: 4 });
    for (const format of ['text', 'markdown', 'html']) {
      const { code, stdout } = await runProgram(['show', 'plan.json', '--format', format], offline(cwd));
      expect(code).toBe(0);
      expect(stdout).toContain('Refused: this plan can be read, but not applied');
    }
  });

  test('needs a document that is there, and is one', async () => {
    const cwd = temporaryFolder({ 'chaport.yaml': 'version: 1\n' });
    const missing = await runProgram(['show', 'none.json'], offline(cwd));
    expect(missing).toMatchObject({ code: 1, stdout: '' });
    expect(missing.stderr).toContain('none.json cannot be read');
    const none = await runProgram(['show'], offline(cwd));
    expect(none).toMatchObject({ code: 1, stdout: '' });
    expect(none.stderr).toContain(
      'Error: show needs a saved plan or a report\nHint: chaportctl show plan.json',
    );
    const foreign = await runProgram(['show', 'chaport.yaml'], offline(cwd));
    expect(foreign.stderr).toContain('chaport.yaml is neither a plan nor a report: it is no JSON document');
  });
});

describe('chaportctl show --compare', () => {
  test('says which changes came and went and which fields differ, and exits with 2', async () => {
    const { run, cwd } = await setUp();
    const next = ACME_CONFIG.replace('jobTitle: Maester', 'jobTitle: Grand Maester')
      .replace('arya@acme', 'aria@acme')
      .replace('status: online', 'status: away');
    writeFileSync(path.join(cwd, 'chaport.yaml'), next);
    await runProgram(['plan', '--out', 'new.json'], run);
    const { code, stdout } = await runProgram(['show', 'new.json', '--compare', 'plan.json'], offline(cwd));
    expect(code).toBe(2);
    expect(stdout).toMatch(
      /^Only in new\.json\n {2}\+ operator aria@acme\.example \(Arya\)\n {2}~ status aria@acme\.example/,
    );
    expect(stdout).toMatch(/\nOnly in plan\.json\n {2}\+ operator arya@acme\.example \(Arya\)\n/);
    expect(stdout).toMatch(
      /~ operator sam@acme\.example \(Sam\)\n {6}jobTitle {2}"Maester" → "Grand Maester"\n/,
    );
    expect(stdout).toMatch(/~ status jon@acme\.example \(Jon\)\n {6}status {2}"online" → "away"\n/);
    expect(stdout).not.toContain('brienne');
    const json = await runProgram(
      ['show', 'new.json', '--compare', 'plan.json', '--format', 'json'],
      offline(cwd),
    );
    expect(JSON.parse(json.stdout)).toMatchObject({
      isSame: false,
      onlyNew: [{ key: 'aria@acme.example' }, { key: 'aria@acme.example' }],
      differing: [
        { fields: [{ path: 'jobTitle', side: 'after', old: 'Maester', new: 'Grand Maester' }] },
        { change: { kind: 'status' } },
      ],
    });
    const page = await runProgram(
      ['show', 'new.json', '--compare', 'plan.json', '--format', 'html'],
      offline(cwd),
    );
    expect(page).toMatchObject({ code: 2, stdout: expect.stringContaining('<h1>Not the same plan: ') });
    expect(page.stdout).toContain('Grand Maester');
  });

  test('exits with 0 where only statuses differ, and prints them all the same', async () => {
    const { run, cwd } = await setUp();
    writeFileSync(path.join(cwd, 'chaport.yaml'), ACME_CONFIG.replace('status: online', 'status: away'));
    await runProgram(['plan', '--out', 'new.json'], run);
    const { code, stdout } = await runProgram(['show', 'new.json', '--compare', 'plan.json'], offline(cwd));
    expect(code).toBe(0);
    expect(stdout).toMatch(/~ status jon@acme\.example \(Jon\)\n {6}status {2}"online" → "away"\n/);
    const same = await runProgram(['show', 'plan.json', '--compare', 'plan.json'], offline(cwd));
    expect(same).toMatchObject({ code: 0, stdout: 'Both plans do the same: their digests are equal.\n' });
  });

  test('takes plans alone', async () => {
    const { run, cwd } = await setUp();
    await runProgram(['apply', '-y', '--report', 'report.json'], run);
    const { code, stderr } = await runProgram(
      ['show', 'plan.json', '--compare', 'report.json'],
      offline(cwd),
    );
    expect(code).toBe(1);
    expect(stderr).toContain('report.json is the report of an apply, and only plans are compared');
  });
});

describe('chaportctl apply --expect-plan', () => {
  test('applies what was reviewed', async () => {
    const { run, simulator } = await setUp();
    expect(await runProgram(['apply', '--expect-plan', 'plan.json', '-y'], run)).toMatchObject({ code: 0 });
    expect(simulator.account.operatorByEmail('arya@acme.example')).toBeDefined();
  });

  test('refuses another plan, says what differs, and changes nothing', async () => {
    const { run, cwd, simulator } = await setUp();
    writeFileSync(path.join(cwd, 'chaport.yaml'), ACME_CONFIG.replace('jobTitle: Maester', 'jobTitle: Cook'));
    const summary = path.join(cwd, 'summary.md');
    const env = { ...run.env, GITHUB_STEP_SUMMARY: summary };
    const { code, stderr } = await runProgram(['apply', '--expect-plan', 'plan.json', '-y'], { ...run, env });
    expect(code).toBe(4);
    expect(stderr).toMatch(/~ operator sam@acme\.example \(Sam\)\n {6}jobTitle {2}"Maester" → "Cook"\n/);
    expect(stderr).toMatch(/\nRefused: this is not the plan that was reviewed\n/);
    expect(readFileSync(summary, 'utf8')).toContain('| `jobTitle` | `Maester` | `Cook` |');
    expect(writesOf(simulator)).toEqual([]);
  });

  test('is read before the first call, and is no place for the report', async () => {
    const { run, simulator } = await setUp();
    const calls = callsOf(simulator).length;
    const missing = await runProgram(['apply', '--expect-plan', 'none.json', '-y'], run);
    expect(missing).toMatchObject({ code: 1, stdout: '' });
    const lost = await runProgram(
      ['apply', '--expect-plan', 'plan.json', '-y', '--report', 'plan.json'],
      run,
    );
    expect(lost.code).toBe(1);
    expect(lost.stderr).toContain('--report plan.json is what this run reads');
    expect(callsOf(simulator)).toHaveLength(calls);
  });
});

describe('chaportctl plan --out beside another format', () => {
  test('needs a name that ends in .json, and names `show`', async () => {
    const { run, simulator } = await setUpAcme();
    const page = await runProgram(['plan', '--format', 'html', '--out', 'page.html'], run);
    expect(page.code).toBe(1);
    expect(page.stderr).toContain('chaportctl show plan.json --format html > page.html');
    expect(callsOf(simulator)).toEqual([]);
    expect(await runProgram(['plan', '--format', 'json', '--out', 'plan'], run)).toMatchObject({ code: 1 });
    expect(await runProgram(['plan', '--format', 'html', '--out', 'plan.json'], run)).toMatchObject({
      code: 0,
    });
    expect(await runProgram(['plan', '--out', 'plan'], run)).toMatchObject({ code: 0 });
  });
});

describe('chaportctl validate --format gitlab', () => {
  test('is a code quality report: at the lines, with fingerprints that are all different', async () => {
    const twice =
      'version: 1\noperators:\n  - email: a@acme.example\n    x: 1\n  - email: b@acme.example\n    x: 1\n';
    const cwd = temporaryFolder({ 'team/a.yaml': twice });
    const { code, stdout } = await runProgram(['validate', '-f', './team', '--format', 'gitlab'], { cwd });
    expect(code).toBe(1);
    const findings = JSON.parse(stdout) as { fingerprint: string; location: object }[];
    expect(findings.map(({ location }) => location)).toEqual([
      { path: 'team/a.yaml', lines: { begin: 4 } },
      { path: 'team/a.yaml', lines: { begin: 6 } },
    ]);
    expect(findings[0]).toMatchObject({ check_name: 'unknown-key', severity: 'critical' });
    expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(2);
    const good = temporaryFolder({ 'chaport.yaml': 'version: 1\n' });
    expect(await runProgram(['validate', '--format', 'gitlab'], { cwd: good })).toMatchObject({
      code: 0,
      stdout: '[]\n',
    });
  });
});
