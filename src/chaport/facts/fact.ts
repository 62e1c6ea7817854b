/**
 * How well a fact is known. A: the vendor's reference. B: seen in clients that work. C: inferred. D: assumed.
 */
export type Grade = 'A' | 'B' | 'C' | 'D';

/** What shows it: readings, the write probes, a person whom the user names, a toggle of their status, or no call that is allowed. */
export type ShownBy = 'reading' | 'probes' | 'person' | 'toggle' | 'nothing';

/** A way in which the account may be otherwise. */
export interface Variant {
  says: string;
  /** The program copes with it. */
  tolerated: boolean;
}

/** What the program believes of the API. */
export interface Fact {
  grade: Grade;
  /** The default reading, as a sentence. */
  sentence: string;
  check: ShownBy;
  /** The other readings by their names. */
  variants: Readonly<Record<string, Variant>>;
}

/** The name that the default reading of every fact has. */
export const DEFAULT_READING = 'default';

export function tolerated(says: string): Variant {
  return { says, tolerated: true };
}

export function fatal(says: string): Variant {
  return { says, tolerated: false };
}
