import { setTimeout as sleepFor } from 'node:timers/promises';
import type { CallSignals } from '../client.ts';

/** Time as retries see it; tests bring their own. */
export interface Clock {
  /** Milliseconds since the epoch, as the machine believes; may be set back. */
  now(): number;
  /** Milliseconds since some moment; never goes back. */
  elapsed(): number;
  /** Returns after so many milliseconds, or as soon as the signal is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  sleep: async (milliseconds, signal) => {
    try {
      await sleepFor(milliseconds, undefined, signal ? { signal } : {});
    } catch (error) {
      if (!signal?.aborted) throw error;
    }
  },
};

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;

/** Paces all calls of a run: each has its own growing pause, and one gate stops them all. */
export class Pacer {
  readonly #clock: Clock;
  readonly #random: () => number;
  /** On the clock that never goes back: a machine whose time is set back does not wait longer. */
  #closedUntil = 0;

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  /** Full jitter: anything up to 0.5 s, 1 s, 2 s … 30 s. `repetition` counts from 1. Milliseconds. */
  backoff(repetition: number): number {
    const ceiling = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.max(0, repetition - 1));
    return Math.round(this.#random() * ceiling);
  }

  /** No call starts for so long. */
  pauseAll(milliseconds: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, this.#clock.elapsed() + milliseconds);
  }

  /** Waits at least so long, and until the gate is open. Ends early when the signals say so. */
  async wait(milliseconds: number, signals: CallSignals = {}): Promise<void> {
    if (milliseconds <= 0 && this.#closedUntil <= this.#clock.elapsed()) return;
    const signal = eitherSignal(signals);
    if (milliseconds > 0 && !signal?.aborted) await this.#clock.sleep(milliseconds, signal);
    while (!signal?.aborted) {
      const left = this.#closedUntil - this.#clock.elapsed();
      if (left <= 0) return;
      await this.#clock.sleep(left, signal);
    }
  }
}

export function isStopped(signals: CallSignals): boolean {
  return (signals.stop?.aborted ?? false) || (signals.abort?.aborted ?? false);
}

function eitherSignal({ stop, abort }: CallSignals): AbortSignal | undefined {
  if (stop && abort) return AbortSignal.any([stop, abort]);
  return stop ?? abort;
}
