import { readUpTo } from './read-up-to.ts';

/** Far more than any plan or report has. */
const LARGEST_DOCUMENT = 256 * 1024 * 1024;

/** The text of a saved plan, report or evidence. @throws {UserError} when there is none to read. */
export async function readDocument(
  path: string,
  what: 'plan' | 'report' | 'plan or report' | 'evidence',
): Promise<string> {
  const bytes = await readUpTo(path, LARGEST_DOCUMENT, { code: 'cannot-read', name: `the ${what} ${path}` });
  return bytes.toString('utf8');
}
