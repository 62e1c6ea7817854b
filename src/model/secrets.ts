import { buildMask, type Mask } from './masking/build-mask.ts';

/** Shorter secrets cannot be told from ordinary text, so they are not searched for inside it. */
export const HIDDEN_MINIMUM = 4;

/** A token comes from outside: unlike a named secret, a short one cannot be complained of in the file. */
const NAMELESS_MINIMUM = 3;

/** No name or title holds a token of this length by chance. */
const UNLIKELY_WORD = 12;

/**
 * Knows every secret of a run: the values behind `${secret:NAME}` and how each string that
 * contains one is written in the file. Documents are built from `conceal`ed strings, so a
 * secret cannot reach them; the executor `reveal`s them again for the call alone.
 */
export class SecretBook {
  readonly #values = new Map<string, string>();
  /** Real string → the file's text for it. */
  readonly #templates = new Map<string, string>();
  /** What is never shown and has no name, such as the token. */
  readonly #nameless = new Set<string>();
  #masks: { foreign: Mask; documents: Mask } | null = null;

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

  /** Remembers that `value` (also in a normalised spelling) is written as `template` in the file. */
  addTemplate(value: string, template: string): void {
    this.#templates.set(value, template);
    this.#masks = null;
  }

  /** Whether the string came from the file with a secret in it. */
  isTemplated(value: string): boolean {
    return this.#templates.has(value);
  }

  /** The string as a document may hold it: as written where it came from the file, otherwise with every secret masked. */
  conceal(value: string): string {
    return this.#templates.get(value) ?? this.#allMasks().documents(value);
  }

  /** Masks every secret inside foreign text, in plain, percent-encoded, JSON- and HTML-escaped form. */
  mask(text: string): string {
    return this.#allMasks().foreign(text);
  }

  #allMasks(): { foreign: Mask; documents: Mask } {
    if (this.#masks) return this.#masks;
    const all = [...this.#values].map(([name, value]) => ({ value, shown: `\${secret:${name}}` }));
    const named = all.filter(({ value }) => value.length >= HIDDEN_MINIMUM);
    const nameless = [...this.#nameless]
      .filter((value) => value.length >= NAMELESS_MINIMUM)
      .map((value) => ({ value, shown: '***' }));
    const hasShort = named.length < all.length;
    // A short secret is only recognised as part of the whole string that the file gave.
    const whole = hasShort ? [...this.#templates].map(([value, shown]) => ({ value, shown })) : [];
    // An ordinary word as a token, as in a trial, must not change what is planned.
    const inDocuments = [...named, ...nameless.filter(({ value }) => value.length >= UNLIKELY_WORD)];
    this.#masks = {
      foreign: buildMask([...whole, ...named, ...nameless]),
      documents: buildMask([...whole, ...inDocuments]),
    };
    return this.#masks;
  }

  /**
   * The real string behind a concealed one.
   * @throws {RangeError} when it names a secret that this book does not have.
   */
  reveal(template: string): string {
    return template.replace(
      /\$\$\{|\$\{secret:([A-Za-z_][A-Za-z0-9_]*)\}/g,
      (whole, name: string | undefined) => {
        if (name === undefined) return '${';
        const value = this.#values.get(name);
        if (value === undefined) throw new RangeError(`no value for ${whole}`);
        return value;
      },
    );
  }
}

/** The names in the `${secret:NAME}` references of a concealed string. */
export function secretNamesIn(template: string): string[] {
  return [...template.matchAll(/\$\$\{|\$\{secret:([A-Za-z_][A-Za-z0-9_]*)\}/g)].flatMap((match) =>
    match[1] === undefined ? [] : [match[1]],
  );
}
