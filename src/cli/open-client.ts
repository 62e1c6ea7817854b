import { readFile } from 'node:fs/promises';
import { parseBaseUrl, parseToken } from '../chaport/access.ts';
import type { RequestEvent } from '../chaport/call.ts';
import type { ChaportClient } from '../chaport/client.ts';
import { createClient } from '../chaport/create-client.ts';
import { UserError } from '../model/errors.ts';
import type { SecretBook } from '../model/secrets.ts';
import { escapeForTerminal } from '../render/escape.ts';
import { fileError } from './file-error.ts';
import type { Terminal } from './terminal.ts';

const DEFAULT_BASE_URL = 'https://app.chaport.com/api/v1';
const LARGEST_TOKEN_FILE = 16_384;

export interface ConnectionFlags {
  baseUrl: string | undefined;
  tokenFile: string | undefined;
  timeout: number;
  maxRetries: number;
  concurrency: number;
}

/**
 * A client for the account that the flags and the environment name.
 * @throws {UserError} where the base URL, the token or the proxy settings cannot be used.
 */
export async function openClient(
  flags: ConnectionFlags,
  secrets: SecretBook,
  terminal: Terminal,
): Promise<ChaportClient> {
  const baseUrl = parseBaseUrl(flags.baseUrl ?? nonEmpty(process.env.CHAPORT_BASE_URL) ?? DEFAULT_BASE_URL);
  const token = await readToken(flags.tokenFile);
  return createClient({
    via: { kind: 'direct', baseUrl, token },
    timeoutSeconds: flags.timeout,
    maxRetries: flags.maxRetries,
    secrets,
    proxyEnv: process.env,
    connections: flags.concurrency,
    onRequest: terminal.verbose ? (event) => terminal.complain(describeRequest(event)) : undefined,
  });
}

async function readToken(tokenFile: string | undefined): Promise<string> {
  if (tokenFile !== undefined) return parseToken(await readTokenFile(tokenFile), `the file ${tokenFile}`);
  const token = process.env.CHAPORT_TOKEN;
  if (token === undefined || token === '') {
    throw new UserError('no-token', 'there is no access token', {
      hint: 'set CHAPORT_TOKEN or give --token-file; the token comes from Chaport, Settings → API',
    });
  }
  return parseToken(token, 'CHAPORT_TOKEN');
}

async function readTokenFile(path: string): Promise<string> {
  try {
    const text = await readFile(path, 'utf8');
    if (text.length > LARGEST_TOKEN_FILE) throw new Error('it is too large to hold a token');
    return text;
  } catch (error) {
    throw fileError('no-token', `the token file ${path}`, error);
  }
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

/** One line of `--verbose`; its texts come masked. */
function describeRequest(event: RequestEvent): string {
  const attempt = event.attempt > 1 ? ` (attempt ${event.attempt})` : '';
  const result = [event.status, event.error].filter((part) => part !== undefined).join(' ');
  const again = event.retryIn === undefined ? '' : `, again in ${(event.retryIn / 1000).toFixed(1)} s`;
  const line = `${event.method} ${event.url}${attempt}: ${result}, ${Math.round(event.milliseconds)} ms${again}`;
  return `${escapeForTerminal(line)}\n`;
}
