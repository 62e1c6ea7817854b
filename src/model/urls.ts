import { LONGEST_NAME } from './addresses.ts';
import { isSharedHost, isSharedKey } from './shared-hosts.ts';

const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\]|.*\.localhost)$/i;

/** Whether a URL's host is this machine, where `http:` is allowed. */
export function isLoopbackHost(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}

/**
 * null where the text is no URL. Not by URL.canParse: once it has been called some thousand times, Node 20 and 22
 * say no to every text with an umlaut.
 */
export function urlFrom(text: string, base?: string): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}

/**
 * One spelling for URLs that differ only in host case, default port, an empty path or escapes.
 * Text that is no URL comes back as it is: the live account may hold anything.
 */
export function normaliseUrl(text: string): string {
  const href = hasEndlessHost(text) ? undefined : urlFrom(text)?.href;
  if (href === undefined) return text;
  const [origin = ''] = /^[^:/?#]+:(?:\/\/[^/?#]*)?/.exec(href) ?? [];
  return origin + normaliseEscapes(href.slice(origin.length));
}

/** The parser takes more than linear time for a host, and such a one is none. */
function hasEndlessHost(text: string): boolean {
  const [, authority = ''] = /^[^/\\?#]*[/\\]*([^/\\?#]*)/.exec(text) ?? [];
  return authority.length > LONGEST_NAME;
}

/** Escapes in upper case, and none for what needs none. */
function normaliseEscapes(text: string): string {
  return text.replace(/%[0-9a-f]{2}/gi, (escaped, at: number) => {
    const character = String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
    // Behind a lone percent sign the bare character would make an escape that was none.
    const isBare = /[\w.~-]/.test(character) && !text.slice(Math.max(0, at - 2), at).includes('%');
    return isBare ? character : escaped.toUpperCase();
  });
}

/** A normalised URL without its query, which `identity: path` does not look at. */
export function withoutQuery(url: string): string {
  return url.replace(/^([^?#]*)\?[^#]*/, '$1');
}

/** A normalised URL without what changes when a key does: its query and its userinfo. */
export function withoutKeys(url: string): string {
  return withoutQuery(url).replace(/^([^:/?#]+:\/\/)[^/?#]*@/, '$1');
}

/**
 * One text for all normalised URLs that look alike: they differ only in a slash at the end of the path
 * and in the order of the query, where values of one repeated name keep theirs.
 */
export function lookAlikeForm(url: string): string {
  const [, start = '', path = '', query = '', fragment = ''] =
    /^([^:/?#]+:\/\/[^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(url) ?? [];
  if (start === '') return url;
  return `${start}${withoutSlashes(path)}/${inOrder(query)}${fragment}`;
}

function withoutSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}

/** By name alone: the sort is stable. */
function inOrder(query: string): string {
  const nameOf = (pair: string) => pair.split('=', 1)[0] ?? '';
  const pairs = query
    .slice(1)
    .split('&')
    .map((pair) => ({ pair, name: nameOf(pair) }));
  pairs.sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
  return query.slice(0, 1) + pairs.map(({ pair }) => pair).join('&');
}

/** One text for all normalised URLs that differ in nothing but userinfo and the values of their query. */
export function keylessForm(url: string): string {
  const query = /\?([^#]*)/.exec(url)?.[1] ?? '';
  const names = query.split('&').map((pair) => pair.split('=', 1)[0] ?? '');
  return `${withoutKeys(url)}?${names.sort().join('&')}`;
}

/** Host with port, for sentences such as "starts sending chat data to HOST". */
export function hostOf(text: string): string {
  return urlFrom(text)?.host ?? 'an unreadable URL';
}

const HIDDEN = '***';

/** A stretch of a URL's text that may be a credential: `start` up to, not including, `end`. */
export interface UrlCredential {
  start: number;
  end: number;
  /** Where it stands. */
  in: 'login' | 'path' | 'query' | 'fragment';
  /** The name of the query or path parameter whose value it is. */
  parameter?: string;
}

/**
 * Where a URL may hold credentials: userinfo, query values, fragment and token-like path parts,
 * since people keep secrets there (grade D). In the order of the text, and they do not overlap.
 * `null`: text that is no http(s) URL is not taken apart.
 */
export function urlCredentials(text: string): UrlCredential[] | null {
  // In these schemes, and only there, a backslash is a slash.
  const match = /^(https?:\/\/)([^/\\?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/is.exec(text);
  if (!match) return null;
  const [, scheme = '', authority = '', path = '', query = '', fragment = ''] = match;
  const found: UrlCredential[] = [];
  const at = authority.lastIndexOf('@');
  let start = scheme.length;
  if (at !== -1) found.push({ start, end: start + at, in: 'login' });
  start += authority.length;
  const isKey = isSharedHost(authority.slice(at + 1).replace(/:\d*$/, '')) ? isSharedKey : looksLikeToken;
  found.push(...pathCredentials(path, start, isKey));
  start += path.length;
  found.push(...queryCredentials(query, start));
  start += query.length;
  if (fragment.length > 1) found.push({ start: start + 1, end: text.length, in: 'fragment' });
  return found;
}

/**
 * A URL as it may be shown when only the live account knows it: what may be a credential
 * becomes `***`.
 */
export function hideUrlCredentials(text: string): string {
  const credentials = urlCredentials(text);
  if (credentials === null) return text === '' ? '' : HIDDEN;
  let shown = '';
  let from = 0;
  for (const { start, end } of credentials) {
    shown += text.slice(from, start) + HIDDEN;
    from = end;
  }
  return shown + text.slice(from);
}

/** Parts stand between slashes; `;name=value` may hang on one. */
function pathCredentials(path: string, offset: number, isKey: (part: string) => boolean): UrlCredential[] {
  const found: UrlCredential[] = [];
  for (const match of path.matchAll(/[^/\\;=]+/g)) {
    const [part] = match;
    const start = offset + match.index;
    const isValue = path[match.index - 1] === '=';
    if (!isValue && !isKey(part)) continue;
    const [, parameter] = (isValue && /([^/\\;=]+)=$/.exec(path.slice(0, match.index))) || [];
    const named = parameter === undefined || looksLikeToken(parameter) ? {} : { parameter };
    found.push({ start, end: start + part.length, in: 'path', ...named });
  }
  return found;
}

function queryCredentials(query: string, offset: number): UrlCredential[] {
  const found: UrlCredential[] = [];
  let start = offset + 1;
  for (const pair of query.slice(1).split('&')) {
    const equals = pair.indexOf('=');
    const end = start + pair.length;
    if (equals === -1) {
      if (pair !== '') found.push({ start, end, in: 'query' });
    } else {
      const parameter = pair.slice(0, equals);
      const isToken = looksLikeToken(parameter);
      if (isToken) found.push({ start, end: start + equals, in: 'query' });
      found.push({ start: start + equals + 1, end, in: 'query', ...(isToken ? {} : { parameter }) });
    }
    start = end + 1;
  }
  return found;
}

/** Long and mixed, as keys are and words are not. Too many is better than too few. */
function looksLikeToken(part: string): boolean {
  const plain = safeDecode(part);
  if (plain.length < 8) return false;
  const digits = plain.replace(/\D/g, '').length;
  const hasLetters = /[a-z]/i.test(plain);
  const mixedCase = /[a-z]/.test(plain) && /[A-Z]/.test(plain);
  if (plain.length >= 32) return true;
  // No word is this long; joined words have something between them.
  if (/[a-z0-9]{20}/i.test(plain)) return true;
  if (plain.length >= 16 && (digits > 0 || mixedCase)) return true;
  if (digits === plain.length) return plain.length >= 12;
  return hasLetters && digits >= 2 && (mixedCase || digits >= 3 || !/[a-z]/.test(plain));
}

function safeDecode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
