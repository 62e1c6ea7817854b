import { open, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { DiagnosticsError } from '../../model/errors.ts';
import type { Diagnostic } from '../../model/source.ts';
import { writtenIncludes } from '../include/written-includes.ts';
import type { Environment } from '../values/reference.ts';
import type { ConfigText, IncludedTexts } from './config-text.ts';
import { MAX_BYTES } from './decode.ts';
import { STDIN } from './source-file.ts';

export interface ReadIo {
  /** What paths are relative to. */
  cwd: string;
  readStdin: () => Promise<Uint8Array>;
  /** Where `${env:NAME}` in the paths under `include` takes its values from. Default: none is set. */
  env?: Environment;
}

/** What could be read, and why the rest of what was named could not. */
export interface ReadTexts {
  texts: ConfigText[];
  problems: Diagnostic[];
}

/**
 * Reads what `--file` names: files, folders of `*.yaml` and `*.yml`, and `-` for standard input, and what
 * those include. The same file is read once; a folder's files come in code-point order.
 * @throws {DiagnosticsError} with every named path that cannot be read.
 */
export async function readConfigTexts(paths: readonly string[], io: ReadIo): Promise<ConfigText[]> {
  return textsOrThrow(await readWhatCanBeRead(paths, io));
}

/** As `readConfigTexts`, but without what the files include: each is looked at by itself. */
export async function readNamedTexts(paths: readonly string[], io: ReadIo): Promise<ConfigText[]> {
  return textsOrThrow(await new Reading(io).named(paths));
}

/** As `readConfigTexts`, but with the texts that could be read beside the problems of the others. */
export async function readWhatCanBeRead(paths: readonly string[], io: ReadIo): Promise<ReadTexts> {
  const reading = new Reading(io);
  await reading.named(paths);
  return reading.included();
}

function textsOrThrow({ texts, problems }: ReadTexts): ConfigText[] {
  if (problems.length > 0) throw new DiagnosticsError(problems);
  return texts;
}

/** What was read so far, each file once, by its real path. */
class Reading {
  readonly #io: ReadIo;
  readonly #texts = new Map<string, ConfigText>();
  readonly #problems: Diagnostic[] = [];

  constructor(io: ReadIo) {
    this.#io = io;
  }

  async named(paths: readonly string[]): Promise<ReadTexts> {
    for (const given of paths) {
      const found = await filesNamedBy(given, this.#io.cwd);
      this.#problems.push(...found.problems);
      for (const file of found.files) {
        const { problem } = await this.#read(file, this.#io.cwd);
        if (problem) this.#problems.push(problem);
      }
    }
    return this.#result();
  }

  /** Follows the includes of all texts, and of those that they lead to: the map grows while it is walked. */
  async included(): Promise<ReadTexts> {
    const cwd = await realpath(this.#io.cwd).catch(() => this.#io.cwd);
    for (const [identity, text] of this.#texts) {
      const written = writtenIncludes(text, this.#io.env ?? {});
      if (written.length === 0) continue;
      // Of a link the place that it leads to: so it means the same by whatever name it is reached.
      const folder = identity === STDIN ? cwd : path.dirname(identity);
      const includes: IncludedTexts[] = [];
      for (const item of written) {
        includes.push(typeof item === 'string' ? await this.#include(item, folder, cwd) : { problem: item });
      }
      this.#texts.set(identity, { ...text, includes });
    }
    return this.#result();
  }

  async #include(item: string, folder: string, cwd: string): Promise<IncludedTexts> {
    const { files, problems } = await filesNamedBy(path.resolve(folder, item), cwd);
    const names: string[] = [];
    for (const file of files) {
      const { name, problem } = await this.#read(file, cwd);
      if (problem) problems.push(problem);
      else names.push(name);
    }
    const [problem] = problems;
    if (!problem) return { names };
    const { code, message } = problem;
    return { problem: { code, message, hint: INCLUDE_HINTS[code] ?? 'check the path and its permissions' } };
  }

  /** The name of the text, which may be one that another path led to. */
  async #read(file: string, cwd: string): Promise<{ name: string; problem?: Diagnostic }> {
    const name = file === STDIN ? STDIN : shownName(file, cwd);
    try {
      const identity = file === STDIN ? STDIN : await realpath(file);
      const known = this.#texts.get(identity);
      if (known) return { name: known.name };
      const bytes = file === STDIN ? await this.#io.readStdin() : await readUpToLimit(file);
      this.#texts.set(identity, { name, bytes });
      return { name };
    } catch (error) {
      return { name, problem: problemWith(name, error) };
    }
  }

  #result(): ReadTexts {
    return { texts: [...this.#texts.values()], problems: this.#problems };
  }
}

const INCLUDE_HINTS: Readonly<Record<string, string>> = {
  'missing-file':
    'paths are relative to the file that includes them; patterns such as *.yaml are not filled in',
  'no-yaml-files': 'name the folder that holds them; folders inside it are not searched',
};

/** Absolute paths of the files, or `-`, and why there are none or not all. */
async function filesNamedBy(
  given: string,
  cwd: string,
): Promise<{ files: string[]; problems: Diagnostic[] }> {
  if (given === STDIN) return { files: [STDIN], problems: [] };
  const absolute = path.resolve(cwd, given);
  try {
    if (!(await stat(absolute)).isDirectory()) return { files: [absolute], problems: [] };
    const { files, others } = await filesOfFolder(absolute);
    const problems = others.map((other) => problemWithPipe(shownName(other, cwd)));
    if (files.length + others.length > 0) return { files, problems };
  } catch (error) {
    return { files: [], problems: [problemWith(shownName(absolute, cwd), error)] };
  }
  const problem: Diagnostic = {
    severity: 'error',
    code: 'no-yaml-files',
    message: `the folder ${shownName(absolute, cwd)} has no *.yaml or *.yml files`,
    hint: 'name the folder that holds them; folders inside it are not searched',
  };
  return { files: [], problems: [problem] };
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
