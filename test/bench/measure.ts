import { spawn } from 'node:child_process';

/** A program whose run is timed. */
export interface Subject {
  name: string;
  command: string;
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
  cwd?: string;
  /** Done before each run and not timed; what it returns is added to the run's environment. */
  before?: () => Promise<Readonly<Record<string, string>>>;
  /** Done after each run and not timed. Throws for a run that did not do the job. */
  after?: (stdout: string) => void | Promise<void>;
}

/** Median and spread of the runs, in milliseconds. */
export interface Timing {
  median: number;
  min: number;
  max: number;
  runs: number[];
}

/**
 * Times whole processes, in turn: A B C A B C …, so that a machine that gets slower meanwhile does
 * so for all of them. One round before the first counts for nothing.
 */
export async function timeInTurn<Name extends string>(
  subjects: readonly (Subject & { name: Name })[],
  rounds: number,
): Promise<Record<Name, Timing>> {
  const runs = new Map<string, number[]>(subjects.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const subject of subjects) {
      const milliseconds = await timeOnce(subject);
      if (round > 0) runs.get(subject.name)?.push(milliseconds);
    }
  }
  const timings = subjects.map(({ name }) => [name, timingOf(runs.get(name) ?? [])]);
  return Object.fromEntries(timings) as Record<Name, Timing>;
}

async function timeOnce(subject: Subject): Promise<number> {
  const more = await subject.before?.();
  const { milliseconds, stdout } = await runProcess(subject.command, subject.args, {
    env: { ...subject.env, ...more },
    ...(subject.cwd === undefined ? {} : { cwd: subject.cwd }),
  });
  await subject.after?.(stdout);
  return milliseconds;
}

/** That of the shell, without what would change what the commands do. */
const ENVIRONMENT = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(CHAPORT|MEMBRANE|GITHUB)_|_proxy$/i.test(name)),
);

/** Runs a process to its end. @throws {Error} with its stderr when it fails. */
export function runProcess(
  command: string,
  args: readonly string[],
  { env = {}, cwd }: { env?: Readonly<Record<string, string>>; cwd?: string } = {},
): Promise<{ milliseconds: number; stdout: string }> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, {
      env: { ...ENVIRONMENT, ...env },
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let milliseconds = 0;
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.once('error', reject);
    child.once('exit', () => {
      milliseconds = performance.now() - started;
    });
    child.once('close', (code) => {
      if (code === 0) resolve({ milliseconds, stdout });
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code}:\n${stderr}${stdout}`));
    });
  });
}

export function timingOf(runs: readonly number[]): Timing {
  const sorted = runs.toSorted((a, b) => a - b);
  return { median: medianOf(sorted), min: sorted[0] ?? 0, max: sorted.at(-1) ?? 0, runs: [...runs] };
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

/** The median of the ratios of runs that were made side by side. */
export function ratioOf(subject: Timing, base: Timing): number {
  return medianOf(subject.runs.map((run, index) => run / (base.runs[index] ?? Number.NaN)));
}
