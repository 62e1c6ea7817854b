import path from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT, runCommand } from '../support/run-program.ts';

test('`node examples/demo.js` shows validate, plan, apply and plan, and who is in no file', async () => {
  const { code, stdout, stderr } = await runCommand(process.execPath, [
    path.join(PROJECT, 'examples', 'demo.js'),
  ]);
  expect(code).toBe(0);
  const typed = [...stdout.matchAll(/^\$ (.*)$/gm)].map(([, line]) => line);
  expect(typed).toEqual([
    'chaportctl simulate --quiet --seed examples/simulator/support-team.yaml &',
    'chaportctl validate -f examples/support-team',
    'chaportctl plan -f examples/support-team',
    'chaportctl apply --auto-approve -f examples/support-team',
    'chaportctl plan --detailed-exitcode -f examples/support-team',
  ]);
  expect(stdout).toContain(
    'Plan: 4 to create, 16 to update, 5 to delete. 35 unchanged, 6 unmanaged. Of the unmanaged 1 is an admin.',
  );
  expect(stdout).toContain('Apply: 25 applied, 0 failed, 0 skipped, 0 unknown.');
  expect(stdout).toContain('! gets another key');
  expect(stdout).toContain('victor.hale@contractor.example (Victor Hale), admin');
  const [last, , closing] = stdout.trimEnd().split('\n').reverse();
  expect(closing).toBe(
    'No changes. The account is as the file says, but for 6 unmanaged objects, 1 of them an admin. 52 unchanged, 6 unmanaged.',
  );
  expect(last).toMatch(/^It ended with 2: no file names victor\.hale@contractor\.example, an admin/);
  expect(stdout + stderr).not.toMatch(/demo-(hook|crm)-key/);
});
