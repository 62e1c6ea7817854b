import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ACCESS_TOKEN, liveAccount, writesOf } from '../support/live-account.ts';
import { PROJECT, runCommand } from '../support/run-program.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { readmeExample } from './readme-example.ts';

const SEED = {
  owner: 'owner@acme.example',
  operators: [
    { email: 'owner@acme.example', name: 'Olenna', role: 'admin' },
    { email: 'jon@acme.example', name: 'Jon', role: 'operator', jobTitle: 'Steward' },
  ],
};
const HOOK_KEY = 'library-hook-key-77';
const CONFIG = `version: 1
account: { owner: owner@acme.example }
operators:
  - { email: jon@acme.example, jobTitle: The Wall supervisor, status: online }
  - { email: arya@acme.example, name: Arya Stark }
webhooks:
  - { url: "https://hooks.acme.example/\${secret:HOOK_KEY}", events: [chat.started] }
`;

/** A project that has this package as it was built among its own. */
function consumer(files: Record<string, string>): string {
  const folder = temporaryFolder(files);
  mkdirSync(path.join(folder, 'node_modules'));
  symlinkSync(PROJECT, path.join(folder, 'node_modules/chaportctl'), 'dir');
  return folder;
}

describe('the example of the README', () => {
  test('plans and applies, and finds nothing to do the second time', async () => {
    const { simulator, env } = await liveAccount(SEED, {}, 'direct');
    const cwd = consumer({ 'example.mjs': readmeExample(), 'chaport.yaml': CONFIG });
    const run = () => runCommand(process.execPath, ['example.mjs'], { cwd, env: { ...env, HOOK_KEY } });

    const first = await run();
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toContain('"Steward" → "The Wall supervisor"');
    expect(first.stdout).toContain('sends an invitation e-mail');
    expect(first.stdout).toContain('The account was read back: nothing is left to do.');
    expect(first.stdout).not.toContain(HOOK_KEY);
    const { operators, webhooks } = simulator.snapshot();
    expect(operators).toMatchObject([
      { email: 'owner@acme.example' },
      { email: 'jon@acme.example', jobTitle: 'The Wall supervisor', lastStatus: 'online' },
      { email: 'arya@acme.example', name: 'Arya Stark' },
    ]);
    expect(webhooks).toMatchObject([{ targetUrl: `https://hooks.acme.example/${HOOK_KEY}` }]);

    const writes = writesOf(simulator).length;
    expect(await run()).toMatchObject({ code: 0, stderr: '' });
    expect(writesOf(simulator)).toHaveLength(writes);
  });

  test('says where a file is wrong, and asks the account nothing', async () => {
    const { simulator, env } = await liveAccount(SEED, {}, 'direct');
    const cwd = consumer({ 'example.mjs': readmeExample(), 'chaport.yaml': `${CONFIG}operatorz: []\n` });
    const { code, stderr } = await runCommand(process.execPath, ['example.mjs'], {
      cwd,
      env: { ...env, HOOK_KEY },
    });
    expect(code).toBe(1);
    expect(stderr).toContain('chaport.yaml:8:1');
    expect(simulator.account.requests).toEqual([]);
  });

  test('is about twenty lines', () => {
    expect(readmeExample().trimEnd().split('\n').length).toBeLessThanOrEqual(20);
  });
});

/** What Node itself looks at, and its HTTP client's choice of a parser. */
const OF_THE_ENGINE = /^(?:NODE_.*|WATCH_REPORT_DEPENDENCIES|JEST_WORKER_ID|UNDICI_NO_WASM_SIMD)$/;

/** Runs a whole story, good and bad, and writes down what the library took from the process or did to it. */
const WATCHED = `
import { writeFileSync } from 'node:fs';
const [baseUrl, token] = process.argv.slice(2);
const seen = { variables: new Set(), printed: [], exits: 0 };
process.env = new Proxy({ ...process.env }, {
  get: (target, name) => (seen.variables.add(String(name)), target[name]),
  has: (target, name) => (seen.variables.add(String(name)), name in target),
  ownKeys: (target) => (seen.variables.add('(all)'), Reflect.ownKeys(target)),
});
for (const stream of [process.stdout, process.stderr]) stream.write = (text) => seen.printed.push(String(text));
process.exit = () => { seen.exits += 1; };
process.emitWarning = (warning) => seen.printed.push(String(warning));
const { apply, comparePlans, connect, loadConfig, parsePlanOrReport, plan, readAccount, render } = await import('chaportctl');

for (const file of ['broken.yaml', 'unset.yaml', 'missing.yaml']) {
  const { diagnostics } = await loadConfig(file);
  for (const format of ['text', 'json', 'github', 'gitlab']) render(diagnostics, { format });
}
const { desired } = await loadConfig('chaport.yaml', { env: { HOOK_KEY: 'library-hook-key-77' } });
const wrong = connect({ desired, token: 'wrong', baseUrl });
const failure = await readAccount(wrong, desired).catch((error) => error.code);
await wrong.close();
const account = connect({ desired, token, baseUrl });
const proposed = plan(desired, await readAccount(account, desired));
for (const format of ['text', 'json', 'markdown', 'html', 'gitlab']) render(proposed, { format });
const saved = parsePlanOrReport(render(proposed, { format: 'json' }));
for (const format of ['text', 'json', 'markdown']) render(comparePlans(saved, proposed), { format });
const report = await apply(proposed, account, desired);
for (const format of ['text', 'json', 'markdown', 'html', 'gitlab']) render(report, { format });
await account.close();
const { converged } = report;
writeFileSync('seen.json', JSON.stringify({ ...seen, variables: [...seen.variables], failure, converged }));
`;

describe('the library', () => {
  test('reads no environment variable, prints nothing and does not end the process', async () => {
    const { simulator } = await liveAccount(SEED, {}, 'direct');
    const cwd = consumer({
      'watched.mjs': WATCHED,
      'chaport.yaml': CONFIG,
      'broken.yaml': 'version: 1\n? [a, b]\n: 1\noperators: *nobody\n',
      'unset.yaml': 'version: 1\n? [a, b]\n: 1\naccount: { owner: "${env:HOME}" }\n',
    });
    // A library that looked at these would ask the wrong server.
    const env = {
      CHAPORT_BASE_URL: 'http://127.0.0.1:1',
      CHAPORT_TOKEN: 'no',
      HTTP_PROXY: 'http://127.0.0.1:1',
    };
    const args = ['watched.mjs', simulator.url, ACCESS_TOKEN];
    expect(await runCommand(process.execPath, args, { cwd, env })).toMatchObject({
      code: 0,
      stdout: '',
      stderr: '',
    });
    const { variables, ...seen } = JSON.parse(readFileSync(path.join(cwd, 'seen.json'), 'utf8'));
    expect(variables.filter((name: string) => !OF_THE_ENGINE.test(name))).toEqual([]);
    expect(seen).toEqual({
      printed: [],
      exits: 0,
      failure: 'unauthorised',
      converged: true,
    });
  });

  test('has no code outside the command line that touches the process or the console', () => {
    const sources = readdirSync(path.join(PROJECT, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.startsWith('cli/'))
      .map((name) => [name, readFileSync(path.join(PROJECT, 'src', name), 'utf8')] as const);
    expect(sources.length).toBeGreaterThan(50);
    const touching = sources.filter(([, text]) =>
      /\b(?:process|console)\.\w|from 'node:process'/.test(withoutComments(text)),
    );
    expect(touching.map(([name]) => name)).toEqual([]);
  });
});

function withoutComments(source: string): string {
  return source.replace(/\/\*.*?\*\/|^\s*\/\/.*$/gms, '');
}
