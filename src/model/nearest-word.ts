import { closest, distance } from 'fastest-levenshtein';

/** Longer words are no slips of the keyboard. */
const LONGEST = 40;

/** The known word that was most likely meant; `job_title` and `title` both mean `jobTitle`. */
export function nearestWord(written: string, known: readonly string[]): string | undefined {
  const plain = simplified(written);
  if (plain === '' || plain.length > LONGEST || known.length === 0) return undefined;
  const candidates = new Map(known.map((word) => [simplified(word), word]));
  const best = closest(plain, [...candidates.keys()]);
  const allowed = Math.max(1, Math.floor(Math.max(plain.length, best.length) / 3));
  const swapped = candidates.get(withLettersSwapped(plain, [...candidates.keys()]) ?? '');
  if (swapped !== undefined) return swapped;
  if (distance(plain, best) <= allowed) return candidates.get(best);
  const parts = [...candidates].filter(
    ([word]) => plain.length >= 3 && (word.includes(plain) || plain.includes(word)),
  );
  return parts.length === 1 ? parts[0]?.[1] : undefined;
}

/** Two neighbouring letters the wrong way round are one slip: `emial`. */
function withLettersSwapped(plain: string, words: readonly string[]): string | undefined {
  const sorted = (word: string) => [...word].sort().join('');
  return words.find((word) => sorted(word) === sorted(plain) && distance(word, plain) <= 2);
}

function simplified(word: string): string {
  return word.toLowerCase().replace(/[-_ ]/g, '');
}
