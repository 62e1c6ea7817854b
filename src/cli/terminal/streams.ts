import { fstatSync, readFileSync, statSync } from 'node:fs';

type StreamName = 'stdout' | 'stderr';

const FDS = { stdout: 1, stderr: 2 } as const;
/** The two bits that say what a file was opened for, and their value for both reading and writing. */
const ACCESS_MODE = 3;
const READ_AND_WRITE = 2;

const faults = new Map<StreamName, NodeJS.ErrnoException>();

/**
 * From now on a full disk, a reader that went away or a terminal that is gone ends nothing by itself: what
 * failed is remembered, and asked for at the end.
 */
export function keepStreamFaults(): void {
  for (const name of ['stdout', 'stderr'] as const) {
    process[name].on('error', (error: NodeJS.ErrnoException) => {
      if (!faults.has(name)) faults.set(name, error);
    });
  }
}

/** Waits until all that was written has arrived. @returns why it has not, where it has not. */
export async function settleStream(name: StreamName): Promise<NodeJS.ErrnoException | null> {
  if (!faults.has(name)) await new Promise<void>((resolve) => process[name].write('', () => resolve()));
  return faults.get(name) ?? null;
}

/** A reader that goes away early, such as `head`, has read what it wanted. */
export function isClosedPipe(fault: NodeJS.ErrnoException): boolean {
  return fault.code === 'EPIPE';
}

/**
 * Whether the program was started without this stream (`>&-`). Node then puts /dev/null in its place, opened for
 * both reading and writing, which nobody does who throws an output away (`> /dev/null`). Known on Linux only.
 */
export function isMissing(name: StreamName): boolean {
  try {
    if (fstatSync(FDS[name]).rdev !== statSync('/dev/null').rdev) return false;
    const [, flags = '0'] =
      /^flags:\s*(\d+)$/m.exec(readFileSync(`/proc/self/fdinfo/${FDS[name]}`, 'utf8')) ?? [];
    return (Number.parseInt(flags, 8) & ACCESS_MODE) === READ_AND_WRITE;
  } catch {
    return false;
  }
}

/** The stream that a path is another name of. */
export function streamAt(path: string): StreamName | null {
  const [, name, fd] = /^\/(?:dev|proc\/self)\/(?:(stdout|stderr)|fd\/([12]))$/.exec(path) ?? [];
  if (name === 'stdout' || fd === '1') return 'stdout';
  return name === 'stderr' || fd === '2' ? 'stderr' : null;
}
