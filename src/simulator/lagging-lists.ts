import type { SimulatedAccount } from './account.ts';
import type { ShownLists } from './routes.ts';

/** What the account's lists show while they lag: the account as it was so many milliseconds ago. */
export class LaggingLists {
  readonly #account: SimulatedAccount;
  readonly #lagMs: number;
  readonly #milliseconds: () => number;
  /** From the oldest that may still be shown to the newest. */
  #states: { since: number; lists: ShownLists; text: string }[] = [];

  constructor(account: SimulatedAccount, lagMs: number, milliseconds: () => number) {
    this.#account = account;
    this.#lagMs = lagMs;
    this.#milliseconds = milliseconds;
    this.note();
  }

  /** Notes what the account is now. To be called whenever it may have changed. */
  note(): void {
    if (this.#lagMs === 0) return;
    const { operators, webhooks } = this.#account;
    const text = JSON.stringify([operators, webhooks]);
    if (this.#states.at(-1)?.text === text) return;
    this.#states.push({ since: this.#milliseconds(), lists: structuredClone({ operators, webhooks }), text });
  }

  shown(): ShownLists {
    if (this.#lagMs === 0) return this.#account;
    this.note();
    const then = this.#milliseconds() - this.#lagMs;
    // The first state was there before anybody asked.
    const index = Math.max(
      0,
      this.#states.findLastIndex(({ since }) => since <= then),
    );
    this.#states = this.#states.slice(index);
    return this.#states[0]?.lists ?? this.#account;
  }
}
