import { open, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { DiagnosticsError } from '../../model/errors.ts';
import type { Diagnostic } from '../../model/source.ts';
import type { ConfigText } from './config-text.ts';
import { MAX_BYTES } from './decode.ts';
import { STDIN } from './source-file.ts';

export interface ReadIo {
  /** What paths are relative to. */
  cwd: string;
  readStdin: () => Promise<Uint8Array>;
}

/**
 * Reads what `--file` names: files, folders of `*.yaml` and `*.yml`, and `-` for standard input.
 * The same file given twice is read once; a folder's files come in code-point order.
 * @throws {DiagnosticsError} with every path that cannot be read.
 */
export async function readConfigTexts(paths: readonly string[], io: ReadIo): Promise<ConfigText[]> {
  const { texts, problems } = await readWhatCanBeRead(paths, io);
  if (problems.length > 0) throw new DiagnosticsError(problems);
  return texts;
}

/** As `readConfigTexts`, but with the texts that could be read beside the problems of the others. */
export async function readWhatCanBeRead(
  paths: readonly string[],
  io: ReadIo,
): Promise<{ texts: ConfigText[]; problems: Diagnostic[] }> {
  const problems: Diagnostic[] = [];
  const texts = new Map<string, ConfigText>();
  for (const given of paths) {
    for (const file of await filesNamedBy(given, io.cwd, problems)) {
      const name = file === STDIN ? STDIN : shownName(file, io.cwd);
      try {
        const identity = file === STDIN ? STDIN : await realpath(file);
        if (texts.has(identity)) continue;
        const bytes = file === STDIN ? await io.readStdin() : await readUpToLimit(file);
        texts.set(identity, { name, bytes });
      } catch (error) {
        problems.push(problemWith(name, error));
      }
    }
  }
  return { texts: [...texts.values()], problems };
}

/** Absolute paths of the files, or `-`; none after a problem. */
async function filesNamedBy(given: string, cwd: string, problems: Diagnostic[]): Promise<string[]> {
  if (given === STDIN) return [STDIN];
  const absolute = path.resolve(cwd, given);
  try {
    if (!(await stat(absolute)).isDirectory()) return [absolute];
    const { files, others } = await filesOfFolder(absolute);
    for (const other of others) problems.push(problemWithPipe(shownName(other, cwd)));
    if (files.length + others.length > 0) return files;
  } catch (error) {
    problems.push(problemWith(shownName(absolute, cwd), error));
    return [];
  }
  problems.push({
    severity: 'error',
    code: 'no-yaml-files',
    message: `the folder ${shownName(absolute, cwd)} has no *.yaml or *.yml files`,
    hint: 'name the folder that holds them; folders inside it are not searched',
  });
  return [];
}

/**
 * Hidden files and folders inside are passed by, as a shell's `*.yaml` does. `others` are pipes and the like:
 * nobody wrote their names on purpose, and reading one may never end.
 */
async function filesOfFolder(folder: string): Promise<{ files: string[]; others: string[] }> {
  const names = (await readdir(folder)).filter((name) => /^[^.].*\.ya?ml$/s.test(name));
  // The order of UTF-8 bytes is the order of code points.
  names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const files: string[] = [];
  const others: string[] = [];
  for (const name of names) {
    const file = path.join(folder, name);
    const found = await stat(file).catch(() => null);
    // What is not to be found is complained of when it is read.
    if (found === null || found.isFile()) files.push(file);
    else if (!found.isDirectory()) others.push(file);
  }
  return { files, others };
}

function problemWithPipe(name: string): Diagnostic {
  return {
    severity: 'error',
    code: 'unreadable-file',
    message: `${name} is no file but a pipe or device, which is not read as a part of its folder`,
    hint: 'take it out of the folder, or name it with a --file of its own',
  };
}

/** A configuration is mostly read at once, a large one in a few steps. */
const CHUNK = 64 * 1024;

/** One byte more than is allowed is enough to complain; a device or pipe may never end. */
async function readUpToLimit(file: string): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const chunks: Buffer[] = [];
    for (let size = 0; size <= MAX_BYTES; ) {
      const chunk = Buffer.allocUnsafe(Math.min(CHUNK, MAX_BYTES + 1 - size));
      const { bytesRead } = await handle.read(chunk);
      if (bytesRead === 0) break;
      chunks.push(chunk.subarray(0, bytesRead));
      size += bytesRead;
    }
    return Buffer.concat(chunks);
  } finally {
    await handle.close();
  }
}

function shownName(absolute: string, cwd: string): string {
  return path.relative(cwd, absolute).split(path.sep).join('/') || '.';
}

function problemWith(name: string, error: unknown): Diagnostic {
  const reason = (error as NodeJS.ErrnoException | null)?.code ?? '';
  if (reason === 'ENOENT') {
    return {
      severity: 'error',
      code: 'missing-file',
      message: `there is no file ${name}`,
      hint: 'name the file with --file, or write a first one with `chaportctl init`',
    };
  }
  const shown = name === STDIN ? 'standard input' : name;
  const why = REASONS[reason] ?? (error instanceof Error ? error.message : String(error));
  return {
    severity: 'error',
    code: 'unreadable-file',
    message: `${shown} cannot be read: ${why}`,
    hint: 'check the path and its permissions',
  };
}

const REASONS: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'its symbolic links lead round in a circle',
  ENOTDIR: 'a part of its path is a file, not a folder',
  ENAMETOOLONG: 'the name is too long',
  EISDIR: 'it is a folder',
};
