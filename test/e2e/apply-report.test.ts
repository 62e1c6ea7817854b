import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { reportSchema } from '../../src/model/report-schema.ts';
import { writesOf } from '../support/live-account.ts';
import { runProgram } from '../support/run-program.ts';
import { CHANGES, setUpAcme } from './acme-config.ts';

describe('the report', () => {
  test('`chaportctl apply -y --report report.json` is for the owner of the file only, without secrets', async () => {
    const { run, cwd, simulator } = await setUpAcme();
    expect(await runProgram(['apply', '-y', '--report', 'report.json'], run)).toMatchObject({ code: 0 });
    const file = path.join(cwd, 'report.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const report = reportSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    expect(report.converged).toBe(true);
    expect(report.changes.map(({ action, kind, key }) => `${action} ${kind} ${key}`)).toEqual(CHANGES);
    expect(new Set(report.changes.map(({ outcome }) => outcome))).toEqual(new Set(['applied']));
    const arya = report.changes.find(({ key }) => key === 'arya@acme.example');
    expect(arya?.id).toBe(simulator.account.operatorByEmail('arya@acme.example')?.id);
  });

  test('`chaportctl apply -y --format json` prints the report alone, and the plan beside it', async () => {
    const { run } = await setUpAcme();
    const { code, stdout, stderr } = await runProgram(['apply', '-y', '--format', 'json'], run);
    expect(code).toBe(0);
    expect(reportSchema.parse(JSON.parse(stdout)).summary.applied).toBe(11);
    expect(stderr).toContain('Plan: 3 to create');
  });

  test('`chaportctl apply -y --format json` prints the report also when a change failed', async () => {
    const { run, simulator } = await setUpAcme();
    simulator.addFault({ call: 'POST operators', kind: '400', times: 'forever' });
    const { code, stdout } = await runProgram(['apply', '-y', '--format', 'json'], run);
    expect(code).toBe(3);
    expect(reportSchema.parse(JSON.parse(stdout)).summary).toMatchObject({ failed: 2, skipped: 1 });
  });

  test('`chaportctl apply --report report.json` with nothing to do reports that', async () => {
    const { run, cwd } = await setUpAcme('version: 1\noperators:\n  - email: jon@acme.example\n');
    expect(await runProgram(['apply', '--report', 'report.json'], run)).toMatchObject({ code: 0 });
    const report = reportSchema.parse(JSON.parse(readFileSync(path.join(cwd, 'report.json'), 'utf8')));
    expect(report).toMatchObject({ converged: true, changes: [], remaining: [] });
  });

  test.each([
    ['without a terminal to ask on', [], 'there is no terminal to ask on'],
    [
      'with another digest',
      ['-y', '--expect-digest', `sha256:${'0'.repeat(64)}`],
      'this is not the plan that was reviewed',
    ],
  ])(
    '`chaportctl apply --format json --report report.json` that is refused (%s) reports that nothing was sent, in place of an older report',
    async (_why, args, reason) => {
      const { run, cwd, simulator } = await setUpAcme();
      const file = path.join(cwd, 'report.json');
      writeFileSync(file, '{"stale":true}');
      const { code, stdout } = await runProgram(
        ['apply', '--format', 'json', '--report', 'report.json', ...args],
        run,
      );
      expect(code).toBe(4);
      expect(writesOf(simulator)).toEqual([]);
      const report = reportSchema.parse(JSON.parse(stdout));
      expect(report.summary).toEqual({ applied: 0, failed: 0, skipped: CHANGES.length, unknown: 0 });
      expect(report.changes.every(({ error }) => error === reason)).toBe(true);
      expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(report);
    },
  );

  test('`chaportctl apply -y --report report.json` that cannot read the file leaves no older report behind', async () => {
    const { run, cwd } = await setUpAcme('version: 2\n');
    const file = path.join(cwd, 'report.json');
    writeFileSync(file, '{"stale":true}');
    expect(await runProgram(['apply', '-y', '--report', 'report.json'], run)).toMatchObject({ code: 1 });
    expect(existsSync(file)).toBe(false);
  });

  test('`chaportctl apply -y --report missing/report.json` says so before the first change', async () => {
    const { run, simulator } = await setUpAcme();
    const { code, stderr } = await runProgram(['apply', '-y', '--report', 'missing/report.json'], run);
    expect(code).toBe(1);
    expect(stderr).toContain('missing/report.json cannot be written');
    expect(writesOf(simulator)).toEqual([]);
  });
});

describe('quiet and verbose', () => {
  test('`chaportctl apply -y --quiet` tells no progress', async () => {
    const { run } = await setUpAcme();
    const { code, stdout, stderr } = await runProgram(['apply', '-y', '--quiet'], run);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Apply: 11 applied');
  });

  test('`chaportctl apply -y --verbose` tells each request, with every secret masked', async () => {
    const { run, simulator } = await setUpAcme();
    const { code, stderr } = await runProgram(['apply', '-y', '--verbose'], run);
    expect(code).toBe(0);
    const told = stderr.split('\n').filter((line) => /^(GET|POST|PUT|DELETE) /.test(line));
    expect(told).toHaveLength(simulator.account.requests.length);
  });
});
