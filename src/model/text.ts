import type { Fields, FieldValue } from './json.ts';

/** `inspect.custom` of `node:util`, whose types the library's do without. */
const SHOWN_BY_NODE = Symbol.for('nodejs.util.inspect.custom');

/**
 * A text that the files write otherwise than it is: it holds a secret, or a URL that nobody else may see
 * whole. It carries both from interpolation to the wire; whatever prints it prints what the file has.
 */
export class WrittenText {
  /** As the file writes it: `https://hooks.acme.example/?key=${secret:HOOK_KEY}`. */
  readonly shown: string;
  /** The names of the secrets in it; none where it is shown as it is. */
  readonly secrets: readonly string[];
  readonly #real: string;

  constructor(real: string, shown: string, secrets: readonly string[]) {
    this.#real = real;
    this.shown = shown;
    this.secrets = secrets;
  }

  /** The text itself: for comparing and sending alone. */
  get real(): string {
    return this.#real;
  }

  /** The same text in another spelling. It is still shown as the file has it. */
  respelled(spell: (real: string) => string): WrittenText {
    return new WrittenText(spell(this.#real), this.shown, this.secrets);
  }

  toString(): string {
    return this.shown;
  }

  toJSON(): string {
    return this.shown;
  }

  [SHOWN_BY_NODE](): string {
    return this.shown;
  }
}

/** A text of the files. */
export type Text = string | WrittenText;

/** A field's value while it is planned and sent: real, and knowing how it is shown. */
export type Value = FieldValue | WrittenText;
export type Values = Record<string, Value>;

/** The text or value itself: for comparing and sending alone. */
export function realOf(value: Text): string;
export function realOf(value: Value): FieldValue;
export function realOf(value: Value): FieldValue {
  return value instanceof WrittenText ? value.real : value;
}

/** A field that holds a text. */
export function textOf(value: Value): Text {
  return value instanceof WrittenText ? value : String(value);
}

export function realFields(values: Values): Fields {
  return Object.fromEntries(Object.entries(values).map(([field, value]) => [field, realOf(value)]));
}

/** The same text in another spelling. */
export function respell(text: Text, spell: (real: string) => string): Text {
  return text instanceof WrittenText ? text.respelled(spell) : spell(text);
}

/** Whether it holds a secret. */
export function holdsSecret(value: Value): value is WrittenText {
  return value instanceof WrittenText && value.secrets.length > 0;
}

const REFERENCE = /\$\$\{|\$\{secret:([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** The names in the `${secret:NAME}` references of a text as the file writes it. */
export function secretNamesIn(shown: string): string[] {
  return [...shown.matchAll(REFERENCE)].flatMap(([, name]) => (name === undefined ? [] : [name]));
}

/**
 * The text behind what the file writes.
 * @throws {RangeError} when it names a secret that has no value.
 */
export function fillSecrets(shown: string, secretNamed: (name: string) => string | undefined): WrittenText {
  const real = shown.replace(REFERENCE, (reference, name: string | undefined) => {
    if (name === undefined) return '${';
    const value = secretNamed(name);
    if (value === undefined) throw new RangeError(`no value for ${reference}`);
    return value;
  });
  return new WrittenText(real, shown, secretNamesIn(shown));
}
