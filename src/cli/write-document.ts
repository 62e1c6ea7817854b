import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { fileError } from './file-error.ts';

const PRIVATE = 0o600;

/**
 * Writes a document that only its owner may read. Whoever reads the file finds the old one or
 * the new one, never a part.
 * @throws {UserError} when it cannot be written.
 */
export async function writeDocument(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeFile(temporary, text, { mode: PRIVATE, flag: 'wx' });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw fileError('cannot-write', path, error);
  }
}
