// The tour of `npm run demo`: a simulated account, and what a user sees who validates, plans,
// applies, and plans again. It needs no account and no network, and leaves nothing behind.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const PROGRAM = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const TEAM = 'examples/support-team';
const SEED = 'examples/simulator/support-team.yaml';
// The keys in the webhook URLs of the seed. The outputs never show them.
const SECRETS = { HOOK_KEY: 'demo-hook-key-2026', CRM_KEY: 'demo-crm-key-2026' };
/** Nobody has anything to do, or there is something that a pipeline should stop at. */
const DONE = 0;
const SOMETHING_TO_SEE = 2;

const { CHAPORT_BASE_URL: _url, CHAPORT_TOKEN: _token, ...environment } = process.env;

const simulate = ['simulate', '--quiet', '--seed', SEED];
const simulator = start(simulate, environment, ['ignore', 'pipe', 'inherit']);
try {
  say('A Chaport account is simulated on this machine: the support team of Acme, 46 people.');
  type(`${simulate.join(' ')} &`);
  const exports = await readExports(simulator);
  for (const [name, value] of Object.entries(exports)) say(`export ${name}=${value}`, '');
  say('The keys in the webhook URLs come from the environment as well: HOOK_KEY and CRM_KEY are set.');
  const env = { ...environment, ...SECRETS, ...exports };

  const steps = [
    ['The files are checked. No network is needed for that.', ['validate', '-f', TEAM]],
    ['What would change? Planning reads the account and changes nothing.', ['plan', '-f', TEAM]],
    ['The changes are made, and the account is read back.', ['apply', '--auto-approve', '-f', TEAM]],
  ];
  let exitCode = 0;
  for (const [meaning, args] of steps) {
    exitCode = await run(meaning, args, env);
    if (exitCode !== DONE) break;
  }
  if (exitCode === DONE) {
    const args = ['plan', '--detailed-exitcode', '-f', TEAM];
    exitCode = await run('Planning again finds nothing to change.', args, env);
    // The policy warns of an admin whom no file names, and that is for somebody to look at.
    say(
      `It ended with ${exitCode}: no file names victor.hale@contractor.example, an admin, and the policy warns of that.`,
    );
    process.exitCode = exitCode === SOMETHING_TO_SEE ? DONE : 1;
  } else process.exitCode = 1;
} finally {
  simulator.kill('SIGTERM');
}

/** Runs a command as a user would, its output straight to this terminal, and gives its exit code. */
async function run(meaning, args, env) {
  say(meaning);
  type(args.join(' '));
  return ended(start(args, env, ['ignore', 'inherit', 'inherit']));
}

function start(args, env, stdio) {
  return spawn(process.execPath, [PROGRAM, ...args], { cwd: PROJECT, env, stdio });
}

function ended(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** The simulator prints two lines to paste: where it is, and its token. */
async function readExports(child) {
  const exports = {};
  for await (const line of createInterface({ input: child.stdout })) {
    const [, name, value] = /^export (\w+)=(.*)$/.exec(line) ?? [];
    if (name) exports[name] = value;
    if (Object.keys(exports).length === 2) return exports;
  }
  throw new Error('the simulator ended before it was ready');
}

function say(text, before = '\n') {
  process.stdout.write(`${before}${text}\n`);
}

function type(commandLine) {
  process.stdout.write(`\n$ chaportctl ${commandLine}\n`);
}
