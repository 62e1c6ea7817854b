import { type ChildProcess, spawn } from 'node:child_process';
import { UserError } from '../../model/errors.ts';

/** A command that prints a token: who runs it, and what a token looks like on the way that is taken. */
export interface TokenCommand {
  words: readonly string[];
  looksLikeToken: RegExp;
  /** What is looked for, in sentences. */
  wanted: string;
  timeoutSeconds: number;
  /** Where its stderr goes. */
  tell: (text: string) => void;
}

/** What a token is on either way. */
export const TOKEN_FORMS = {
  direct: { looksLikeToken: /^[\x21-\x7e]{8,}$/, wanted: 'word of 8 or more characters' },
  membrane: {
    looksLikeToken: /^(?:eyJ[\w-]*\.[\w-]+\.[\w-]*|pat-[\x21-\x7e]+)$/,
    wanted: 'JWT or personal access token (pat-…)',
  },
} as const;

/** Long enough to read a question and answer it, in seconds. */
const LEAST_ON_TERMINAL = 120;
/** Far more than any token and what is said beside it. */
const LARGEST_OUTPUT = 1024 * 1024;
/** How long one that was told to end may take, and one that has ended may leave its output open. Milliseconds. */
const GRACE = 1000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs the command, without a shell. Nothing but its first word and its exit code is ever said of it.
 * @throws {UserError} `token-command` where there is not exactly one token.
 */
export async function runTokenCommand(command: TokenCommand): Promise<string> {
  const { looksLikeToken, wanted } = command;
  const output = await outputOf(command);
  const found = output
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => looksLikeToken.test(line));
  const [token] = found;
  if (token !== undefined && found.length === 1) return token;
  const problem =
    token === undefined ? `printed no ${wanted}` : `printed ${found.length} lines that look like a token`;
  throw failure(
    command,
    problem,
    `it must print one line that is a ${wanted}; what else it has to say belongs on stderr`,
  );
}

function failure({ words }: TokenCommand, problem: string, hint?: string): UserError {
  return new UserError('token-command', `the token command ${words[0]} ${problem}`, {
    hint: hint ?? 'run it by itself to see what is wrong',
  });
}

function outputOf(command: TokenCommand): Promise<string> {
  const { words, timeoutSeconds, tell } = command;
  const [program = '', ...rest] = words;
  const isOnTerminal = process.stdin.isTTY === true;
  // A group of its own would have no terminal to ask on.
  const child = spawn(program, rest, { stdio: ['inherit', 'pipe', 'pipe'], detached: !isOnTerminal });
  const seconds = isOnTerminal ? Math.max(LEAST_ON_TERMINAL, timeoutSeconds) : timeoutSeconds;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let isOver = false;
    const end = (settle: () => void) => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      for (const name of SIGNALS) process.off(name, onSignal);
      child.stdout.destroy();
      child.stderr.destroy();
      settle();
    };
    const giveUp = (problem: string, hint?: string) => {
      endProcess(child, isOnTerminal);
      end(() => reject(failure(command, problem, hint)));
    };
    const onSignal = (name: NodeJS.Signals) => {
      giveUp('was interrupted');
      // Whoever listens decides; else it is what the signal always does.
      if (process.listenerCount(name) === 0) process.kill(process.pid, name);
    };
    const timer = setTimeout(
      () => giveUp(`took longer than ${seconds} s`, 'a longer --timeout gives it more time'),
      seconds * 1000,
    );
    for (const name of SIGNALS) process.on(name, onSignal);
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > LARGEST_OUTPUT) giveUp('prints without end');
      else chunks.push(chunk);
    });
    child.stderr.setEncoding('utf8').on('data', tell);
    child.once('error', (error: NodeJS.ErrnoException) => {
      const isMissing = error.code === 'ENOENT';
      const problem = isMissing ? 'is not there' : `cannot be run (${error.code ?? 'unknown'})`;
      end(() =>
        reject(failure(command, problem, isMissing ? 'is it installed, and in the PATH?' : undefined)),
      );
    });
    const finish = (code: number | null, signal: NodeJS.Signals | null) => {
      if (code === 0) end(() => resolve(Buffer.concat(chunks).toString('utf8')));
      else giveUp(signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`);
    };
    child.once('close', finish);
    // What it has started may hold its output open for ever.
    child.once('exit', (code, signal) => setTimeout(() => finish(code, signal), GRACE).unref());
  });
}

function endProcess(child: ChildProcess, isOnTerminal: boolean): void {
  sendSignal(child, isOnTerminal, 'SIGTERM');
  setTimeout(() => sendSignal(child, isOnTerminal, 'SIGKILL'), GRACE).unref();
}

function sendSignal(child: ChildProcess, isOnTerminal: boolean, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (isOnTerminal) child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It is gone already.
  }
}
