import { expect } from 'vitest';
import { liveAccount } from '../support/live-account.ts';
import { type RunOptions, type RunResult, runCommand } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const CONFIG = `version: 1
account: { owner: owner@acme.example }
operators:
  - { email: jon@acme.example, jobTitle: The Wall supervisor, status: online }
  - { email: arya@acme.example, name: Arya Stark }
webhooks:
  - { url: "https://hooks.acme.example/chaport", events: [chat.started] }
`;
const SEED = {
  owner: 'owner@acme.example',
  operators: [
    { email: 'owner@acme.example', name: 'Olenna', role: 'admin' },
    { email: 'jon@acme.example', name: 'Jon', role: 'operator' },
  ],
};

/** What a new user does first, with the program that `command` starts: every step must work. */
export async function tryProgram(command: string, ...first: string[]): Promise<void> {
  const { simulator, env } = await liveAccount(SEED, {}, 'direct');
  const cwd = temporaryFolder({ 'chaport.yaml': CONFIG });
  const run = (args: string[], options: RunOptions = {}): Promise<RunResult> =>
    runCommand(command, [...first, ...args], { cwd, env, ...options });

  expect(await run(['validate'], { env: {} })).toMatchObject({ code: 0, stderr: '' });
  expect(await run(['ping'])).toMatchObject({ code: 0, stderr: '' });
  const planned = await run(['plan', '--detailed-exitcode']);
  expect(planned).toMatchObject({ code: 2, stderr: '' });
  expect(planned.stdout).toContain('Plan: 2 to create, 2 to update, 0 to delete.');
  expect(await run(['apply', '--auto-approve'])).toMatchObject({ code: 0 });
  expect(simulator.snapshot().operators?.map(({ email }) => email)).toContain('arya@acme.example');
  expect(await run(['plan', '--detailed-exitcode'])).toMatchObject({ code: 0, stderr: '' });

  const exported = await run(['export', '--owner', 'owner@acme.example']);
  expect(exported.code).toBe(0);
  const again = await run(['plan', '-f', '-', '--detailed-exitcode'], { input: exported.stdout });
  expect(again, again.stderr).toMatchObject({ code: 0 });
  expect(await run(['schema', 'config'])).toMatchObject({ code: 0, stderr: '' });
  expect(await run(['fmt', '--check', '-'], { input: exported.stdout })).toMatchObject({ code: 0 });
}
