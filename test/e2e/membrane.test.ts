import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { reportSchema } from '../../src/model/report-schema.ts';
import type { Simulator, SimulatorOptions } from '../../src/simulator/index.ts';
import { liveAccount, writesOf } from '../support/live-account.ts';
import { runProgram } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { ACME, ACME_CONFIG, HOOK_KEY } from './acme-config.ts';

const READY_TOKEN = 'pat-e2e/token+77';

/** An account behind Membrane, and a folder whose `chaport.yaml` is about it. */
async function setUp(config = ACME_CONFIG, options: SimulatorOptions = {}) {
  const account = await liveAccount(ACME, options, 'membrane');
  const cwd = temporaryFolder({ 'chaport.yaml': config });
  return { ...account, cwd, run: { cwd, env: { ...account.env, HOOK_KEY } } };
}

function faceOf({ membrane }: Simulator) {
  if (membrane === null) throw new Error('the Membrane face is off');
  return membrane;
}

/** The sentences on stderr, not broken into lines. */
function flat(text: string): string {
  return text.replace(/\n {2,}/g, ' ');
}

describe('chaportctl ping through Membrane', () => {
  test('`chaportctl ping --via membrane --connection ID` says which way it went and as whom', async () => {
    const { simulator, env, baseUrl } = await liveAccount(ACME, {}, 'membrane');
    const { CHAPORT_VIA: _, MEMBRANE_CONNECTION_ID: connection = '', ...others } = env;
    const args = ['ping', '--via', 'membrane', '--connection', connection];
    const { code, stdout, stderr } = await runProgram(args, { env: others });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [smallest] = simulator.account.operators.map(({ id }) => id).sort();
    expect(stdout.replace(/\d+ ms/, 'N ms')).toBe(
      `OK: ${baseUrl} answers and takes the token (N ms), reached through Membrane, connection ${connection}, as tenant acme of workspace simulated-workspace\n` +
        `\nWritten into the file, this pins the account:\n\naccount:\n  operatorId: ${smallest}\n  baseUrl: ${baseUrl}\n`,
    );
    expect(simulator.account.requests).toMatchObject([
      { via: 'membrane', path: '/me.json' },
      { via: 'membrane', path: '/operators' },
    ]);
  });

  test('`chaportctl ping` takes a ready token from MEMBRANE_TOKEN or from --token-file', async () => {
    const { env } = await liveAccount(ACME, { membrane: { accessToken: READY_TOKEN } }, 'membrane');
    const { MEMBRANE_WORKSPACE_SECRET: _, ...others } = env;
    const cwd = temporaryFolder({ token: `${READY_TOKEN}\n` });
    const runs = [
      runProgram(['ping'], { env: { ...others, MEMBRANE_TOKEN: READY_TOKEN } }),
      runProgram(['ping', '--token-file', 'token'], { cwd, env, hidden: [READY_TOKEN] }),
    ];
    for (const { code, stdout } of await Promise.all(runs)) {
      expect(code).toBe(0);
      expect(stdout).toContain('as the owner of the token');
    }
  });

  test.each([
    [
      'an unknown connection',
      { MEMBRANE_CONNECTION_ID: 'nobodys' },
      'Membrane answered 404',
      '`membrane connect ',
    ],
    [
      'a wrong secret',
      { MEMBRANE_WORKSPACE_SECRET: 'not-the-secret' },
      'Membrane answered 401',
      'MEMBRANE_WORKSPACE_SECRET',
    ],
    ['no connection', { MEMBRANE_CONNECTION_ID: '' }, 'no Membrane connection', '--connection'],
    ['no tenant', { MEMBRANE_TENANT_KEY: '' }, 'MEMBRANE_TENANT_KEY not set', 'needs'],
    [
      'an open address',
      { MEMBRANE_API_URL: 'http://membrane.example' },
      'must be https',
      'https://api.getmembrane.com',
    ],
  ])('`chaportctl ping` with %s says what to do', async (_what, variables, problem, way) => {
    const { env } = await liveAccount(ACME, {}, 'membrane');
    const { code, stdout, stderr } = await runProgram(['ping'], { env: { ...env, ...variables } });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(flat(stderr)).toContain(problem);
    expect(flat(stderr)).toMatch(/\nHint: /);
    expect(flat(stderr)).toContain(way);
  });

  test.each([
    ['ping --connection c1', '--connection names a connection of Membrane'],
    ['ping --via tunnel', '--via takes "direct", "membrane"'],
  ])('`chaportctl %s` is an error', async (line, problem) => {
    const { code, stderr } = await runProgram(line.split(' '));
    expect(code).toBe(1);
    expect(flat(stderr)).toContain(problem);
  });
});

describe('what goes wrong on the way through Membrane', () => {
  test.each(['membrane-500', 'reset-after', '504-after', 'timeout-after'] as const)(
    '`chaportctl apply -y` invites nobody twice when a create meets %s',
    async (kind) => {
      const { simulator, run } = await setUp();
      simulator.addFault({ call: 'POST operators', kind, times: 1 });
      const { code, stdout } = await runProgram(['apply', '-y', '--timeout', '3'], run);
      expect({ code, stdout }).toMatchObject({ code: 0 });
      expect(simulator.account.invitations.map(({ email }) => email).sort()).toEqual([
        'arya@acme.example',
        'brienne@acme.example',
      ]);
    },
  );

  test('`chaportctl apply -y` waits as Membrane asks, and goes on', async () => {
    const { simulator, run } = await setUp();
    simulator.addFault({ call: '*', kind: 'membrane-429', times: 2 });
    expect(await runProgram(['apply', '-y'], run)).toMatchObject({ code: 0 });
    expect(simulator.account.requests.filter(({ status }) => status === 429)).toHaveLength(2);
  });

  test.each(['plan', 'apply -y'])(
    '`chaportctl %s` with a lost connection changes nothing and says how to renew it',
    async (line) => {
      const { simulator, run } = await setUp();
      faceOf(simulator).disconnected = true;
      const before = simulator.snapshot();
      const { code, stdout, stderr } = await runProgram(line.split(' '), run);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(flat(stderr)).toContain('Membrane answered 400');
      expect(flat(stderr)).toContain('`membrane connect --connectionId simulated-connection`');
      expect(simulator.snapshot()).toEqual(before);
    },
  );

  test('`chaportctl apply -y` whose connection is lost on the way reports it, and the next run goes on', async () => {
    let lose = () => {};
    const { simulator, run, cwd } = await setUp(ACME_CONFIG, {
      onHandled: (_number, { method }) => {
        if (method === 'DELETE') lose();
      },
    });
    lose = () => {
      faceOf(simulator).disconnected = true;
    };
    const args = ['apply', '-y', '--report', 'report.json', '--concurrency', '1'];
    const { code, stdout, stderr } = await runProgram(args, run);
    expect(code).toBe(3);
    // Told once, in the report.
    expect(stderr).toContain('could not create operator arya@acme.example');
    expect(flat(stdout)).toContain('Membrane answered 400');
    const report = reportSchema.parse(JSON.parse(readFileSync(path.join(cwd, 'report.json'), 'utf8')));
    const outcomes = Object.fromEntries(
      report.changes.map(({ action, kind, key, outcome }) => [`${action} ${kind} ${key}`, outcome]),
    );
    expect(outcomes).toMatchObject({
      'update operator jon@acme.example': 'applied',
      'delete operator leaver@acme.example': 'applied',
      'create operator arya@acme.example': 'failed',
    });
    expect(simulator.account.invitations).toEqual([]);
    faceOf(simulator).disconnected = false;
    lose = () => {};
    expect(await runProgram(['apply', '-y'], run)).toMatchObject({ code: 0 });
    expect(simulator.account.invitations).toHaveLength(2);
  });

  test('`chaportctl apply -y -v` shows no token, although the server repeats it', async () => {
    const { simulator, run } = await setUp();
    simulator.addFault({ call: 'POST operators', kind: 'echo', times: 'forever' });
    const args = ['apply', '-y', '-v', '--report', 'report.json'];
    const { code, stderr } = await runProgram(args, run);
    expect(code).toBe(3);
    expect(stderr).toContain('Bearer ***');
    const sent = simulator.account.requests.map(({ headers }) => headers.authorization?.split('.')[2] ?? '');
    for (const signature of new Set(sent)) expect(stderr).not.toContain(signature);
  });
});

describe('the guard against the wrong account', () => {
  test('`chaportctl plan` refuses the account of another owner behind the connection', async () => {
    const { run } = await setUp(ACME_CONFIG.replace('owner: owner@acme', 'owner: someone@acme'));
    const { code, stdout, stderr } = await runProgram(['plan'], run);
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toContain('someone@acme.example');
  });

  test('`chaportctl apply plan.json -y` refuses a plan that was made another way', async () => {
    const { simulator, run, baseUrl } = await setUp();
    const env = { HOOK_KEY, CHAPORT_BASE_URL: simulator.url, CHAPORT_TOKEN: simulator.token };
    expect(await runProgram(['plan', '--out', 'direct.json'], { ...run, env })).toMatchObject({ code: 0 });
    expect(await runProgram(['plan', '--out', 'proxied.json'], run)).toMatchObject({ code: 0 });
    const [crossed, back] = await Promise.all([
      runProgram(['apply', 'direct.json', '-y'], run),
      runProgram(['apply', 'proxied.json', '-y'], { ...run, env }),
    ]);
    for (const { code, stderr } of [crossed, back]) {
      expect(code).toBe(4);
      expect(flat(stderr)).toContain(baseUrl);
      expect(flat(stderr)).toContain('--via');
    }
    expect(writesOf(simulator)).toEqual([]);
    writeFileSync(path.join(run.cwd, 'chaport.yaml'), 'nonsense: true\n');
    expect(await runProgram(['apply', 'proxied.json', '-y'], run)).toMatchObject({ code: 0 });
  });
});
