import { UserError } from '../model/errors.ts';
import { hideUrlCredentials, isLoopbackHost } from '../model/urls.ts';

/**
 * The API's base URL as it stands in documents: without a slash at the end.
 * @throws {UserError} for anything but https (http on this machine), and for userinfo, a query or a fragment.
 */
export function parseBaseUrl(text: string): string {
  const hint = 'Write it as https://app.chaport.com/api/v1.';
  const fail = (message: string): never => {
    throw new UserError('invalid-base-url', message, { hint });
  };
  const url = URL.canParse(text) ? new URL(text) : fail(`the base URL${quoted(text)} is not a URL`);
  if (url.username !== '' || url.password !== '') fail('the base URL must not hold a user name or password');
  if (/[?#]/.test(url.href)) fail(`the base URL${quoted(text)} must not have a query or a fragment`);
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    fail(`the base URL${quoted(text)} must be https: the token would travel in the open`);
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    fail(`the base URL${quoted(text)} must start with https://`);
  }
  return url.href.replace(/\/+$/, '');
}

function quoted(text: string): string {
  const shown = hideUrlCredentials(text.trim());
  return shown === '' || shown === '***' ? '' : ` "${shown}"`;
}

/**
 * An access token as it goes into a header: visible ASCII. One newline at the end, as editors
 * and `echo` leave it in a file, is dropped.
 * @param where what the token came from, for the complaint; the token itself is never shown.
 * @throws {UserError} for an empty token, or one with white space, control or non-ASCII characters.
 */
export function parseToken(text: string, where: string): string {
  const token = text.replace(/\r?\n$/, '');
  const fail = (problem: string): never => {
    throw new UserError('invalid-token', `the token from ${where} ${problem}`, {
      hint: 'Copy it again from Chaport, Settings → API, without quotes or spaces.',
    });
  };
  if (token.trim() === '') fail('is empty');
  if (/[\r\n]/.test(token)) fail('has more than one line');
  if (/\s/.test(token)) fail('has white space in it');
  if (!/^[\x21-\x7e]+$/.test(token)) fail('has a character that no token has (a control or non-ASCII one)');
  return token;
}
