import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { readConfigTexts, readNamedTexts } from '../../../config/index.ts';
import type { Adopted } from '../../../export/index.ts';
import { UserError } from '../../../model/errors.ts';
import { sectionsOfFile } from '../../../model/kinds/index.ts';
import { adopt } from '../../../operations/export.ts';
import { escapeForTerminal } from '../../../render/escape.ts';
import { layoutFor } from '../../../render/text/style.ts';
import { EXIT, type ExitCode } from '../../exit-codes.ts';
import { writeDocument } from '../../files/write-document.ts';
import { HAS_NAMED_FILES, isDefaultFile } from '../../options/global.ts';
import { readStdin, type Terminal } from '../../terminal/terminal.ts';
import type { ExportFlags } from './definition.ts';
import { readLive } from './read-live.ts';
import { describeLeftOut, describeSecrets } from './tell-of-export.ts';

const CONTEXT_LINES = 3;

/** Adds what is live but unmanaged to the files that `--into` names; with `--dry-run` only shows it. */
export async function adoptIntoFiles(flags: ExportFlags, terminal: Terminal): Promise<ExitCode> {
  const named = [...(flags.into ?? []), ...(flags.paths ?? [])];
  if (named.includes('-')) {
    throw new UserError('usage', '--into takes files, not standard input', { hint: 'name a file' });
  }
  const io = { cwd: process.cwd(), readStdin, env: process.env };
  const into = await readNamedTexts(named, io);
  const texts = await readConfigTexts([...named, ...otherFiles(flags)], io);
  const adopted = adopt(await readLive(flags, terminal), {
    texts,
    into: into.map(({ name }) => name),
    env: process.env,
    revealSecrets: flags.revealSecrets,
    kinds: flags.kind,
  });
  for (const { name, before, after } of adopted.files) {
    if (flags.dryRun) terminal.write(difference(name, before, after, terminal), 'text');
    else await writeDocument(name, after, { access: 'as-before', replaces: before });
  }
  tell(adopted, flags, terminal);
  return EXIT.done;
}

/** The rest of the configuration, where it is named: what merely lies beside the files is not read. */
function otherFiles({ file }: ExportFlags): readonly string[] {
  return isDefaultFile(file) && !HAS_NAMED_FILES ? [] : file;
}

/** A unified diff; on a terminal it is escaped and coloured. */
function difference(name: string, before: Uint8Array, after: Uint8Array, terminal: Terminal): string {
  const text = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const patch = createTwoFilesPatch(name, name, text(before), text(after), undefined, undefined, {
    context: CONTEXT_LINES,
    headerOptions: FILE_HEADERS_ONLY,
  });
  if (!process.stdout.isTTY) return patch;
  const { styles } = layoutFor(terminal.textOptions());
  return patch
    .split('\n')
    .map((line) => {
      const shown = escapeForTerminal(line.replace(/\r$/, ''));
      if (/^(?:---|\+\+\+|@@)/.test(line)) return styles.quiet(shown);
      return line.startsWith('+') ? styles.good(shown) : line.startsWith('-') ? styles.error(shown) : shown;
    })
    .join('\n');
}

function tell({ files, added, secrets, leftOut }: Adopted, flags: ExportFlags, terminal: Terminal): void {
  const parts: string[] = [];
  const counts = sectionsOfFile()
    .map(({ kind, section }) => ({ number: added[section.name] ?? 0, noun: kind.noun }))
    .flatMap(({ number, noun }) => (number === 0 ? [] : `${number} ${number === 1 ? noun.one : noun.many}`))
    .join(' and ');
  const names = files.map(({ name }) => escapeForTerminal(name)).join(', ');
  if (files.length === 0) parts.push('Nothing to add: the files have everything that they can have.\n');
  else if (flags.dryRun) parts.push(`This would add ${counts} to ${names}. Nothing was written.\n`);
  else parts.push(`Added ${counts} to ${names}.\n`);
  if (leftOut.length > 0) parts.push(describeLeftOut(leftOut));
  if (secrets.length > 0) parts.push(describeSecrets(secrets));
  terminal.inform(parts.join('\n'));
}
