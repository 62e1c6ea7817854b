import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { VIA, writesOf } from '../support/live-account.ts';
import { runProgram } from '../support/run-program.ts';
import { setUpAcme } from './acme-config.ts';

const HOOK =
  'version: 1\nwebhooks:\n  - url: https://hooks.elsewhere.example/?key=${secret:OTHER_KEY}\n    events: [chat.started]\n';

// Through Membrane nobody is given the token beforehand.
describe.skipIf(VIA === 'membrane')('a text that holds the token in use', () => {
  test.each([
    ['in a secret', HOOK, 'targetUrl'],
    [
      'in a variable',
      'version: 1\noperators:\n  - email: jon@acme.example\n    jobTitle: Key ${env:OTHER_KEY}\n',
      'jobTitle',
    ],
  ])(
    '%s is an error of `chaportctl plan` and `apply`, at its place, and is not shown',
    async (_how, config, field) => {
      const { simulator, run } = await setUpAcme(config);
      const env = { ...run.env, OTHER_KEY: run.env.CHAPORT_TOKEN ?? '' };
      for (const args of [['plan'], ['apply', '-y']]) {
        const { code, stderr } = await runProgram(args, { ...run, env });
        expect(code).toBe(1);
        expect(stderr).toMatch(/^chaport\.yaml:\d:\d+: error \[own-credential\]/);
        expect(stderr.replace(/\s+/g, ' ')).toContain(`its ${field} holds the token in use`);
      }
      expect(writesOf(simulator)).toEqual([]);
    },
  );

  test('that the token file has is found as well', async () => {
    const { run, cwd } = await setUpAcme(HOOK);
    const { CHAPORT_TOKEN = '', ...env } = run.env;
    writeFileSync(path.join(cwd, 'token'), CHAPORT_TOKEN);
    const args = ['plan', '--token-file', 'token'];
    const { code, stderr } = await runProgram(args, { cwd, env: { ...env, OTHER_KEY: CHAPORT_TOKEN } });
    expect(code).toBe(1);
    expect(stderr).toContain('own-credential');
  });

  test('is not sent by a saved plan either, whatever its fingerprint says', async () => {
    const { simulator, run } = await setUpAcme(HOOK);
    const env = { ...run.env, OTHER_KEY: 'something-else' };
    expect(await runProgram(['plan', '--out', 'plan.json'], { ...run, env })).toMatchObject({ code: 0 });
    const { CHAPORT_BASE_URL = '' } = run.env;
    const rest = { CHAPORT_BASE_URL, OTHER_KEY: 'something-else' };
    writeFileSync(path.join(run.cwd, 'token'), 'something-else');
    const args = ['apply', 'plan.json', '-y', '--token-file', 'token'];
    const { code, stderr } = await runProgram(args, { ...run, env: rest });
    expect(code).toBe(1);
    expect(stderr.replace(/\s+/g, ' ')).toContain('its targetUrl holds the token in use');
    expect(simulator.account.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});
