import * as z from 'zod';
import { id } from '../wire/values.ts';

/** What the API answers that is of no one kind. */

/** Facts: token-check. Its body is opaque. */
export const TOKEN_CHECK_PATH = '/me.json';

export interface ListPage {
  result: unknown[];
  /** Where the list goes on. Facts: list-pages. */
  next: string | null;
  /** Entries of the whole list, where the answer says so. */
  total: number | null;
}

const wrappedList = z.object({
  result: z.array(z.unknown()),
  links: z
    .object({ next: z.string().nullish() })
    .nullish()
    // Links of another form than an object cannot hold a next one.
    .or(z.array(z.unknown()).transform(() => null)),
  total: z.unknown().optional(),
});

/** `null`: the answer is no list. Wrapped or bare. Facts: list-shape. */
export function parseListPage(json: unknown): ListPage | null {
  if (Array.isArray(json)) return { result: json, next: null, total: null };
  const parsed = wrappedList.safeParse(json);
  if (!parsed.success) return null;
  const { result, links, total } = parsed.data;
  return { result, next: links?.next || null, total: typeof total === 'number' ? total : null };
}

const createAnswer = z.union([
  z.object({ result: z.object({ id }) }).transform((answer) => answer.result.id),
  z.object({ id }).transform((answer) => answer.id),
]);

/** The id that a create answers with, in either place; `null` where it is in neither. Facts: create-answer. */
export function idOfCreated(json: unknown): string | null {
  const parsed = createAnswer.safeParse(json);
  return parsed.success ? parsed.data : null;
}
