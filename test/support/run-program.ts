import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';

/** The built program; another build of it can be named in the environment. */
export const PROGRAM =
  process.env.CHAPORTCTL_PROGRAM ?? new URL('../../dist/cli.js', import.meta.url).pathname;
export const PROJECT = new URL('../..', import.meta.url).pathname;

/** A run in a test is over before what the compiler makes faster has paid for itself. */
export const SHORT_RUN = ['--no-opt'];

export interface RunOptions {
  /** Beside these the process gets PATH and HOME only. */
  env?: Readonly<Record<string, string>>;
  /** Default: the project's folder. */
  cwd?: string;
  /** Standard input; it ends after that. */
  input?: string | Uint8Array;
  /** Texts that must not show, beside the values of the secret variables in `env`. */
  hidden?: readonly string[];
  onStarted?: (child: ChildProcess) => void;
  /** Sends the signal as soon as the promise is settled. */
  kill?: { signal: NodeJS.Signals; when: Promise<unknown> };
  /** Milliseconds that the run may take. Default: 50 s. */
  limit?: number;
}

export interface RunResult {
  /** `null` where a signal ended it. */
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/**
 * Runs the built program as a process of its own, in a bare environment.
 *
 * Every run is checked for what no run may do: show the token or a secret, in any encoding, on a
 * stream or in a document that it wrote, or show a stack trace.
 */
export async function runProgram(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const result = await runCommand(process.execPath, [...SHORT_RUN, PROGRAM, ...args], options);
  checkNothingHiddenShows(args, result, options);
  return result;
}

/** The same for any other command; nothing is checked. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const child = spawn(command, args, {
    cwd: options.cwd ?? PROJECT,
    env: bareEnvironment(options.env),
    stdio: 'pipe',
  });
  options.onStarted?.(child);
  options.kill?.when.then(() => child.kill(options.kill?.signal));
  // The program may end without reading its input.
  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  return new Promise((resolve, reject) => {
    const limit = options.limit ?? 50_000;
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(
        new Error(`still running after ${limit} ms: ${[command, ...args].join(' ')}\n${stderr.join('')}`),
      );
    }, limit);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      resolve({
        code,
        signal,
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
      });
    });
  });
}

export function bareEnvironment(env: RunOptions['env'] = {}): Record<string, string> {
  const { PATH = '', HOME = '/' } = process.env;
  return { PATH, HOME, ...env };
}

/** Flags whose file no secret may stand in. */
const DOCUMENT_FLAGS = ['--out', '--report'];
const SECRET_VARIABLE = /(_TOKEN|_KEY|_SECRET|PASSWORD)$/;
/** Names that `ping` shows. */
const PUBLIC_KEYS = ['MEMBRANE_WORKSPACE_KEY', 'MEMBRANE_TENANT_KEY'];
/** How every token begins that is signed for Membrane. */
const SIGNED_TOKEN = Buffer.from('{"alg":"HS256"').toString('base64url').slice(0, -1);
const STACK_LINE = /^\s+at .+[:(]\d+:\d+\)?$/m;

function checkNothingHiddenShows(
  args: readonly string[],
  { stdout, stderr }: Pick<RunResult, 'stdout' | 'stderr'>,
  { env = {}, hidden = [], cwd = PROJECT }: RunOptions,
): void {
  const shown = [stdout, stderr, ...documentsOf(args, cwd)].join('\n');
  expect(shown, 'a run shows no stack trace').not.toMatch(STACK_LINE);
  expect(shown, 'a run shows no fault of its own').not.toContain('this is a fault of chaportctl');
  const secrets = Object.entries(env).flatMap(([name, value]) =>
    SECRET_VARIABLE.test(name) && !PUBLIC_KEYS.includes(name) ? value : [],
  );
  expect(shown, 'a run shows no token that it signed').not.toContain(SIGNED_TOKEN);
  for (const secret of [...secrets, ...hidden]) {
    for (const spelling of spellingsOf(secret)) {
      expect(shown, 'a run shows no secret').not.toContain(spelling);
    }
  }
}

function documentsOf(args: readonly string[], cwd: string): string[] {
  return args.flatMap((arg, index) => {
    const name = DOCUMENT_FLAGS.includes(arg) ? args[index + 1] : undefined;
    const file = name === undefined ? undefined : path.resolve(cwd, name);
    return file !== undefined && existsSync(file) ? readFileSync(file, 'utf8') : [];
  });
}

function spellingsOf(secret: string): string[] {
  const spellings = [
    secret,
    encodeURIComponent(secret),
    encodeURI(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64'),
  ];
  return [...new Set(spellings)].filter((spelling) => spelling.length >= 6);
}

/** Checks what a run in a terminal shows, as `runProgram` does by itself. */
export function checkShown(args: readonly string[], shown: string, options: RunOptions): void {
  checkNothingHiddenShows(args, { stdout: shown, stderr: '' }, options);
}
