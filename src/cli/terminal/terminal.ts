import { addAbortSignal } from 'node:stream';
import { UserError } from '../../model/errors.ts';
import { holdBackCommands, type PrintedAs } from '../../render/runner-commands.ts';
import type { TextOptions } from '../../render/text/style.ts';

export interface TerminalFlags {
  color: boolean | undefined;
  verbose: boolean;
  quiet: boolean;
}

const NARROWEST = 40;
const WIDEST = 120;
const WITHOUT_TERMINAL = 80;

/** The process's three streams: results go to stdout, everything else to stderr. */
export class Terminal {
  readonly verbose: boolean;
  readonly quiet: boolean;
  readonly #color: boolean | undefined;
  #liveLine = false;

  constructor(flags: TerminalFlags) {
    this.verbose = flags.verbose;
    this.quiet = flags.quiet;
    this.#color = flags.color;
  }

  get canAsk(): boolean {
    return process.stdin.isTTY === true && process.stderr.isTTY === true;
  }

  /** How text for a stream is laid out. */
  textOptions(stream: 'stdout' | 'stderr' = 'stdout'): TextOptions {
    const { isTTY, columns, rows } = process[stream];
    const width = isTTY ? Math.min(WIDEST, Math.max(NARROWEST, columns)) : WITHOUT_TERMINAL;
    return { color: this.#usesColor(isTTY), width, rows: isTTY ? rows : undefined, verbose: this.verbose };
  }

  /** A result. */
  write(text: string, as: PrintedAs): void {
    this.clearLiveLine();
    process.stdout.write(isOnRunner() ? holdBackCommands(text, as) : text);
  }

  /** An error or a warning; also with `--quiet`. */
  complain(text: string): void {
    this.clearLiveLine();
    process.stderr.write(isOnRunner() ? holdBackCommands(text, 'text') : text);
  }

  /** Progress and advice. */
  inform(text: string): void {
    if (!this.quiet) this.complain(text);
  }

  /** On a terminal: one line that the next output replaces. It is made for the width that is left. */
  showLiveLine(prefix: string, line: (options: TextOptions) => string): void {
    if (this.quiet || !process.stderr.isTTY) return;
    this.clearLiveLine();
    const options = this.textOptions('stderr');
    process.stderr.write(prefix + line({ ...options, width: options.width - prefix.length - 1 }));
    this.#liveLine = true;
  }

  clearLiveLine(): void {
    if (this.#liveLine) process.stderr.write('\r\u001b[K');
    this.#liveLine = false;
  }

  #usesColor(isTTY: boolean): boolean {
    if (this.#color !== undefined) return this.#color;
    const { NO_COLOR, TERM } = process.env;
    return isTTY && (NO_COLOR === undefined || NO_COLOR === '') && TERM !== 'dumb';
  }
}

/** Whether a runner reads along and obeys what looks like its commands. */
function isOnRunner(): boolean {
  return ['GITHUB_ACTIONS', 'GITLAB_CI', 'CI'].some((name) => process.env[name]);
}

/** @throws {UserError} when it is stopped before the input ends. */
export async function readStdin(stop?: AbortSignal): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stop ? addAbortSignal(stop, process.stdin) : process.stdin)
      chunks.push(chunk as Buffer);
  } catch (error) {
    if (stop?.aborted) throw new UserError('interrupted', 'interrupted, and nothing was changed');
    throw error;
  }
  return Buffer.concat(chunks);
}
