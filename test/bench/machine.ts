import { execFileSync } from 'node:child_process';
import os from 'node:os';

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

/** This machine, and how busy it is. */
export function describeMachine(): Machine {
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
