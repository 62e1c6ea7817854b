import { readPins } from '../../../operations/pins.ts';
import { escapeForTerminal } from '../../../render/escape.ts';
import { openAccount } from '../../account/open-account.ts';
import { EXIT, type ExitCode } from '../../exit-codes.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import type { FlagsOf } from '../definition.ts';

/** Checks that the account answers and takes the token, and says how and as whom it was reached. */
export async function runPing(flags: FlagsOf<Record<never, never>>, terminal: Terminal): Promise<ExitCode> {
  const account = await openAccount(flags, terminal);
  try {
    const start = performance.now();
    await account.reader.checkToken();
    const milliseconds = Math.round(performance.now() - start);
    const way = escapeForTerminal(await account.describeWay());
    terminal.write(
      `OK: ${account.baseUrl} answers and takes the token (${milliseconds} ms), reached ${way}\n`,
      'text',
    );
    const { operatorId, baseUrl } = await readPins(account);
    const pins = [...(operatorId === undefined ? [] : [['operatorId', operatorId]]), ['baseUrl', baseUrl]];
    const lines = pins.map(([key, value]) => `  ${key}: ${escapeForTerminal(String(value))}\n`);
    terminal.write(`\nWritten into the file, this pins the account:\n\naccount:\n${lines.join('')}`, 'text');
    return EXIT.done;
  } finally {
    await account.close();
  }
}
