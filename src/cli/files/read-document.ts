import { readFile } from 'node:fs/promises';
import { fileError } from './file-error.ts';

/** The text of a saved plan or report. @throws {UserError} when there is none to read. */
export async function readDocument(path: string, what: 'plan' | 'report'): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw fileError('cannot-read', `the ${what} ${path}`, error);
  }
}
