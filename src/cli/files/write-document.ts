import { randomBytes } from 'node:crypto';
import { constants, writeFileSync } from 'node:fs';
import {
  access,
  chmod,
  copyFile,
  link,
  lstat,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from '../../model/errors.ts';
import { fileError } from './file-error.ts';

const PRIVATE = 0o600;
const PERMISSIONS = 0o7777;

export interface WriteOptions {
  /**
   * Who may read it. `private` (the default): its owner alone. `ordinary`: as files of this user
   * usually are. `as-before`: as the file that it replaces.
   */
  access?: 'private' | 'ordinary' | 'as-before';
  /** `false`: a file that is there already stays as it is. Default `true`. */
  overwrite?: boolean;
}

/**
 * Writes a document. Whoever reads the file finds the old one or the new one, never a part. A
 * symbolic link stays one: what it points at is replaced.
 * @throws {UserError} when it cannot be written; `file-exists` when it must not be.
 */
export async function writeDocument(
  path: string,
  content: string | Uint8Array,
  { access: wanted = 'private', overwrite = true }: WriteOptions = {},
): Promise<void> {
  const target = await realpath(path).catch(() => path);
  if (await isDevice(target)) return writeInto(target, content);
  const temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeFile(temporary, content, { flag: 'wx', ...(wanted === 'private' ? { mode: PRIVATE } : {}) });
    if (wanted === 'as-before') await chmod(temporary, (await stat(target)).mode & PERMISSIONS);
    if (overwrite) await rename(temporary, target);
    else await putWhereNothingIs(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' && !overwrite) throw fileExists(path);
    throw fileError('cannot-write', path, error);
  }
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
export async function checkNothingThere(path: string): Promise<void> {
  const found = await lstat(path).catch(() => null);
  if (found) throw fileExists(path);
}

function fileExists(path: string): UserError {
  return new UserError('file-exists', `${path} is there already, and nothing was written`, {
    hint: 'give --force to replace it, or name another file',
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

/**
 * Makes sure that a document can be written there, and that no older one is taken for it.
 * @throws {UserError} when it cannot.
 */
export async function makeRoomFor(path: string): Promise<void> {
  await checkWritable(path);
  try {
    const found = await lstat(path).catch(() => null);
    if (found?.isFile()) await rm(path, { force: true });
  } catch (error) {
    throw fileError('cannot-write', path, error);
  }
}

/**
 * Whether a document can be written there: asked before there is something to lose.
 * @throws {UserError} when it cannot.
 */
export async function checkWritable(path: string): Promise<void> {
  try {
    const found = await stat(path).catch(() => null);
    if (found?.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
    await access(dirname(path), constants.W_OK);
  } catch (error) {
    throw fileError('cannot-write', path, error);
  }
}
