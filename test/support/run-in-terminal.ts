import { spawn, spawnSync } from 'node:child_process';
import { bareEnvironment, checkShown, PROGRAM, PROJECT, type RunOptions } from './run-program.ts';

/** Whether this machine has the `script` of util-linux, which lends a command a terminal. */
export const HAS_TERMINAL = (spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout ?? '').includes(
  'util-linux',
);

if (!HAS_TERMINAL) {
  process.emitWarning('tests on a terminal are left out: this machine has no `script` of util-linux');
}

export interface TerminalOptions extends Pick<RunOptions, 'env' | 'cwd' | 'hidden' | 'limit'> {
  /** What is typed once the screen shows the text that it waits for, one after the other. */
  typed?: readonly { after: string; text: string }[];
  columns?: number;
}

export interface TerminalResult {
  code: number | null;
  /** Everything that the terminal received, both streams, with its control sequences. */
  screen: string;
}

/** Runs the built program on a terminal of its own. */
export async function runInTerminal(
  args: readonly string[],
  options: TerminalOptions = {},
): Promise<TerminalResult> {
  const command = [process.execPath, PROGRAM, ...args].map(quoteForShell).join(' ');
  const sized = `stty cols ${options.columns ?? 80} rows 24; exec ${command}`;
  const child = spawn('script', ['-q', '-e', '-c', sized, '/dev/null'], {
    cwd: options.cwd ?? PROJECT,
    env: bareEnvironment({ SHELL: '/bin/sh', TERM: 'xterm', ...options.env }),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let screen = '';
  const waiting = [...(options.typed ?? [])];
  let from = 0;
  child.stdin.on('error', () => {});
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    screen += chunk;
    for (let next = waiting[0]; next && screen.includes(next.after, from); next = waiting[0]) {
      from = screen.indexOf(next.after, from) + next.after.length;
      child.stdin.write(next.text);
      waiting.shift();
    }
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    const limit = options.limit ?? 25_000;
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`still running after ${limit} ms: ${args.join(' ')}\n${screen}`));
    }, limit);
    child.once('error', reject);
    child.once('close', (ended) => {
      clearTimeout(timer);
      resolve(ended);
    });
  });
  checkShown(args, screen, options);
  return { code, screen };
}

function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
