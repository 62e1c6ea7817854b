import type { GlobSteps } from './glob-steps.ts';
import type { GlobText, Stretch } from './glob-text.ts';

const SLASH = 47;

/** A set of steps, a bit each, so that 32 of them are taken at once. */
type Bits = Uint32Array<ArrayBuffer>;

/**
 * Follows all possible steps at once, so that no text makes it backtrack. Once a star is reached that every
 * match must pass, the steps before it are dropped: any match from them is also found from the star.
 */
export class GlobMatcher {
  readonly #steps: GlobSteps;
  readonly #size: number;
  readonly #none: Bits;
  readonly #ones: { inPart: Bits; slash: Bits };
  readonly #stars: { inPart: Bits; slash: Bits };
  readonly #forks: Bits;
  readonly #inevitable: Bits;
  readonly #characters: Record<'host' | 'rest', Map<number, Bits | readonly number[]>>;

  /** The steps that may be next, all between these words; the other set is empty. */
  #active: Bits;
  #other: Bits;
  #first = 0;
  #last = 0;

  constructor(steps: GlobSteps) {
    const { one, oneInPart, many, manyInPart } = steps.wildcards;
    this.#steps = steps;
    // One word more than the step behind the last one needs: shifts may run into it.
    this.#size = (steps.length >>> 5) + 2;
    this.#none = this.#bits([]);
    this.#ones = { inPart: this.#bits([...one, ...oneInPart]), slash: this.#bits(one) };
    this.#stars = { inPart: this.#bits([...many, ...manyInPart]), slash: this.#bits(many) };
    this.#forks = this.#bits(steps.forks.keys());
    this.#inevitable = this.#bits(steps.inevitable.keys());
    this.#characters = {
      host: this.#packed(steps.characters.host),
      rest: this.#packed(steps.characters.rest),
    };
    this.#active = this.#bits([]);
    this.#other = this.#bits([]);
  }

  /** Whether the whole text is what the steps say. */
  matches({ characters, host, optional }: GlobText): boolean {
    this.#start();
    const skips = optional.map((stretch) => ({ ...stretch, active: this.#none }));
    const isIn = ({ start, end }: Stretch, index: number) => index >= start && index < end;
    for (const [index, character] of characters.entries()) {
      const isOptional = skips.some((skip) => isIn(skip, index));
      for (const skip of skips) this.#passBy(skip, index);
      this.#take(character, isIn(host, index) ? 'host' : 'rest', isOptional);
      if (this.#last < this.#first && !skips.some(({ end }) => end > index)) return false;
    }
    for (const skip of skips) this.#passBy(skip, characters.length);
    return has(this.#active, this.#steps.length);
  }

  #bits(steps: Iterable<number>): Bits {
    const bits = new Uint32Array(this.#size);
    for (const step of steps) add(bits, step);
    return bits;
  }

  /** Few steps take less time one by one. */
  #packed(byCharacter: ReadonlyMap<number, readonly number[]>): Map<number, Bits | readonly number[]> {
    const pack = (steps: readonly number[]) => (steps.length > this.#size ? this.#bits(steps) : steps);
    return new Map([...byCharacter].map(([character, steps]) => [character, pack(steps)]));
  }

  #start(): void {
    this.#active.fill(0);
    this.#other.fill(0);
    this.#first = 0;
    this.#last = 0;
    this.#enter(0);
    this.#passForks();
    this.#giveUp();
  }

  /** What is active in front of a stretch is so behind it. */
  #passBy(skip: Stretch & { active: Bits }, index: number): void {
    if (skip.start === index) skip.active = this.#active.slice();
    if (skip.end === index) this.#join(skip.active);
  }

  #join(active: Bits): void {
    for (let word = this.#first; word < this.#size; word += 1) {
      if (active[word]) this.#last = Math.max(this.#last, word);
      this.#active[word] = at(this.#active, word) | at(active, word);
    }
  }

  /** Moves on by one character. An optional one is never taken by `?`, only by a literal or a star. */
  #take(character: number, where: 'host' | 'rest', isOptional: boolean): void {
    const [from, to] = [this.#active, this.#other];
    const kind = character === SLASH ? 'slash' : 'inPart';
    const ones = isOptional ? this.#none : this.#ones[kind];
    const stars = this.#stars[kind];
    const steps = this.#characters[where].get(character) ?? [];
    const packed = Array.isArray(steps) ? this.#none : (steps as Bits);
    const first = this.#first;
    const end = Math.min(this.#last + 2, this.#size);
    const entered = this.#stars.inPart;
    let carry = 0;
    for (let word = first; word < end; word += 1) {
      const bits = at(from, word);
      const taken = bits & (at(ones, word) | at(packed, word));
      const next = (taken << 1) | carry | (bits & at(stars, word));
      // A star may be no character at all: with it the step behind it is entered.
      const passed = next & at(entered, word);
      to[word] = next | (passed << 1);
      carry = (taken >>> 31) | (passed >>> 31);
    }
    this.#active = to;
    this.#other = from;
    this.#last = end - 1;
    if (packed === this.#none) for (const step of steps) if (has(from, step)) this.#enter(step + 1);
    from.fill(0, first, end);
    this.#passForks();
    while (this.#last >= this.#first && to[this.#last] === 0) this.#last -= 1;
    this.#giveUp();
  }

  #enter(step: number): void {
    add(this.#active, step);
    this.#last = Math.max(this.#last, step >>> 5);
    if (has(this.#stars.inPart, step)) this.#enter(step + 1);
  }

  /** All ways of a fork are further on. */
  #passForks(): void {
    if (this.#steps.forks.size === 0) return;
    for (let word = this.#first; word <= this.#last; word += 1) {
      let passed = 0;
      for (;;) {
        const forks = at(this.#active, word) & at(this.#forks, word) & ~passed;
        if (forks === 0) break;
        const fork = 31 - Math.clz32(forks);
        passed |= 1 << fork;
        for (const step of this.#steps.forks.get((word << 5) + fork) ?? []) this.#enter(step);
      }
    }
  }

  #giveUp(): void {
    let end = this.#size << 5;
    for (let star = this.#starBefore(end); star !== -1; star = this.#starBefore(end)) {
      end = this.#steps.inevitable.get(star) ?? 0;
      clear(this.#active, Math.max(end, this.#first << 5), star);
      if (end === 0) this.#first = star >>> 5;
    }
  }

  #starBefore(end: number): number {
    const last = Math.min(end >>> 5, this.#last);
    for (let word = last; word >= this.#first; word -= 1) {
      const behind = word === end >>> 5 ? -1 << (end & 31) : 0;
      const stars = at(this.#active, word) & at(this.#inevitable, word) & ~behind;
      if (stars !== 0) return (word << 5) + 31 - Math.clz32(stars);
    }
    return -1;
  }
}

/** Takes out what is from one step up to, not including, another. */
function clear(bits: Bits, from: number, end: number): void {
  const [first, last] = [from >>> 5, end >>> 5];
  const before = ~(-1 << (from & 31));
  const behind = -1 << (end & 31);
  if (first === last) bits[first] = at(bits, first) & (before | behind);
  else {
    bits[first] = at(bits, first) & before;
    bits.fill(0, first + 1, last);
    bits[last] = at(bits, last) & behind;
  }
}

function at(bits: Bits, word: number): number {
  return bits[word] ?? 0;
}

function has(bits: Bits, step: number): boolean {
  return ((at(bits, step >>> 5) >>> (step & 31)) & 1) === 1;
}

function add(bits: Bits, step: number): void {
  const word = step >>> 5;
  bits[word] = at(bits, word) | (1 << (step & 31));
}
