const SLASH = 47;

/** `many`: as many characters as there are; in a part of a URL: none of them a slash. */
export type Wildcard = 'one' | 'oneInPart' | 'many' | 'manyInPart';

/** A glob as a row of steps; each leads to the next, a fork to several. The last one leads to `length`. */
export class GlobSteps {
  length = 0;
  /** The steps that take a character, by what it is in a host and in the rest of a text. */
  readonly characters = { host: new Map<number, number[]>(), rest: new Map<number, number[]>() };
  readonly wildcards: Record<Wildcard, number[]> = { one: [], oneInPart: [], many: [], manyInPart: [] };
  /**
   * Stars that no way leads around, each with the first of the steps before it that it can stand for:
   * `many` for all, `manyInPart` for those of its part. There it is only worth it where there are forks.
   */
  readonly inevitable = new Map<number, number>();
  readonly forks = new Map<number, readonly number[]>();
  #depth = 0;
  #partStart = 0;
  #lastFork = -1;

  /** One of several characters; none for what is only meant in the other part of a text. */
  character({ host = [], rest = [] }: { host?: readonly number[]; rest?: readonly number[] }): void {
    const step = this.#next();
    for (const character of host) addTo(this.characters.host, character, step);
    for (const character of rest) addTo(this.characters.rest, character, step);
    if (rest.includes(SLASH)) this.#partStart = this.length;
  }

  /** Two that are many never stand side by side. */
  wildcard(name: Wildcard): void {
    const step = this.#next();
    this.wildcards[name].push(step);
    if (this.#depth === 0) {
      if (name === 'many') this.inevitable.set(step, 0);
      if (name === 'manyInPart' && this.#lastFork >= this.#partStart)
        this.inevitable.set(step, this.#partStart);
    }
    if (name === 'many' || name === 'one') this.#partStart = this.length;
  }

  /** Several ways to go on, each of which adds its own steps. */
  oneOf(ways: readonly (() => void)[]): void {
    const starts: number[] = [];
    this.forks.set(this.#next(), starts);
    this.#depth += 1;
    const ends = ways.map((addSteps) => {
      starts.push(this.length);
      addSteps();
      return this.#next();
    });
    this.#depth -= 1;
    for (const end of ends) this.forks.set(end, [this.length]);
    this.#lastFork = this.length;
  }

  #next(): number {
    this.length += 1;
    return this.length - 1;
  }
}

function addTo(steps: Map<number, number[]>, character: number, step: number): void {
  const known = steps.get(character);
  if (known) known.push(step);
  else steps.set(character, [step]);
}
