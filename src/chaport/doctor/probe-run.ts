import type { Clock } from '../calls/pacer.ts';
import type { CallSignals, Observer } from '../client.ts';
import { ChaportError } from '../errors.ts';
import type { Findings } from './findings.ts';

/** What the probes of a run share. */
export interface ProbeRun {
  observer: Observer;
  findings: Findings;
  /** `stop`: no new probe starts. Cleaning up heeds `abort` alone. */
  signals: CallSignals;
  clock: Clock;
  /** How long what was done is waited for, in milliseconds. */
  settleMs: number;
}

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 2000;

/** Looks with growing pauses, until it finds something or the settle time is over. `null`: it did not. */
export async function lookFor<T>(
  { clock, settleMs, signals }: ProbeRun,
  look: () => Promise<T | null>,
): Promise<T | null> {
  const ends = clock.elapsed() + settleMs;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    const found = await look();
    if (found !== null || clock.elapsed() >= ends) return found;
    throwIfStopped(signals);
    await clock.sleep(pause, signals.stop);
    throwIfStopped(signals);
  }
}

export function throwIfStopped({ stop, abort }: CallSignals): void {
  if (stop?.aborted || abort?.aborted)
    throw new ChaportError('interrupted', 'stopped before the probes were done');
}
