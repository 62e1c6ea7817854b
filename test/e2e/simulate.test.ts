import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { DIALECT_NAMES, dialectSays, FAULT_KINDS, parseSeed } from '../../src/simulator/index.ts';
import { type RunResult, runProgram } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SEED = `owner: boss@acme.example
operators:
  - { id: id-1, email: boss@acme.example, name: Boss, role: admin }
webhooks:
  - { id: id-2, event: chat.started, url: "https://hooks.acme.example/" }
`;

interface Served {
  env: Record<string, string>;
  cwd: string;
  /** Ends the server as Ctrl-C does, and gives what it printed. */
  stop(): Promise<RunResult>;
}

/** Starts `chaportctl simulate` and waits for what it prints to paste. */
async function serve(args: readonly string[], files: Record<string, string> = {}): Promise<Served> {
  const cwd = temporaryFolder(files);
  let end = () => {};
  const when = new Promise<void>((resolve) => {
    end = resolve;
  });
  let run: Promise<RunResult> | undefined;
  const env = await new Promise<Record<string, string>>((resolve, reject) => {
    run = runProgram(['simulate', ...args], {
      cwd,
      kill: { signal: 'SIGINT', when },
      onStarted: (child) => {
        let text = '';
        child.stdout?.on('data', (chunk: Buffer) => {
          text += chunk;
          const exported = [...text.matchAll(/^export (\w+)=(.*)\n/gm)];
          if (exported.length === (args.includes('--membrane') ? 6 : 2)) {
            resolve(Object.fromEntries(exported.map(([, name = '', value = '']) => [name, value])));
          }
        });
      },
    });
    run.then(({ code, stderr }) => reject(new Error(`ended with ${code}: ${stderr}`)), reject);
  });
  return {
    env,
    cwd,
    stop: () => {
      end();
      return run ?? Promise.reject(new Error('never started'));
    },
  };
}

describe('chaportctl simulate', () => {
  test('`chaportctl simulate` prints what to paste, serves an account, and ends with Ctrl-C', async () => {
    const server = await serve([]);
    expect(server.env).toEqual({
      CHAPORT_BASE_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/api\/v1$/),
      CHAPORT_TOKEN: expect.stringMatching(/^\S+$/),
    });
    expect(await runProgram(['ping'], { env: server.env })).toMatchObject({ code: 0 });
    const { code, stdout, stderr } = await server.stop();
    expect(code).toBe(0);
    expect(stdout.split('\n')).toHaveLength(3);
    expect(stderr).toContain('Ctrl-C');
  });

  test('`chaportctl simulate --seed seed.yaml --save after.json` starts from a seed and saves one', async () => {
    const server = await serve(['--seed', 'seed.yaml', '--save', 'after.json'], {
      'seed.yaml': SEED,
      'chaport.yaml':
        'version: 1\noperators:\n  - { email: new@acme.example, name: New, language: de }\nwebhooks: []\n',
    });
    const run = { cwd: server.cwd, env: server.env };
    expect(await runProgram(['apply', '-y'], run)).toMatchObject({ code: 0 });
    expect(await server.stop()).toMatchObject({ code: 0 });
    const saved = parseSeed(readFileSync(path.join(server.cwd, 'after.json'), 'utf8'), 'after.json');
    expect(saved).toMatchObject({
      owner: 'boss@acme.example',
      operators: [
        { id: 'id-1', email: 'boss@acme.example', role: 'admin' },
        { email: 'new@acme.example', name: 'New', language: 'de' },
      ],
      webhooks: [{ id: 'id-2', event: 'chat.started', targetUrl: 'https://hooks.acme.example/' }],
    });

    const again = await serve(['--seed', 'after.json'], {
      'after.json': JSON.stringify(saved),
      'chaport.yaml': 'version: 1\noperators:\n  - email: new@acme.example\n    language: de\n',
    });
    const args = ['plan', '--detailed-exitcode'];
    expect(await runProgram(args, { cwd: again.cwd, env: again.env })).toMatchObject({ code: 0 });
    await again.stop();
  });

  test('`chaportctl simulate --membrane` prints what to paste to reach it through Membrane', async () => {
    const server = await serve(['--membrane']);
    expect(server.env).toEqual({
      CHAPORT_VIA: 'membrane',
      MEMBRANE_API_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      MEMBRANE_CONNECTION_ID: 'simulated-connection',
      MEMBRANE_WORKSPACE_KEY: 'simulated-workspace',
      MEMBRANE_WORKSPACE_SECRET: expect.stringMatching(/^\S+$/),
      MEMBRANE_TENANT_KEY: 'simulated-tenant',
    });
    const { code, stdout } = await runProgram(['ping'], { env: server.env });
    expect(code).toBe(0);
    expect(stdout).toContain('through Membrane, connection simulated-connection');
    await server.stop();
  });

  test('`chaportctl simulate --latency 300` answers late', async () => {
    const server = await serve(['--latency', '300']);
    const { stdout } = await runProgram(['ping'], { env: server.env });
    expect(Number(/\((\d+) ms\)/.exec(stdout)?.[1])).toBeGreaterThanOrEqual(300);
    await server.stop();
  });

  test("`chaportctl simulate --fault 'GET me.json=500'` goes wrong as it is told", async () => {
    const server = await serve(['--fault', 'GET me.json=500xforever']);
    const { code, stderr } = await runProgram(['ping', '--max-retries', '0'], { env: server.env });
    expect(code).toBe(1);
    expect(stderr).toContain('500');
    await server.stop();
  });

  test('`chaportctl simulate --dialect paged --dialect errors-text --lag 60000` answers so', async () => {
    const server = await serve(['--dialect', 'paged', '--dialect', 'errors-text', '--lag', '60000']);
    const { CHAPORT_BASE_URL: url, CHAPORT_TOKEN: token } = server.env;
    const send = (path: string, body?: object) =>
      fetch(`${url}/${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    const wanted = { event: 'chat.started', targetUrl: 'https://new.acme.example/' };
    expect((await send('events/subscriptions', wanted)).status).toBe(201);
    const { result, links } = JSON.parse(await (await send('events/subscriptions?skip=2')).text());
    expect({ count: result.length, links }).toEqual({ count: 1, links: {} });
    expect(await (await send('nothing')).text()).toBe('There is no /nothing');
    await server.stop();
  });

  test('`chaportctl simulate --help` lists every fault and every dialect with a sentence', async () => {
    const { code, stdout } = await runProgram(['simulate', '--help']);
    expect(code).toBe(0);
    const words = new Set(stdout.split(/[\s,[]+/));
    expect(FAULT_KINDS.filter((kind) => !words.has(kind))).toEqual([]);
    const rows = stdout.split('\n').map((line) => line.trim().split(/ {2,}/).join(': '));
    expect(DIALECT_NAMES.filter((name) => !rows.includes(`${name}: ${dialectSays(name)}`))).toEqual([]);
    expect(stdout).toContain('CALL=KIND[:VALUE][xTIMES|xforever][+SKIP]');
  });

  test('`chaportctl simulate --port N` where something listens says so', async () => {
    const server = await serve([]);
    const { port } = new URL(server.env.CHAPORT_BASE_URL ?? '');
    const { code, stderr } = await runProgram(['simulate', '--port', port]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Error: cannot listen on 127\.0\.0\.1:\d+: something else listens there\nHint: /);
    await server.stop();
  });

  test.each([
    ['nowhere.yaml', '', 'the seed nowhere.yaml cannot be read: there is no such file'],
    ['seed.yaml', 'operators: [', 'seed.yaml:1:'],
    ['seed.yaml', 'operators:\n  - { shoe: 42 }\n', 'seed.yaml:2:5: operators[0].email: '],
    ['seed.yaml', 'owner: nobody@acme.example\n', 'there is no operator nobody@acme.example'],
  ])('`chaportctl simulate --seed %s` (%#) says what is wrong with it', async (name, content, problem) => {
    const cwd = temporaryFolder({ 'seed.yaml': content });
    const { code, stdout, stderr } = await runProgram(['simulate', '--seed', name], { cwd });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.replace(/\n +/g, ' ')).toContain(problem);
    expect(stderr).not.toContain('\\n');
  });
});
