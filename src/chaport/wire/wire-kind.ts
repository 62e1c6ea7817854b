import type * as z from 'zod';
import type { Fields } from '../../model/json.ts';
import type { LiveEntry } from '../../model/live.ts';
import type { Call } from '../http/call.ts';

/*
 * Each kind has one file here with what rests on facts about it on the wire: `Facts:` names them, and
 * `chaport/facts` says how well each is known.
 */

/** A list that can be read. */
export interface WireList<Entry extends LiveEntry = LiveEntry> {
  /** What it is called once it is read. */
  live: string;
  /** The word for it in sentences. */
  word: string;
  path: string;
  entry: z.ZodType<Entry>;
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
