import path from 'node:path';
import createYargs from 'yargs';
import { UserError } from '../../../model/errors.ts';
import { EXIT, type ExitCode } from '../../exit-codes.ts';
import type { FlagsOf } from '../definition.ts';
import { SHELLS } from './definition.ts';

type Shell = (typeof SHELLS)[number];

/** Prints the script of yargs for a shell; it asks the program itself what may follow. */
export async function runCompletion(
  flags: FlagsOf<Record<never, never>> & { shell?: Shell },
): Promise<ExitCode> {
  // By this alone yargs knows which shell its script is for.
  process.env.SHELL = flags.shell ?? shellOfUser();
  createYargs().scriptName('chaportctl').showCompletionScript();
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
