import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { reportSchema } from '../../src/model/report-schema.ts';
import { REPORT_TO } from '../../src/model/version.ts';
import { writesOf } from '../support/live-account.ts';
import { bareEnvironment, PROGRAM } from '../support/run-program.ts';
import { setUpAcme } from './acme-config.ts';

const BREAK = new URL('../support/break-after-first-write.mjs', import.meta.url).href;

test('`chaportctl apply -y --report report.json` that breaks in the middle says 3, and what it knows', async () => {
  const { run, cwd, simulator } = await setUpAcme();
  const args = ['--import', BREAK, PROGRAM, 'apply', '-y', '--concurrency', '1', '--report', 'report.json'];
  const { code, stderr } = await new Promise<{ code: unknown; stderr: string }>((resolve) => {
    const options = { cwd, env: { ...bareEnvironment(), ...run.env } };
    execFile(process.execPath, args, options, (error, _stdout, text) =>
      resolve({ code: error?.code ?? 0, stderr: text }),
    );
  });
  expect(stderr).toContain('this is a fault of chaportctl: broken on purpose');
  expect(stderr).toContain(`report it at ${REPORT_TO}`);
  expect(stderr).not.toContain('    at ');
  expect(code).toBe(3);
  expect(writesOf(simulator).length).toBeGreaterThan(0);
  const report = reportSchema.parse(JSON.parse(readFileSync(path.join(cwd, 'report.json'), 'utf8')));
  expect(report).toMatchObject({ converged: false, summary: { failed: 0 } });
  const { applied, unknown } = report.summary;
  expect(unknown).toBeGreaterThan(0);
  // Nothing that was sent is called skipped.
  expect(applied + unknown).toBe(writesOf(simulator).length);
});
