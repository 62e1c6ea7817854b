import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { timeCommands } from './commands.ts';
import { timeCreates } from './creates.ts';
import { timeMasking } from './masking.ts';
import { timePlanning } from './planning.ts';
import { renderResult } from './table.ts';

/** Runs everything, prints the table, and writes the figures to .bench/result.json. */
export async function runBenchmark(root: string): Promise<void> {
  const folder = `${root}.bench/files`;
  mkdirSync(folder, { recursive: true });
  const places = { root, folder, program: `${root}dist/cli.js`, programs: `${root}.bench/programs` };
  const started = performance.now();
  const tell = (text: string) => process.stderr.write(`${text} …\n`);
  tell('Commands, as whole processes');
  const commands = await timeCommands(places);
  tell('Planning small and large accounts');
  const planning = await timePlanning(places);
  tell('200 creates');
  const creates = await timeCreates(places);
  tell('Masking secrets');
  const masking = timeMasking();
  const seconds = Math.round((performance.now() - started) / 1000);
  const result = { machine: describeMachine(), seconds, commands, planning, creates, masking };
  writeFileSync(`${root}.bench/result.json`, `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(renderResult(result));
}

/** Where everything is. */
export interface Places {
  /** The project's folder, with a slash at the end. */
  root: string;
  /** For files that the benchmark makes. */
  folder: string;
  /** The shipped program. */
  program: string;
  /** The benchmark's own built programs. */
  programs: string;
}

export interface Machine {
  node: string;
  system: string;
  processor: string;
  cores: number;
  gigabytes: number;
  /** What else the machine had to do: processes that wanted to run, over the last minute before the end. */
  load: number;
  /** Whether Node has to read a list of certificates at every start, which makes bare Node slower. */
  extraCertificates: boolean;
}

function describeMachine(): Machine {
  const cpus = os.cpus();
  return {
    node: process.version,
    system: `${os.type()} ${os.arch()}`,
    processor: cpus[0]?.model.trim() || 'unknown',
    cores: cpus.length,
    gigabytes: Math.round(os.totalmem() / 2 ** 30),
    load: Math.round((os.loadavg()[0] ?? 0) * 10) / 10,
    extraCertificates: Boolean(process.env.NODE_EXTRA_CA_CERTS),
  };
}

/** Whether a program can be run here. */
export function isInstalled(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
