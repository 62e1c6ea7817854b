import { open } from 'node:fs/promises';
import { fileError } from './file-error.ts';

const CHUNK = 64 * 1024;

/**
 * A file's bytes, as long as there are not more than `most` of them: a device may never end.
 * @param what how complaints name it.
 * @throws {UserError} when it cannot be read, or is larger.
 */
export async function readUpTo(
  path: string,
  most: number,
  what: { code: 'cannot-read' | 'no-token'; name: string },
): Promise<Buffer> {
  try {
    const handle = await open(path);
    try {
      const chunks: Buffer[] = [];
      let size = 0;
      while (size <= most) {
        const chunk = Buffer.allocUnsafe(Math.min(CHUNK, most + 1 - size));
        const { bytesRead } = await handle.read(chunk);
        if (bytesRead === 0) return Buffer.concat(chunks);
        chunks.push(chunk.subarray(0, bytesRead));
        size += bytesRead;
      }
      throw new Error(`it has more than ${most} bytes`);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw fileError(what.code, what.name, error);
  }
}
