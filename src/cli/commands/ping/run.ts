import { SecretBook } from '../../../model/secrets.ts';
import { escapeForTerminal } from '../../../render/escape.ts';
import { openClient } from '../../account/open-client.ts';
import { EXIT, type ExitCode } from '../../exit-codes.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import type { FlagsOf } from '../definition.ts';

/** Checks that the account answers and takes the token, and says how and as whom it was reached. */
export async function runPing(flags: FlagsOf<Record<never, never>>, terminal: Terminal): Promise<ExitCode> {
  const client = await openClient(flags, new SecretBook(), terminal);
  try {
    const start = performance.now();
    await client.reader.checkToken();
    const milliseconds = Math.round(performance.now() - start);
    const way = escapeForTerminal(await client.describeWay());
    terminal.write(
      `OK: ${client.reader.baseUrl} answers and takes the token (${milliseconds} ms), reached ${way}\n`,
    );
    return EXIT.done;
  } finally {
    await client.close();
  }
}
