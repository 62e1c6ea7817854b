import type { Adopted } from '../../../export/index.ts';
import { sectionsOfFile } from '../../../model/kinds/index.ts';
import { adopt } from '../../../operations/export.ts';
import { escapeForTerminal } from '../../../render/escape.ts';
import { EXIT, type ExitCode } from '../../exit-codes.ts';
import { difference } from '../../files/difference.ts';
import { readInto } from '../../files/read-into.ts';
import { describeRewritten } from '../../files/rewritten.ts';
import { writeDocument } from '../../files/write-document.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import type { ExportFlags } from './definition.ts';
import { readLive } from './read-live.ts';
import { writeSecretsFile } from './secrets-file.ts';
import { describeLeftOut, describeSecrets } from './tell-of-export.ts';

/** Adds what is live but unmanaged to the files that `--into` names; with `--dry-run` only shows it. */
export async function adoptIntoFiles(flags: ExportFlags, terminal: Terminal): Promise<ExitCode> {
  const { into, texts } = await readInto([...(flags.into ?? []), ...(flags.paths ?? [])], flags.file);
  const adopted = adopt(await readLive(flags, terminal), {
    texts,
    into,
    env: process.env,
    revealSecrets: flags.revealSecrets,
    kinds: flags.kind,
  });
  if (!flags.dryRun) await writeSecretsFile(adopted.secrets, flags);
  for (const { name, before, after } of adopted.files) {
    if (flags.dryRun) terminal.write(difference(name, before, after, terminal), 'text');
    else await writeDocument(name, after, { access: 'as-before', replaces: before });
  }
  tell(adopted, flags, terminal);
  return EXIT.done;
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
  parts.push(...describeRewritten(files, flags.dryRun));
  if (leftOut.length > 0) parts.push(describeLeftOut(leftOut));
  if (secrets.length > 0) parts.push(describeSecrets(secrets, flags.dryRun ? undefined : flags.secretsFile));
  terminal.inform(parts.join('\n'));
}
