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
      // Not before the caller has been told how this one ended: it may decide about the next one.
      if (next) setImmediate(next);
      else this.#free += 1;
    }
  }
}
