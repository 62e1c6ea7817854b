import { formatConfigText, type MendedSlip, mendConfigText } from '../../../config/format/index.ts';
import { type ConfigText, readNamedTexts } from '../../../config/index.ts';
import { DiagnosticsError } from '../../../model/errors.ts';
import type { Diagnostic } from '../../../model/source.ts';
import { escapeForTerminal } from '../../../render/escape.ts';
import { EXIT, type ExitCode } from '../../exit-codes.ts';
import { writeDocument } from '../../files/write-document.ts';
import { isDefaultFile } from '../../options/global.ts';
import { readStdin, type Terminal } from '../../terminal/terminal.ts';
import type { FlagsOf } from '../definition.ts';
import type { FMT_OPTIONS } from './definition.ts';

type FmtFlags = FlagsOf<typeof FMT_OPTIONS> & { paths?: string[] };

const STDIN = '-';

/** Rewrites files in canonical form. A file that has it already is not touched, and none is when one cannot be read. */
export async function runFmt(flags: FmtFlags, terminal: Terminal): Promise<ExitCode> {
  const texts = await readNamedTexts(namedPaths(flags), { cwd: process.cwd(), readStdin });
  const mended = texts.map((file) => (flags.fix ? mendConfigText(file) : { ...file, slips: [] }));
  for (const { slips } of mended) for (const slip of slips) terminal.inform(describeSlip(slip));
  const formatted = formatAll(mended);
  const original = new Map(texts.map(({ name, bytes }) => [name, bytes]));
  const written = formatted.map(({ name, text }) => ({
    name,
    text,
    bytes: original.get(name) ?? new Uint8Array(),
  }));
  const changed = written.filter(({ bytes, text }) => !isSame(bytes, text));
  for (const { name, text } of flags.check ? [] : formatted) {
    if (name === STDIN) terminal.write(text, 'file');
  }
  for (const { name, bytes, text } of changed) {
    if (name === STDIN && !flags.check) continue;
    if (!flags.check) await writeDocument(name, text, { access: 'as-before', replaces: bytes });
    terminal.write(`${escapeForTerminal(name === STDIN ? '<stdin>' : name)}\n`, 'text');
  }
  return flags.check && changed.length > 0 ? EXIT.differences : EXIT.done;
}

/** What was wrong, and the line before and after. */
function describeSlip({ diagnostic: { source, message }, before, after }: MendedSlip): string {
  const place = source ? `${source.file}:${source.line}:${source.column}: ` : '';
  return `${escapeForTerminal(place)}${escapeForTerminal(message)}
  - ${escapeForTerminal(before)}
  + ${escapeForTerminal(after)}
`;
}

function namedPaths({ file, paths = [] }: FmtFlags): readonly string[] {
  if (paths.length === 0) return file;
  return isDefaultFile(file) ? paths : [...file, ...paths];
}

/** @throws {DiagnosticsError} with what is wrong in all files. */
function formatAll(texts: readonly ConfigText[]): (ConfigText & { text: string })[] {
  const diagnostics: Diagnostic[] = [];
  const formatted = texts.flatMap((file) => {
    try {
      return { ...file, text: formatConfigText(file) };
    } catch (error) {
      if (!(error instanceof DiagnosticsError)) throw error;
      diagnostics.push(...error.diagnostics);
      return [];
    }
  });
  if (diagnostics.length > 0) throw new DiagnosticsError(diagnostics);
  return formatted;
}

function isSame(bytes: Uint8Array, text: string): boolean {
  return Buffer.compare(bytes, Buffer.from(text)) === 0;
}
