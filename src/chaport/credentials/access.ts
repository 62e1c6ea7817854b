import { UserError } from '../../model/errors.ts';
import { hideUrlCredentials, isLoopbackHost, urlFrom } from '../../model/urls.ts';

interface ServerUrl {
  /** What it is, in sentences. */
  name: string;
  /** How one is written. */
  example: string;
  code: string;
}

/**
 * The API's base URL as it stands in documents: without a slash at the end.
 * @throws {UserError} for anything but https (http on this machine), and for userinfo, a query or a fragment.
 */
export function parseBaseUrl(text: string): string {
  return parseServerUrl(text, {
    name: 'the base URL',
    example: 'https://app.chaport.com/api/v1',
    code: 'invalid-base-url',
  });
}

/** Where Membrane is. @throws {UserError} as `parseBaseUrl` does. */
export function parseMembraneApiUrl(text: string): string {
  return parseServerUrl(text, {
    name: 'the URL of Membrane’s API',
    example: 'https://api.getmembrane.com',
    code: 'invalid-membrane-api-url',
  });
}

/**
 * The API's base URL as Membrane is to send it. In the open it goes only where Membrane itself is on this machine.
 * @throws {UserError} as `parseBaseUrl` does.
 */
export function parseProxiedBaseUrl(text: string, membraneApiUrl: string): string {
  const baseUrl = parseBaseUrl(text);
  if (baseUrl.startsWith('https:') || isLoopbackHost(new URL(membraneApiUrl).hostname)) return baseUrl;
  throw new UserError('invalid-base-url', 'the base URL is on this machine, where Membrane cannot reach it', {
    hint: 'Write it as https://app.chaport.com/api/v1.',
  });
}

function parseServerUrl(text: string, { name, example, code }: ServerUrl): string {
  const fail = (message: string): never => {
    throw new UserError(code, message, { hint: `Write it as ${example}.` });
  };
  const url = urlFrom(text) ?? fail(`${name}${quoted(text)} is not a URL`);
  if (url.username !== '' || url.password !== '') fail(`${name} must not hold a user name or password`);
  if (/[?#]/.test(url.href)) fail(`${name}${quoted(text)} must not have a query or a fragment`);
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    fail(`${name}${quoted(text)} must be https: the token would travel in the open`);
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    fail(`${name}${quoted(text)} must start with https://`);
  }
  return withoutSlashesAtEnd(url.href);
}

/** Not by `/\/+$/`, which tries every slash of a long row anew. */
function withoutSlashesAtEnd(text: string): string {
  let end = text.length;
  while (text[end - 1] === '/') end -= 1;
  return text.slice(0, end);
}

function quoted(text: string): string {
  const shown = hideUrlCredentials(text.trim());
  return shown === '' || shown === '***' ? '' : ` "${shown}"`;
}

const COPY_TOKEN = 'Copy it again from Chaport, Settings → API, without quotes or spaces.';

/**
 * An access token as it goes into a header: visible ASCII. One newline at the end, as editors
 * and `echo` leave it in a file, is dropped.
 * @param where what the token came from, for the complaint; the token itself is never shown.
 * @param hint how to get a right one.
 * @throws {UserError} for an empty token, or one with white space, control or non-ASCII characters.
 */
export function parseToken(text: string, where: string, hint: string = COPY_TOKEN): string {
  const token = text.replace(/\r?\n$/, '');
  const fail = (problem: string): never => {
    throw new UserError('invalid-token', `the token from ${where} ${problem}`, { hint });
  };
  if (token.trim() === '') fail('is empty');
  if (/[\r\n]/.test(token)) fail('has more than one line');
  if (/\s/.test(token)) fail('has white space in it');
  if (!/^[\x21-\x7e]+$/.test(token)) fail('has a character that no token has (a control or non-ASCII one)');
  return token;
}

/** The same for Membrane's. */
export function parseMembraneToken(text: string, where: string): string {
  return parseToken(text, where, 'Copy Membrane’s token again, without quotes or spaces.');
}

/**
 * The id or key of a Membrane connection, as it goes into a path.
 * @throws {UserError} for anything that could lead to another path.
 */
export function parseConnectionId(text: string): string {
  if (/^[A-Za-z0-9_-][A-Za-z0-9._~-]*$/.test(text)) return text;
  throw new UserError('invalid-connection', 'the ID of the Membrane connection is not one', {
    hint: 'It has letters, digits and dashes only: `membrane connection list` shows it.',
  });
}
