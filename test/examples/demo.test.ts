import path from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT, runCommand } from '../support/run-program.ts';

test('`node examples/demo.js` shows validate, plan, apply and plan, and ends without changes', async () => {
  const started = performance.now();
  const { code, stdout, stderr } = await runCommand(process.execPath, [
    path.join(PROJECT, 'examples', 'demo.js'),
  ]);
  expect(code).toBe(0);
  expect(performance.now() - started).toBeLessThan(10_000);
  const typed = [...stdout.matchAll(/^\$ (.*)$/gm)].map(([, line]) => line);
  expect(typed).toEqual([
    'chaportctl simulate --quiet --seed examples/simulator/support-team.yaml &',
    'chaportctl validate -f examples/support-team',
    'chaportctl plan -f examples/support-team',
    'chaportctl apply --auto-approve -f examples/support-team',
    'chaportctl plan --detailed-exitcode -f examples/support-team',
  ]);
  expect(stdout).toContain('Plan: 4 to create, 15 to update, 5 to delete. 35 unchanged, 5 unmanaged.');
  expect(stdout).toContain('Apply: 24 applied, 0 failed, 0 skipped, 0 unknown.');
  expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^No changes\./);
  expect(stdout + stderr).not.toMatch(/demo-(hook|crm)-key/);
});
