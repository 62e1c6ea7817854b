import type * as z from 'zod';
import type { Fields } from '../../model/json.ts';
import type { LiveState } from '../../model/live.ts';
import type { Call } from '../http/call.ts';

/*
 * Each kind has one file here with every fact about it on the wire, graded as well as it is known.
 * A: the vendor's reference. B: seen in clients that work. C: inferred. D: assumed.
 */

/** The name of a list of the account. */
export type ListName = keyof LiveState;

/** What a list has in it. */
export type LiveEntry<Name extends ListName = ListName> = NonNullable<LiveState[Name]>[number];

/** A list that can be read. */
export interface WireList<Name extends ListName = ListName> {
  /** What it is called once it is read. */
  live: Name;
  /** The word for it in sentences. */
  word: string;
  path: string;
  entry: z.ZodType<LiveEntry<Name>>;
  /** Why an answer without an entry cannot be true, where it cannot. */
  neverEmpty?: string;
}

/** One kind as the API has it. */
export interface WireKind {
  /** `null`: it is read with the kind that it is part of. */
  list: WireList | null;
  /** The fields that an empty text empties. */
  clearable: readonly string[];
  /** @throws {TypeError} where the API cannot create one. */
  create(fields: Fields): Call;
  update(id: string, fields: Fields): Call;
  /** @throws {TypeError} where the API cannot delete one. */
  delete(id: string): Call;
}
