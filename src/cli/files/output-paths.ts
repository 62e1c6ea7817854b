import { constants, type Stats } from 'node:fs';
import { access, lstat, realpath, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from '../../model/errors.ts';
import { fileError } from './file-error.ts';

/** Devices that a document may go to; any other is a slip. */
const STREAMS = /^\/dev\/(?:stdout|stderr|null|fd\/\d+)$|^\/proc\/self\/fd\/\d+$/;

/** A file that a flag asks to be written. */
export interface Output {
  /** `--report`. */
  flag: string;
  path: string;
}

/**
 * Whether every document that is asked for can be written, and none in the place of what the run reads: asked
 * before there is something to lose.
 * @param inputs the paths of all that is read; what is none is passed over.
 * @throws {UserError} for the first that cannot.
 */
export async function checkOutputs(outputs: readonly Output[], inputs: readonly string[]): Promise<void> {
  const read = await Promise.all(inputs.map(identityOf));
  for (const { flag, path } of outputs) {
    await checkWritable(path);
    const identity = await identityOf(path);
    const at = identity === null ? -1 : read.indexOf(identity);
    if (at === -1) continue;
    throw new UserError('output-is-input', `${flag} ${path} is what this run reads, and would be lost`, {
      hint: `name another file for ${flag}`,
    });
  }
}

/** The same for the same file, whatever it is called; `null` where there is none, or none that could be lost. */
async function identityOf(path: string): Promise<string | null> {
  const found = await stat(path).catch(() => null);
  return found?.isFile() ? `${found.dev} ${found.ino}` : null;
}

/**
 * Makes sure that no older document is taken for the one that will be written.
 * @throws {UserError} when it cannot be taken away.
 */
export async function makeRoomFor(path: string): Promise<void> {
  try {
    const found = await lstat(path).catch(() => null);
    if (found?.isFile()) await rm(path, { force: true });
  } catch (error) {
    throw fileError('cannot-write', path, error);
  }
}

/**
 * Whether a document can be written there.
 * @throws {UserError} when it cannot.
 */
export async function checkWritable(path: string): Promise<void> {
  const found = await whatIsAt(path);
  if (found?.isDirectory()) throw fileError('cannot-write', path, { code: 'EISDIR' });
  const isStream = STREAMS.test(path) || found?.isFIFO() === true;
  if (found && !found.isFile() && !isStream) {
    throw new UserError('cannot-write', `${path} cannot be written: it is no ordinary file`, {
      hint: 'name a file, a pipe, /dev/stdout, /dev/stderr or /dev/null',
    });
  }
  if (isStream) return;
  try {
    if (found) await access(path, constants.W_OK);
    await access(dirname(found ? await realpath(path) : path), constants.W_OK);
  } catch (error) {
    throw fileError('cannot-write', path, error);
  }
}

async function whatIsAt(path: string): Promise<Stats | null> {
  try {
    return await stat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw fileError('cannot-write', path, error);
  }
}
