import type { Clock } from '../chaport/calls/pacer.ts';
import type { CallSignals } from '../chaport/client.ts';
import { ChaportError, type ChaportErrorCode } from '../chaport/errors.ts';
import type { Readings } from './readings.ts';

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 2_000;
/** A look that fails for another reason, such as a whole answer that is no list, is not tried again. */
const PASSING: readonly ChaportErrorCode[] = ['unavailable', 'rate-limited', 'unreachable'];

/** How waiting for a sight ended: `missing` also where it was stopped; the error where the last look failed. */
export type Watched = 'seen' | 'missing' | ChaportError;

interface Series {
  waiting: number;
  /** Before its next look. Milliseconds. */
  pause: number;
  look: Promise<ChaportError | null> | null;
}

/** Looks at the account with growing pauses until the settle time is over; each look serves all that wait. */
export class Watch {
  readonly #readings: Readings;
  readonly #clock: Clock;
  readonly #settle: number;
  readonly #signals: CallSignals;
  readonly #series = new Map<string, Series>();

  constructor(readings: Readings, clock: Clock, settleSeconds: number, signals: CallSignals) {
    this.#readings = readings;
    this.#clock = clock;
    this.#settle = settleSeconds * 1000;
    this.#signals = signals;
  }

  /** @param isMet asked after every look. */
  async until(lists: Iterable<string>, isMet: () => boolean): Promise<Watched> {
    const series = [...new Set(lists)].map((list) => ({ list, ...this.#join(list) }));
    const deadline = this.#clock.elapsed() + this.#settle;
    try {
      for (;;) {
        const failures = await Promise.all(series.map(({ list, own }) => this.#look(list, own, deadline)));
        if (isMet()) return 'seen';
        const failure = failures.find((one) => one !== null);
        if (failure && !PASSING.includes(failure.code)) return failure;
        const isOver = this.#clock.elapsed() >= deadline;
        if (isOver || this.#signals.stop?.aborted) return failure ?? 'missing';
      }
    } finally {
      for (const { leave } of series) leave();
    }
  }

  #join(list: string): { own: Series; leave: () => void } {
    const own = this.#series.get(list) ?? { waiting: 0, pause: 0, look: null };
    this.#series.set(list, own);
    own.waiting += 1;
    const leave = () => {
      own.waiting -= 1;
      if (own.waiting === 0) this.#series.delete(list);
    };
    return { own, leave };
  }

  #look(list: string, series: Series, deadline: number): Promise<ChaportError | null> {
    series.look ??= this.#pauseAndRead(list, series, deadline).finally(() => {
      series.look = null;
    });
    return series.look;
  }

  async #pauseAndRead(list: string, series: Series, deadline: number): Promise<ChaportError | null> {
    const pause = Math.min(series.pause, Math.max(0, deadline - this.#clock.elapsed()));
    series.pause = Math.min(LONGEST_PAUSE, Math.max(FIRST_PAUSE, series.pause * 2));
    if (pause > 0) await this.#clock.sleep(pause, this.#signals.stop);
    if (this.#signals.stop?.aborted) return null;
    try {
      await this.#readings.anew(list);
      return null;
    } catch (error) {
      if (error instanceof ChaportError) return error;
      throw error;
    }
  }
}
