import { buildMask, type Mask } from './masking/build-mask.ts';
import { fillSecrets, type WrittenText } from './text.ts';

/** A shorter text is none: hiding it would hide parts of ordinary words. */
export const SHORTEST_SECRET = 6;

/** What is called a secret elsewhere, in a saved plan's variables say, is hidden from this length on. */
const HIDDEN_MINIMUM = 4;

/** A token comes from outside: unlike a named secret, a short one cannot be complained of in the file. */
const NAMELESS_MINIMUM = 3;

/** No name or title holds a token of this length by chance. */
const UNLIKELY_WORD = 12;

/** Nor, letter by letter, one of this length: shorter ones are the ordinary words of a trial. */
const SHORTEST_TOKEN = 8;

interface Masks {
  foreign: Mask;
  documents: Mask;
  tokens: Mask;
}

/**
 * Knows every secret of a run by its name, for masking what others say: error bodies, live texts. What the
 * files say with a secret in it is a `WrittenText`, and needs no masking.
 */
export class SecretBook {
  readonly #values = new Map<string, string>();
  /** What is never shown and has no name, such as the token. */
  readonly #nameless = new Set<string>();
  #masks: Masks | null = null;

  get names(): string[] {
    return [...this.#values.keys()].sort();
  }

  /** Adds a secret by the name that `${secret:NAME}` gives it. */
  addSecret(name: string, value: string): void {
    this.#values.set(name, value);
    this.#masks = null;
  }

  /** Adds a secret without a name, shown as `***`: the token. */
  addNameless(value: string): void {
    this.#nameless.add(value);
    this.#masks = null;
  }

  valueOf(name: string): string | undefined {
    return this.#values.get(name);
  }

  /**
   * The text behind what a file or a saved plan writes.
   * @throws {RangeError} when it names a secret that this book does not have.
   */
  fill(shown: string): WrittenText {
    return fillSecrets(shown, (name) => this.#values.get(name));
  }

  /** A text of the live account as a document may hold it. */
  conceal(text: string): string {
    return this.#allMasks().documents(text);
  }

  /** Masks every secret inside foreign text, in plain, percent-encoded, JSON- and HTML-escaped form. */
  mask(text: string): string {
    return this.#allMasks().foreign(text);
  }

  /** Whether the token, or what else is never shown and has no name, is in a text; a long one in any of its forms. */
  holdsToken(text: string): boolean {
    const isPlain = (token: string) => token.length >= SHORTEST_TOKEN && text.includes(token);
    return [...this.#nameless].some(isPlain) || this.#allMasks().tokens(text) !== text;
  }

  #allMasks(): Masks {
    if (this.#masks) return this.#masks;
    const named = [...this.#values]
      .filter(([, value]) => value.length >= HIDDEN_MINIMUM)
      .map(([name, value]) => ({ value, shown: `\${secret:${name}}` }));
    const nameless = [...this.#nameless]
      .filter((value) => value.length >= NAMELESS_MINIMUM)
      .map((value) => ({ value, shown: '***' }));
    // An ordinary word as a token, as in a trial, must not change what is planned.
    const tokens = nameless.filter(({ value }) => value.length >= UNLIKELY_WORD);
    this.#masks = {
      foreign: buildMask([...named, ...nameless]),
      documents: buildMask([...named, ...tokens]),
      tokens: buildMask(tokens),
    };
    return this.#masks;
  }
}
