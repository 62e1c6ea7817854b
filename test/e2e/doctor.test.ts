import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseEvidence } from '../../src/index.ts';
import { type SimulatorOptions, startSimulator } from '../../src/simulator/index.ts';
import { runProgram } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function serve(options: SimulatorOptions = {}) {
  const simulator = await startSimulator({ ...options, token: 'doctor-token-1' });
  onTestFinished(() => simulator.close());
  const before = JSON.stringify(simulator.snapshot());
  const env = { CHAPORT_BASE_URL: simulator.url, CHAPORT_TOKEN: simulator.token };
  return { simulator, env, isAsBefore: () => JSON.stringify(simulator.snapshot()) === before };
}

describe('chaportctl doctor', () => {
  test('reads, and exits with 0 where everything holds or is tolerated', async () => {
    const { env, simulator } = await serve({ dialects: ['bare-lists'] });
    const { code, stdout } = await runProgram(['doctor'], { env });
    expect(code).toBe(0);
    expect(stdout).toContain('list-shape (A)');
    expect(simulator.account.requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  test('asks before it writes, and refuses without a terminal', async () => {
    const { env, simulator } = await serve();
    expect((await runProgram(['doctor', '--write-probes'], { env })).code).toBe(4);
    for (const flags of [
      ['--operator', 'a@acme.example'],
      ['--write-probes', '-y', '--status'],
    ]) {
      expect((await runProgram(['doctor', ...flags], { env })).code).toBe(1);
    }
    expect(simulator.account.requests).toEqual([]);
  });

  test('SIGINT while a probe is there removes it: exit 1', async () => {
    let reached = () => {};
    const when = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const { env, isAsBefore } = await serve({
      latencyMs: 60,
      onHandled: (_n, { method }) => {
        if (method === 'POST') reached();
      },
    });
    const kill = { signal: 'SIGINT', when } as const;
    const { code, stderr } = await runProgram(['doctor', '--write-probes', '-y'], { env, kill });
    expect(stderr).toContain('Everything that was written is removed again.');
    expect({ code, same: isAsBefore() }).toEqual({ code: 1, same: true });
  });

  test('a delete that is refused for ever: exit 3, with what is left named', async () => {
    const faults = [{ call: 'DELETE *', kind: '403', times: 'forever' }] as const;
    const { env, simulator } = await serve({
      faults: [{ ...faults[0], call: 'DELETE events/subscriptions/*' }],
    });
    const { code, stderr } = await runProgram(['doctor', '--write-probes', '-y'], { env });
    expect(code).toBe(3);
    const left = simulator.account.webhooks.filter(({ targetUrl }) => targetUrl.includes('probe'));
    expect(left.length).toBeGreaterThan(0);
    for (const { id } of left) expect(stderr).toContain(id);
  });
});

describe('evidence and plans', () => {
  test.each([
    [
      ['one-subscription-per-url'],
      'webhooks:\n  - { url: "https://old.acme.example/hook", events: [chat.started, chat.finished] }\n',
      4,
    ],
    [['empty-text-refused'], 'operators:\n  - { email: jon.snow@acme.example, jobTitle: "" }\n', 4],
    [
      ['put-replaces', 'unknown-fields'],
      'operators:\n  - { email: jon.snow@acme.example, jobTitle: Ranger }\n',
      4,
    ],
    [['put-replaces'], 'operators:\n  - { email: jon.snow@acme.example, jobTitle: Ranger }\n', 0],
  ] as const)('%j', async (dialects, sections, expected) => {
    const { env } = await serve({ dialects });
    const cwd = temporaryFolder({ 'chaport.yaml': `version: 1\n${sections}` });
    const examine = [
      'doctor',
      '--write-probes',
      '-y',
      '--operator',
      'samwell@acme.example',
      '--out',
      'ev.json',
    ];
    await runProgram(examine, { env, cwd });
    const file = path.join(cwd, 'ev.json');
    expect(existsSync(file)).toBe(true);
    parseEvidence(readFileSync(file, 'utf8'));
    const planned = await runProgram(['plan', '--evidence', 'ev.json', '--out', 'plan.json'], { env, cwd });
    expect(planned.code, planned.stdout + planned.stderr).toBe(expected);
    const applied = await runProgram(['apply', '-y', '--evidence', 'ev.json'], { env, cwd });
    expect(applied.code).toBe(expected);
  });

  test('a saved plan is judged by the evidence that its apply is given', async () => {
    const { env, simulator } = await serve({ dialects: ['empty-text-refused'] });
    const cwd = temporaryFolder({
      'chaport.yaml': 'version: 1\noperators:\n  - { email: jon.snow@acme.example, jobTitle: "" }\n',
    });
    await runProgram(
      ['doctor', '--write-probes', '-y', '--operator', 'samwell@acme.example', '--out', 'ev.json'],
      {
        env,
        cwd,
      },
    );
    expect((await runProgram(['plan', '--out', 'plan.json'], { env, cwd })).code).toBe(0);
    const before = JSON.stringify(simulator.snapshot());
    const applied = await runProgram(['apply', 'plan.json', '-y', '--evidence', 'ev.json'], { env, cwd });
    expect(applied.code, applied.stdout + applied.stderr).toBe(4);
    expect(JSON.stringify(simulator.snapshot())).toBe(before);
  });

  test('evidence of another account, or an old one, is warned of', async () => {
    const { env } = await serve();
    const cwd = temporaryFolder({ 'chaport.yaml': 'version: 1\noperators: []\n' });
    await runProgram(['doctor', '--out', 'ev.json'], { env, cwd });
    const file = path.join(cwd, 'ev.json');
    const evidence = JSON.parse(readFileSync(file, 'utf8'));
    const folder = temporaryFolder({
      'chaport.yaml': 'version: 1\noperators: []\n',
      'old.json': JSON.stringify({ ...evidence, createdAt: '2020-01-01T00:00:00.000Z' }),
      'other.json': JSON.stringify({ ...evidence, account: `sha256:${'0'.repeat(64)}` }),
    });
    const plan = (name: string) => runProgram(['plan', '--evidence', name], { env, cwd: folder });
    expect((await plan('old.json')).stdout).toMatch(/the evidence is \d+ days old/);
    expect((await plan('other.json')).stdout).toContain('the evidence is of another account');
    expect((await plan('chaport.yaml')).code).toBe(1);
  });
});

describe('--token-command', () => {
  const ping = (command: string, env: Record<string, string>, ...more: string[]) =>
    runProgram(['ping', '--token-command', command, ...more], { env });

  test('is run without a shell, its stderr shown and its stdout never', async () => {
    const { env } = await serve();
    const { CHAPORT_TOKEN: _, ...way } = env;
    const hidden = ['doctor-token-1'];
    const command = `sh -c 'echo "which account?" >&2; echo one; echo doctor-token-1'`;
    const result = await runProgram(['ping', '--token-command', command], { env: way, hidden });
    expect(result.code).toBe(0);
    expect(result.stderr).toContain('which account?');
    const failing = await ping('echo $TOKEN', way);
    expect(failing.stderr).toContain('no shell');
    for (const [wrong, problem] of [
      ['echo short', 'printed no'],
      ['printf "doctor-token-1\\ndoctor-token-2"', 'printed 2 lines'],
      ["sh -c 'echo doctor-token-1; exit 7'", 'exit code 7'],
      ['no-such-program', 'is not there'],
    ] as const) {
      const { code, stderr } = await runProgram(['ping', '--token-command', wrong], { env: way, hidden });
      expect({ code, stderr: stderr.replace(/\n +/g, ' ') }).toEqual({
        code: 1,
        stderr: expect.stringContaining(problem),
      });
    }
  });

  test('is run once more after a 401, and ends with --timeout', async () => {
    const { env } = await serve();
    const { CHAPORT_TOKEN: _, ...way } = env;
    const cwd = temporaryFolder({});
    // The first one is out of date.
    const command = `sh -c 'if [ -e used ]; then echo doctor-token-1; else touch used; echo stale-token-9; fi'`;
    const result = await runProgram(['ping', '--token-command', command], { env: way, cwd });
    expect(result.code).toBe(0);
    const started = performance.now();
    const { code, stderr } = await ping('sleep 600', way, '--timeout', '1');
    expect({ code, quick: performance.now() - started < 15_000 }).toEqual({ code: 1, quick: true });
    expect(stderr).toContain('longer than 1 s');
  });
});
