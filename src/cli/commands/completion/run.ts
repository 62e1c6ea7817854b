import path from 'node:path';
import { UserError } from '../../../model/errors.ts';
import { EXIT, type ExitCode } from '../../exit-codes.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import type { FlagsOf } from '../definition.ts';
import { DEFINITIONS } from '../definitions.ts';
import { bashScript } from './bash.ts';
import { SHELLS } from './definition.ts';
import { fishScript } from './fish.ts';
import { commandTable } from './table.ts';
import { zshScript } from './zsh.ts';

type Shell = (typeof SHELLS)[number];
const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** Prints the script for a shell. */
export async function runCompletion(
  flags: FlagsOf<Record<never, never>> & { shell?: Shell },
  terminal: Terminal,
): Promise<ExitCode> {
  const shell = flags.shell ?? shellOfUser();
  terminal.write(SCRIPTS[shell](commandTable(DEFINITIONS)), 'file');
  return EXIT.done;
}

function shellOfUser(): Shell {
  const name = path.basename(process.env.SHELL ?? '');
  const shell = SHELLS.find((known) => known === name);
  if (shell) return shell;
  const found = name === '' ? '$SHELL is not set' : `$SHELL is ${name}`;
  throw new UserError('unknown-shell', `say which shell the script is for: ${found}`, {
    hint: `chaportctl completion ${SHELLS.join('|')}`,
  });
}
