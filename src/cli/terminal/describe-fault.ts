import { inspect } from 'node:util';
import { UserError } from '../../model/errors.ts';
import { REPORT_TO, VERSION } from '../../model/version.ts';
import { renderErrorText } from '../../render/text/error.ts';
import type { Terminal } from './terminal.ts';

/** An error that no user can mend; its stack only with `--verbose`. */
export function describeFault(error: unknown, terminal: Terminal): string {
  const fault = new UserError(
    'internal',
    `this is a fault of chaportctl: ${error instanceof Error ? error.message : String(error)}`,
    {
      hint: `report it at ${REPORT_TO} with what --verbose prints (look it over first: secrets are masked, names are not), the command, chaportctl ${VERSION} and Node ${process.version}`,
    },
  );
  const stack = terminal.verbose ? `${inspect(error)}\n` : '';
  return renderErrorText(fault, terminal.textOptions('stderr')) + stack;
}
