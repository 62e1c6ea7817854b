import { setTimeout as sleepFor } from 'node:timers/promises';
import type { CallSignals } from '../client.ts';

/** Time as retries see it; tests bring their own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Returns after so many milliseconds, or as soon as the signal is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
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
/** A server that wants a longer pause than this is not waited for. Milliseconds. */
export const LONGEST_RETRY_AFTER = 600_000;

/** Paces all calls of a run: each has its own growing pause, and one gate stops them all. */
export class Pacer {
  readonly #clock: Clock;
  readonly #random: () => number;
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
    this.#closedUntil = Math.max(this.#closedUntil, this.#clock.now() + milliseconds);
  }

  /** Waits at least so long, and until the gate is open. Ends early when the signals say so. */
  async wait(milliseconds: number, signals: CallSignals = {}): Promise<void> {
    if (milliseconds <= 0 && this.#closedUntil <= this.#clock.now()) return;
    const signal = eitherSignal(signals);
    if (milliseconds > 0 && !signal?.aborted) await this.#clock.sleep(milliseconds, signal);
    while (!signal?.aborted) {
      const left = this.#closedUntil - this.#clock.now();
      if (left <= 0) return;
      await this.#clock.sleep(left, signal);
    }
  }

  /** `Retry-After` in milliseconds: seconds or a date (RFC 9110); `null` where it is absent or unreadable. */
  readRetryAfter(header: string | undefined): number | null {
    const text = header?.trim() ?? '';
    if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
    // Dates have letters: `Date.parse` would read other numbers as years.
    const date = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
    return Number.isNaN(date) ? null : Math.max(0, date - this.#clock.now());
  }
}

export function isStopped(signals: CallSignals): boolean {
  return (signals.stop?.aborted ?? false) || (signals.abort?.aborted ?? false);
}

function eitherSignal({ stop, abort }: CallSignals): AbortSignal | undefined {
  if (stop && abort) return AbortSignal.any([stop, abort]);
  return stop ?? abort;
}

/** Lets so many tasks run at once; the others wait in line. */
export class Slots {
  #free: number;
  readonly #line: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  async use<T>(task: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((enter) => this.#line.push(enter));
    try {
      return await task();
    } finally {
      const next = this.#line.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}
