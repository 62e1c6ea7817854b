import type { ChaportClient, RequestEvent } from '../../chaport/client.ts';
import { createClient } from '../../chaport/create-client.ts';
import type { SecretBook } from '../../model/secrets.ts';
import { escapeForTerminal } from '../../render/escape.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type ConnectionFlags, chooseConnection } from './choose-connection.ts';
import { compileHttpParserOnce } from './quick-parser.ts';

export interface ClientFlags extends ConnectionFlags {
  timeout: number;
  maxRetries: number;
  concurrency: number;
}

/**
 * A client for the account that the flags and the environment name.
 * @throws {UserError} where the way, the token or the proxy settings cannot be used.
 */
export async function openClient(
  flags: ClientFlags,
  secrets: SecretBook,
  terminal: Terminal,
): Promise<ChaportClient> {
  compileHttpParserOnce();
  return createClient({
    via: await chooseConnection(flags, process.env),
    timeoutSeconds: flags.timeout,
    maxRetries: flags.maxRetries,
    secrets,
    proxyEnv: process.env,
    connections: flags.concurrency,
    onRequest: (event) => {
      if (terminal.verbose) terminal.complain(describeRequest(event));
      else if (event.retryIn !== undefined) terminal.inform(describeRequest(event));
    },
  });
}

/** One line of `--verbose`, and of every wait that could look like a standstill; its texts come masked. */
function describeRequest(event: RequestEvent): string {
  const attempt = event.attempt > 1 ? ` (attempt ${event.attempt})` : '';
  const result = [event.status, event.error].filter((part) => part !== undefined).join(' ');
  const again = event.retryIn === undefined ? '' : `, again in ${(event.retryIn / 1000).toFixed(1)} s`;
  const line = `${event.method} ${event.url}${attempt}: ${result}, ${Math.round(event.milliseconds)} ms${again}`;
  return `${escapeForTerminal(line)}\n`;
}
