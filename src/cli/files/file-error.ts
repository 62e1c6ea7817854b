import { UserError } from '../../model/errors.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is a file, not a folder',
  ENOSPC: 'the disk is full',
  EROFS: 'the file system is read-only',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its symbolic links lead round in a circle',
  EBADF: 'it is closed',
  EFBIG: 'it would be larger than files may be here',
  EPIPE: 'nobody reads it any more',
  EIO: 'the device does not answer',
};

/** Why a file could not be read or written, in words. */
export function fileError(
  code: 'cannot-read' | 'cannot-write' | 'no-token',
  what: string,
  error: unknown,
): UserError {
  const verb = code === 'cannot-write' ? 'written' : 'read';
  const errno = (error as NodeJS.ErrnoException | null)?.code ?? '';
  const reason = REASONS[errno] ?? (error instanceof Error ? error.message : String(error));
  return new UserError(code, `${what} cannot be ${verb}: ${reason}`, { cause: error });
}
