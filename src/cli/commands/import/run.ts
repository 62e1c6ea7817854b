import { UserError } from '../../../model/errors.ts';
import { importStaff } from '../../../operations/import.ts';
import { EXIT, type ExitCode } from '../../exit-codes.ts';
import { difference } from '../../files/difference.ts';
import { readInto } from '../../files/read-into.ts';
import { readStaffList } from '../../files/read-staff-list.ts';
import { writeDocument } from '../../files/write-document.ts';
import { DEFAULT_FILES } from '../../options/global.ts';
import { takeColumns } from '../../options/staff-list.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import type { ImportFlags } from './definition.ts';
import { tellOfImport } from './tell-of-import.ts';

const STDIO = '-';

/** Brings a staff list into the files that `--into` names; with `--dry-run` only shows it. */
export async function runImport(flags: ImportFlags, terminal: Terminal): Promise<ExitCode> {
  const { into: named = [], dryRun, leavers } = flags;
  const columns = takeColumns(flags.column);
  // A lone dash was taken for a --file before.
  const staff = flags.staff ?? flags.file.find((path) => path === STDIO);
  if (staff === undefined) throw usage('say which staff list: a file with one person a line');
  if (named.length === 0) throw usage('say which file the people go into, with --into FILE');
  const { into, texts } = await readInto(named, flags.staff === undefined ? withoutStdin(flags) : flags.file);
  const list = await readStaffList(staff);
  const imported = importStaff({ texts, into, env: process.env, list, columns, leavers });
  const { files, refusal } = imported;
  for (const { name, before, after } of files)
    terminal.write(difference(name, before, after, terminal), 'text');
  if (!dryRun && refusal === null) {
    for (const { name, before, after } of files) {
      await writeDocument(name, after, { access: 'as-before', replaces: before });
    }
  }
  tellOfImport(imported, flags, terminal);
  if (refusal) throw refusal;
  return dryRun && files.length > 0 ? EXIT.differences : EXIT.done;
}

function withoutStdin({ file }: ImportFlags): readonly string[] {
  const others = file.filter((path) => path !== STDIO);
  return others.length > 0 ? others : DEFAULT_FILES;
}

function usage(message: string): UserError {
  return new UserError('usage', message, { hint: 'chaportctl import staff.csv --into chaport.yaml' });
}
