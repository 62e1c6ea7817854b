import { parseStaffList, type StaffList, starterFile } from '../../../export/index.ts';
import { escapeForTerminal } from '../../../render/escape.ts';
import { EXIT, type ExitCode } from '../../exit-codes.ts';
import { checkWritable } from '../../files/output-paths.ts';
import { readStaffList } from '../../files/read-staff-list.ts';
import { writeSchemaBeside } from '../../files/schema-beside.ts';
import { checkNothingThere, writeDocument } from '../../files/write-document.ts';
import { DEFAULT_FILE, isDefaultFile } from '../../options/global.ts';
import { takeColumns } from '../../options/staff-list.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import type { FlagsOf } from '../definition.ts';
import type { INIT_OPTIONS } from './definition.ts';

type InitFlags = FlagsOf<typeof INIT_OPTIONS> & { path?: string };

const STDIO = '-';

/** Writes a starter file. */
export async function runInit(flags: InitFlags, terminal: Terminal): Promise<ExitCode> {
  const { force, org } = flags;
  const [named = DEFAULT_FILE] = isDefaultFile(flags.file) ? [] : flags.file;
  const path = flags.path ?? named;
  if (path !== STDIO) {
    if (!force) await checkNothingThere(path, hintOf(flags, path));
    await checkWritable(path);
  }
  const staff = await staffListOf(flags);
  const text = starterFile({ org, ...(staff ? { members: staff.members } : {}) });
  if (path === STDIO) terminal.write(text, 'file');
  else await writeDocument(path, text, { access: 'ordinary', overwrite: force });
  const schema = path === STDIO ? null : await writeSchemaBeside(path);
  if (schema !== null) terminal.inform(`Wrote ${escapeForTerminal(schema)}, for editors.\n`);
  tell(path, staff, text, terminal);
  return EXIT.done;
}

/** Next month's list is for the file of last month. */
function hintOf({ operators }: InitFlags, path: string): string | undefined {
  return operators === undefined
    ? undefined
    : `\`chaportctl import ${operators} --into ${path}\` brings the list into it; --force replaces it`;
}

/** All are new, so each needs a name. */
async function staffListOf({ operators, column }: InitFlags): Promise<StaffList | null> {
  const columns = takeColumns(column);
  if (operators === undefined) return null;
  const { name, bytes } = await readStaffList(operators);
  return parseStaffList(bytes, name, { columns, isKnown: () => false });
}

function tell(path: string, staff: StaffList | null, text: string, terminal: Terminal): void {
  const parts: string[] = [];
  if (staff?.notes.length) parts.push(`${staff.notes.map(escapeForTerminal).join('\n')}\n`);
  if (path !== STDIO) {
    const shown = escapeForTerminal(path);
    const file = path === DEFAULT_FILE ? '' : ` -f ${shown}`;
    const owner = /^ {2}owner:/m.test(text) ? 'Check' : 'Fill in';
    const people = staff === null ? '' : ` with ${staff.members.length} operators`;
    parts.push(`Wrote ${shown}${people}. Next:
  1. ${owner} account.owner in it: the owner's e-mail address.
  2. Set CHAPORT_TOKEN (Chaport, Settings → API). To try it without an account: chaportctl simulate
  3. chaportctl plan${file}
`);
    if (staff === null) {
      parts.push(
        `For an account that is in use, \`chaportctl export --out ${shown} --force\` writes what it holds.\n`,
      );
    }
  }
  terminal.inform(parts.join('\n'));
}
