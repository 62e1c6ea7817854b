import { readFile } from 'node:fs/promises';
import { readStdin } from '../terminal/terminal.ts';
import { fileError } from './file-error.ts';

const STDIO = '-';

/** @throws {UserError} when it cannot be read. */
export async function readStaffList(path: string): Promise<{ name: string; bytes: Uint8Array }> {
  try {
    const bytes = path === STDIO ? await readStdin() : await readFile(path);
    return { name: path === STDIO ? '<stdin>' : path, bytes };
  } catch (error) {
    throw fileError('cannot-read', `the staff list ${path}`, error);
  }
}
