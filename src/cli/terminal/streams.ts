type StreamName = 'stdout' | 'stderr';

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
