import { realOf, type Text } from '../../../model/text.ts';
import type { ImportedStaff } from '../../../operations/import.ts';
import { escapeForTerminal } from '../../../render/escape.ts';
import { count } from '../../../render/wording.ts';
import { describeRewritten } from '../../files/rewritten.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import type { ImportFlags } from './definition.ts';

const PEOPLE = { one: 'person', many: 'people' };

/** What was done, what was not, and who is no longer in the list. */
export function tellOfImport(
  imported: ImportedStaff,
  { dryRun, leavers: mode }: ImportFlags,
  terminal: Terminal,
): void {
  const { files, joiners, changed, leavers, leaving, returned, notes, refusal } = imported;
  const parts: string[] = [];
  if (notes.length > 0) parts.push(`${notes.map(escapeForTerminal).join('\n')}\n`);
  const names = files.map(({ name }) => escapeForTerminal(name)).join(', ');
  const done = [
    ...(joiners.length > 0 ? [`${dryRun ? 'add' : 'added'} ${count(joiners.length, PEOPLE)}`] : []),
    ...(changed.length > 0 ? [`${dryRun ? 'change' : 'changed'} ${count(changed.length, PEOPLE)}`] : []),
    ...(leaving.length > 0
      ? [`${dryRun ? 'mark' : 'marked'} ${count(leaving.length, PEOPLE)} \`state: absent\``]
      : []),
  ].join(', ');
  if (refusal === null && files.length === 0)
    parts.push('Nothing to do: the files say what the list says.\n');
  else if (refusal === null && dryRun) parts.push(`This would ${done}: ${names}. Nothing was written.\n`);
  else if (refusal === null) parts.push(`${done.charAt(0).toUpperCase()}${done.slice(1)}: ${names}.\n`);
  parts.push(...describeRewritten(files, dryRun));
  if (returned.length > 0) {
    parts.push(
      `In the list again, and \`state: absent\` in the files, so an apply deletes them. Take that line away for whom it is wrong:\n${lines(returned.map(person))}`,
    );
  }
  if (leavers.length > 0) {
    const who = leavers.map(({ person: one, stays }) => person(one) + (stays === null ? '' : ` (${stays})`));
    const advice =
      mode === 'absent' || leavers.every(({ stays }) => stays !== null)
        ? ''
        : 'They stay as they are. --leavers absent marks them `state: absent`; an apply then deletes them for good.\n';
    parts.push(`No longer in the list:\n${lines(who)}${advice}`);
  }
  terminal.inform(parts.join('\n'));
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `  ${text}\n`).join('');
}

function person({ email, name }: { email: Text; name?: Text }): string {
  const address = escapeForTerminal(realOf(email));
  return name === undefined ? address : `${escapeForTerminal(realOf(name))} <${address}>`;
}
