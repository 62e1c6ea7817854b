export interface Word {
  symbols: readonly number[];
  shown: string;
}

/** How far a search is: stands for the longest suffix of the text read so far that is a prefix of a word. */
export type State = number;

export const ROOT: State = 0;

/**
 * Finds many words at once, one step a symbol (Aho and Corasick). Libraries of it take a whole text;
 * here a text is read in several ways at once, so every step is the caller's.
 */
export class Automaton {
  readonly #next: Map<number, State>[] = [new Map()];
  readonly #symbols = new Set<number>();
  /** The longest other state that this one ends with. */
  readonly #fallback: State[] = [ROOT];
  readonly #last: number[] = [Number.NaN];
  /** The longest word that ends here. */
  readonly #word: (Word | undefined)[] = [undefined];
  /** Each state's range of numbers: it has its own number and those of all states that fall back to it. */
  readonly #from: number[] = [];
  readonly #to: number[] = [];

  constructor(words: readonly Word[]) {
    for (const word of words) this.#add(word);
    const states = this.#linkFallbacks();
    this.#number(states);
  }

  step(state: State, symbol: number): State {
    if (!this.#symbols.has(symbol)) return ROOT;
    for (let from = state; ; from = this.#fallback[from] ?? ROOT) {
      const next = this.#next[from]?.get(symbol);
      if (next !== undefined) return next;
      if (from === ROOT) return ROOT;
    }
  }

  /** The longest word that ends in this state. */
  wordAt(state: State): Word | undefined {
    return this.#word[state];
  }

  /** The last symbol that led here. */
  lastOf(state: State): number {
    return this.#last[state] ?? Number.NaN;
  }

  /** Whether `state` is a suffix of `other`: then `other` will find every word that `state` could find. */
  isEndOf(state: State, other: State): boolean {
    const number = this.#from[other] ?? 0;
    return (this.#from[state] ?? 0) <= number && number < (this.#to[state] ?? 0);
  }

  #add(word: Word): void {
    let state = ROOT;
    for (const symbol of word.symbols) {
      this.#symbols.add(symbol);
      let next = this.#next[state]?.get(symbol);
      if (next === undefined) {
        next = this.#next.push(new Map()) - 1;
        this.#next[state]?.set(symbol, next);
        this.#last[next] = symbol;
      }
      state = next;
    }
    if (state !== ROOT) this.#word[state] ??= word;
  }

  /** @returns all states, each after those that are shorter. */
  #linkFallbacks(): State[] {
    const states: State[] = [ROOT];
    for (const state of states) {
      for (const [symbol, next] of this.#next[state] ?? []) {
        states.push(next);
        const fallback = state === ROOT ? ROOT : this.step(this.#fallback[state] ?? ROOT, symbol);
        this.#fallback[next] = fallback;
        this.#word[next] ??= this.#word[fallback];
      }
    }
    return states;
  }

  #number(states: readonly State[]): void {
    const sizes = states.map(() => 1);
    for (const state of states.toReversed()) {
      const fallback = this.#fallback[state] ?? ROOT;
      if (state !== ROOT) sizes[fallback] = (sizes[fallback] ?? 1) + (sizes[state] ?? 1);
    }
    const free = [1];
    for (const state of states) {
      const fallback = this.#fallback[state] ?? ROOT;
      const from = state === ROOT ? 0 : (free[fallback] ?? 0);
      const size = sizes[state] ?? 1;
      if (state !== ROOT) free[fallback] = from + size;
      this.#from[state] = from;
      this.#to[state] = from + size;
      free[state] = from + 1;
    }
  }
}
