import { escapeForTerminal } from './escape.ts';
import type { FieldValue } from './json.ts';

/** What is live as an entry of the file, with its keys in the order in which they are written. */
export interface WrittenEntry {
  keys: { [key: string]: unknown };
  /** What the file cannot say about it; lines above the entry. */
  notes: string[];
  /** Its id and the like; stands behind the first key. */
  remark?: string;
  /** Behind each item of a list, by the key of the list. */
  itemRemarks?: Readonly<Record<string, readonly string[]>>;
}

/** A live object that a file cannot hold. Texts are safe to show. */
export interface LeftOut {
  what: string;
  why: string;
}

/** Live objects as a section of a file; planned, it changes nothing. */
export interface WrittenSection {
  entries: WrittenEntry[];
  leftOut: LeftOut[];
  /** What the entries leave out since nearly all have it, by key of `defaults`. */
  defaults: Record<string, object>;
  /** Lines at the top of the file, and above `defaults`. */
  notes: { file: readonly string[]; defaults: readonly string[] };
}

export interface WriteOptions<Entry = unknown> {
  /** The names of the kinds that are wanted. */
  kinds: readonly string[];
  /** The account owner's address. */
  owner: string | undefined;
  /** A live URL as the file is to hold it. */
  writeUrl(url: string): string;
  /** The files that are added to; without them it is a new file, with `defaults` to be found. */
  files?: {
    /** What they ask for in the section already. */
    entries: readonly Entry[];
    /** What they ask for with the section's `bare` entry: what `defaults` give. */
    bare: Entry;
  };
}

/**
 * Adds a live value to its entry where `filled`, which `defaults` give, is another one. Returns why no
 * entry can leave the live value alone, or null.
 */
export function writeField(
  entry: WrittenEntry,
  key: string,
  value: string | null,
  { filled, canSay }: { filled: FieldValue | undefined; canSay: boolean },
): string | null {
  if (value === (filled ?? null)) return null;
  if (canSay) {
    entry.keys[key] = literal(value ?? '');
    return null;
  }
  const shown = value === null ? `no ${key}` : `the ${key} ${quoted(value)}`;
  if (filled !== undefined) return `it has ${shown}, and "defaults" would change that`;
  entry.notes.push(`The account has ${shown} here, which a file cannot say: it stays as it is.`);
  return null;
}

/** By code units, not by locale: the same file on every machine. Numbers count as such: `agent2` before `agent10`. */
export function inOrder<T>(objects: readonly T[], placeOf: (object: T) => string): T[] {
  const placed = objects.map((object) => ({ object, place: placeOf(object) }));
  return placed.sort((a, b) => compareTexts(a.place, b.place)).map(({ object }) => object);
}

function compareTexts(a: string, b: string): number {
  const others = b.match(PARTS) ?? [];
  for (const [at, part] of (a.match(PARTS) ?? []).entries()) {
    const other = others[at] ?? '';
    const areNumbers = /^\d/.test(part) && /^\d/.test(other);
    const [own, their] = areNumbers ? [part, other].map((text) => text.replace(/^0+/, '')) : [part, other];
    if (own === undefined || their === undefined || own === their) continue;
    if (areNumbers && own.length !== their.length) return own.length - their.length;
    return own < their ? -1 : 1;
  }
  return a < b ? -1 : Number(a > b);
}

/** Numbers, and what stands between them. */
const PARTS = /\d+|\D+/g;

/** The share of entries that a value must be true for to become a default. */
const NEARLY_ALL = 0.75;
const FEWEST = 2;

/** The value that nearly all have. */
export function commonValue<T>(values: readonly T[]): T | undefined {
  if (values.length < FEWEST) return undefined;
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [value, count] = [...counts].reduce((best, next) => (next[1] > best[1] ? next : best));
  return count / values.length >= NEARLY_ALL ? value : undefined;
}

/** Text that stands for itself: what would be a reference is escaped. */
export function literal(text: string): string {
  // A function, since "$$" in a replacement text would mean "$".
  return text.replaceAll('${', () => '$${');
}

const LONGEST_QUOTE = 80;

/** Foreign text inside a comment or a message: one line, nothing hidden, not too long. */
export function quoted(text: string): string {
  const cut = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
  return `"${escapeForTerminal(cut)}"`;
}
