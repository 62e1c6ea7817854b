import { Automaton, type Word } from './automaton.ts';
import { fullyDecoded, symbolsOf } from './encodings.ts';
import { type FoundWord, findWords } from './find-words.ts';

export interface Hidden {
  value: string;
  /** What stands in its place. */
  shown: string;
}

export type Mask = (text: string) => string;

const INSTEAD_OF_THE_TEXT = '(a text that could not be masked)';

/** Decoded forms shorter than this are not searched for: the `//` of `%2F%2F` stands in every URL. */
const DECODED_MINIMUM = 4;

/**
 * A function that replaces every secret in a text, however it was encoded on its way: plain, in either
 * case, percent-encoded, with JSON escapes, with HTML entities, nested and mixed; and what a secret
 * spells when it is decoded. The longest of those that begin leftmost wins; what overlaps it is hidden
 * as well. Takes time linear in the text, whatever the secrets. Never throws: a text that cannot be
 * searched is not shown.
 */
export function buildMask(secrets: readonly Hidden[]): Mask {
  const hidden = secrets.filter(({ value }) => value !== '');
  if (hidden.length === 0) return (text) => text;
  const written = new Map(hidden.toReversed().map(({ value, shown }) => [value, shown]));
  let automaton: Automaton | undefined;
  return (text) => {
    try {
      automaton ??= new Automaton(wordsOf(hidden));
      return replaced(text, findWords(text, automaton), written);
    } catch {
      // Not even the error is shown: nobody knows what is in it.
      return INSTEAD_OF_THE_TEXT;
    }
  };
}

/** Of two secrets with one spelling the first wins, and what is written wins over what it decodes to. */
function wordsOf(hidden: readonly Hidden[]): Word[] {
  const written = hidden.map(({ value, shown }) => ({ symbols: symbolsOf(value), shown }));
  const decoded = hidden
    .map(({ value, shown }) => ({ symbols: fullyDecoded(value), shown }))
    .filter(({ symbols }) => symbols.length >= DECODED_MINIMUM);
  return [...written, ...decoded];
}

/** @param written what stands in the place of a secret that is written as it is: two may differ in case alone. */
function replaced(text: string, matches: FoundWord[], written: ReadonlyMap<string, string>): string {
  matches.sort((a, b) => a.start - b.start || b.end - a.end);
  let result = '';
  let end = 0;
  let hiddenTo = 0;
  for (const match of matches) {
    // What lies in something that is hidden already hides nothing more: it may be another reading of its end.
    if (match.start >= end && match.end > hiddenTo) {
      result += text.slice(hiddenTo, Math.max(hiddenTo, match.start));
      result += written.get(text.slice(match.start, match.end)) ?? match.shown;
      end = match.end;
    }
    hiddenTo = Math.max(hiddenTo, match.end);
  }
  return result + text.slice(hiddenTo);
}
