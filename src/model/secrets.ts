import { HIDDEN_MINIMUM, textPattern } from './secret-pattern.ts';

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
  #masks: { pattern: RegExp; replacements: string[] } | null = null;

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

  /** The string as it may be shown: as written where it came from the file, otherwise with every secret masked. */
  conceal(value: string): string {
    return this.#templates.get(value) ?? this.mask(value);
  }

  /** Masks every secret inside foreign text, in plain, percent-encoded, JSON- and HTML-escaped form. */
  mask(text: string): string {
    this.#masks ??= this.#buildMasks();
    const { pattern, replacements } = this.#masks;
    if (replacements.length === 0) return text;
    return text.replace(pattern, (_whole, ...groups) => {
      const index = groups.findIndex((group, at) => at < replacements.length && group !== undefined);
      return replacements[index] ?? '***';
    });
  }

  #buildMasks(): { pattern: RegExp; replacements: string[] } {
    const named = [...this.#values].map(([name, value]) => ({ value, shown: `\${secret:${name}}` }));
    const nameless = [...this.#nameless].map((value) => ({ value, shown: '***' }));
    const short = named.some(({ value }) => value.length < HIDDEN_MINIMUM);
    // A short secret is only recognised as part of the whole string that the file gave.
    const whole = short ? [...this.#templates].map(([value, shown]) => ({ value, shown })) : [];
    const hidden = [...named, ...nameless, ...whole]
      .filter(({ value }) => value.length >= HIDDEN_MINIMUM)
      // The longest first: one secret may contain another.
      .sort((a, b) => b.value.length - a.value.length);
    return {
      pattern: new RegExp(hidden.map(({ value }) => `(${textPattern(value)})`).join('|'), 'g'),
      replacements: hidden.map(({ shown }) => shown),
    };
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
