import type { Fields } from './json.ts';
import type { Values } from './text.ts';

/** An object of a live list, as its kind's wire mapping reads it. */
export interface LiveEntry {
  id: string;
}

/** A live object in the form that every kind shares. */
export interface LiveObject {
  key: string;
  id: string;
  /** Every writable field. */
  fields: Values;
  /** What the account shows of it beside those. */
  readOnly: Fields;
  /** It is several things in one, each with an entry of its own in a file: it is never changed. Their fields. */
  parts?: readonly Values[];
}

/** What was read of the account, by list; `null` is a list that nobody needed and that was not read. */
export type LiveState = Readonly<Record<string, readonly LiveEntry[] | null>>;

/** The names of the lists that are to be read. */
export type NeededLists = ReadonlySet<string>;
