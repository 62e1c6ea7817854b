import { randomBytes } from 'node:crypto';
import { constants, writeFileSync } from 'node:fs';
import {
  chmod,
  copyFile,
  link,
  lstat,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../../model/errors.ts';
import { isMissing, streamAt } from '../terminal/streams.ts';
import { fileError } from './file-error.ts';

const PRIVATE = 0o600;
const PERMISSIONS = 0o7777;

export interface DocumentOptions {
  /**
   * Who may read it. `private` (the default): its owner alone. `ordinary`: as files of this user
   * usually are. `as-before`: as the file that it replaces.
   */
  access?: 'private' | 'ordinary' | 'as-before';
  /** `false`: a file that is there already stays as it is. Default `true`. */
  overwrite?: boolean;
  /** What was read of the file that is replaced: when it has become another one meanwhile, it stays. */
  replaces?: Uint8Array;
}

/**
 * Writes a document. Whoever reads the file finds the old one or the new one, never a part. A
 * symbolic link stays one: what it points at is replaced.
 * @throws {UserError} when it cannot be written; `file-exists` or `file-changed` when it must not be.
 */
export async function writeDocument(
  path: string,
  content: string | Uint8Array,
  { access: wanted = 'private', overwrite = true, replaces }: DocumentOptions = {},
): Promise<void> {
  const stream = streamAt(path);
  if (stream !== null && isMissing(stream)) throw fileError('cannot-write', path, { code: 'EBADF' });
  const target = await realpath(path).catch(() => path);
  if (await isDevice(target)) return writeInto(target, content);
  // A name of its own: with an ending, a long one could be too long.
  const temporary = join(dirname(target), `.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await writeFile(temporary, content, { flag: 'wx', ...(wanted === 'private' ? { mode: PRIVATE } : {}) });
    if (wanted === 'as-before') await chmod(temporary, (await stat(target)).mode & PERMISSIONS);
    if (replaces !== undefined) await checkUnchanged(path, replaces);
    if (overwrite) await rename(temporary, target);
    else await putWhereNothingIs(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    if (error instanceof UserError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' && !overwrite) throw fileExists(path);
    throw fileError('cannot-write', path, error);
  }
}

/** Somebody may have saved it since it was read. */
async function checkUnchanged(path: string, before: Uint8Array): Promise<void> {
  if (Buffer.compare(await readFile(path), before) === 0) return;
  throw new UserError('file-changed', `${path} was changed while this ran, so it was not written`, {
    hint: 'run the command again: it starts from the file as it is now',
  });
}

/** Such as `/dev/stdout`: a file may not be put in its place. */
async function isDevice(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found !== null && !found.isFile() && !found.isDirectory();
}

async function writeInto(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(path, content);
  } catch (error) {
    throw fileError('cannot-write', path, error);
  }
}

async function putWhereNothingIs(temporary: string, target: string): Promise<void> {
  try {
    await link(temporary, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error;
    // Some file systems have no links.
    await copyFile(temporary, target, constants.COPYFILE_EXCL);
  }
  await rm(temporary, { force: true });
}

/** @throws {UserError} `file-exists` when there is something at the path. */
export async function checkNothingThere(path: string, hint?: string): Promise<void> {
  const found = await lstat(path).catch(() => null);
  if (found) throw fileExists(path, hint);
}

function fileExists(path: string, hint = 'give --force to replace it, or name another file'): UserError {
  return new UserError('file-exists', `${path} is there already, and nothing was written`, {
    hint,
  });
}

/**
 * Writes a document when the process must end now, and nothing can be waited for.
 * @returns `false` where that failed.
 */
export function writeDocumentAtOnce(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { mode: PRIVATE });
    return true;
  } catch {
    return false;
  }
}
