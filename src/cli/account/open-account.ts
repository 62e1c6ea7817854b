import type { RequestEvent } from '../../chaport/client.ts';
import { SecretBook } from '../../model/secrets.ts';
import { type Account, type ConnectionOptions, connectVia } from '../../operations/connect.ts';
import { escapeForTerminal } from '../../render/escape.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type ConnectionFlags, chooseConnection } from './choose-connection.ts';
import { maskedStream } from './masked-stream.ts';
import { compileHttpParserOnce } from './quick-parser.ts';

export interface AccountFlags extends ConnectionFlags {
  timeout: number;
  maxRetries: number;
  concurrency: number;
}

/**
 * The account that the flags and the environment name.
 * @param masked whose secrets are masked in every error.
 * @throws {UserError} where the way, the token or the proxy settings cannot be used.
 */
export async function openAccount(
  flags: AccountFlags,
  terminal: Terminal,
  masked?: ConnectionOptions['desired'],
): Promise<Account> {
  compileHttpParserOnce();
  const secrets = masked?.secrets ?? new SecretBook();
  const tell = maskedStream(secrets, terminal);
  const limits = { timeoutSeconds: flags.timeout, maxRetries: flags.maxRetries };
  const via = await chooseConnection(flags, process.env, {
    runCommand: (words, way) => async () => {
      const { runTokenCommand, TOKEN_FORMS } = await import('./token-command.ts');
      return runTokenCommand({ words, tell, timeoutSeconds: flags.timeout, ...TOKEN_FORMS[way] });
    },
    listConnections: async (membrane) => {
      const { listConnections } = await import('../../chaport/transports/membrane/list-connections.ts');
      return listConnections(membrane, { ...limits, secrets, proxyEnv: process.env });
    },
  });
  return connectVia(via, {
    desired: { secrets },
    timeoutSeconds: flags.timeout,
    maxRetries: flags.maxRetries,
    proxyEnv: process.env,
    concurrency: flags.concurrency,
    onRequest: (event) => {
      if (terminal.verbose) terminal.complain(describeRequest(event));
      else if (event.retryIn !== undefined) tellOfWait(event.retryIn, terminal);
    },
  });
}

/** Shorter ones are told on a terminal alone, and leave no trace there. */
const LONG_WAIT = 30_000;

/** What could look like a standstill. */
function tellOfWait(milliseconds: number, terminal: Terminal): void {
  const words = `the account is not answering as it should: trying again in ${Math.ceil(milliseconds / 1000)} s`;
  if (milliseconds >= LONG_WAIT) terminal.inform(`${words}\n`);
  else terminal.showLiveLine('', () => words);
}

/** One line of `--verbose`; its texts come masked. */
function describeRequest(event: RequestEvent): string {
  const attempt = event.attempt > 1 ? ` (attempt ${event.attempt})` : '';
  const result = [event.status, event.error].filter((part) => part !== undefined).join(' ');
  const again = event.retryIn === undefined ? '' : `, again in ${(event.retryIn / 1000).toFixed(1)} s`;
  const line = `${event.method} ${event.url}${attempt}: ${result}, ${Math.round(event.milliseconds)} ms${again}`;
  return `${escapeForTerminal(line)}\n`;
}
