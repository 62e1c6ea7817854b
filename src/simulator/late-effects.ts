interface Waiting {
  dueAt: number;
  act: () => void;
  timer: NodeJS.Timeout | null;
}

/**
 * What the account does some time after it has answered. By the real clock a timer brings it about;
 * by an injected one it comes about at the next request after it is due.
 */
export class LateEffects {
  readonly #milliseconds: () => number;
  readonly #hasTimers: boolean;
  #waiting: Waiting[] = [];

  constructor(milliseconds: () => number, hasTimers: boolean) {
    this.#milliseconds = milliseconds;
    this.#hasTimers = hasTimers;
  }

  after(delayMs: number, act: () => void): void {
    const waiting: Waiting = { dueAt: this.#milliseconds() + delayMs, act, timer: null };
    this.#waiting.push(waiting);
    if (this.#hasTimers) waiting.timer = setTimeout(() => this.#bringAbout(waiting), delayMs);
  }

  /** What is due comes about. */
  bringAboutDue(): void {
    this.#bringAboutUntil(this.#milliseconds());
  }

  /** What still waits comes about, in the order in which it would have. */
  bringAboutAll(): void {
    this.#bringAboutUntil(Number.POSITIVE_INFINITY);
  }

  /** What still waits never comes about. */
  clear(): void {
    for (const { timer } of this.#waiting.splice(0)) if (timer) clearTimeout(timer);
  }

  #bringAboutUntil(time: number): void {
    const due = this.#waiting.filter(({ dueAt }) => dueAt <= time).sort((a, b) => a.dueAt - b.dueAt);
    for (const waiting of due) this.#bringAbout(waiting);
  }

  #bringAbout(waiting: Waiting): void {
    this.#waiting = this.#waiting.filter((one) => one !== waiting);
    if (waiting.timer) clearTimeout(waiting.timer);
    waiting.act();
  }
}
