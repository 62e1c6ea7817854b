const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\]|.*\.localhost)$/i;

/** Whether a URL's host is this machine, where `http:` is allowed. */
export function isLoopbackHost(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}

/**
 * One spelling for URLs that differ only in host case, default port or an empty path.
 * Text that is no URL comes back as it is: the live account may hold anything.
 */
export function normaliseUrl(text: string): string {
  return URL.canParse(text) ? new URL(text).href : text;
}

/** Host with port, for sentences such as "starts sending chat data to HOST". */
export function hostOf(text: string): string {
  return URL.canParse(text) ? new URL(text).host : 'an unreadable URL';
}

const HIDDEN = '***';

/**
 * A URL as it may be shown when only the live account knows it: userinfo, query values,
 * fragment and token-like path parts become `***`, since people keep secrets there (grade D).
 */
export function hideUrlCredentials(text: string): string {
  // In these schemes, and only there, a backslash is a slash. Anything else is not taken apart.
  const match = /^(https?:\/\/)([^/\\?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/is.exec(text);
  if (!match) return text === '' ? '' : HIDDEN;
  const [, scheme = '', authority = '', path = '', query = '', fragment = ''] = match;
  const at = authority.lastIndexOf('@');
  const host = at === -1 ? authority : `${HIDDEN}@${authority.slice(at + 1)}`;
  const shownPath = hidePathTokens(path);
  return scheme + host + shownPath + hideQueryValues(query) + (fragment.length > 1 ? `#${HIDDEN}` : '');
}

/** Parts stand between slashes; `;name=value` may hang on one. */
function hidePathTokens(path: string): string {
  return path.replace(/[^/\\;=]+/g, (part, at: number) =>
    path[at - 1] === '=' || looksLikeToken(part) ? HIDDEN : part,
  );
}

function hideQueryValues(query: string): string {
  if (query.length <= 1) return query;
  const pairs = query.slice(1).split('&');
  return `?${pairs
    .map((pair) => {
      const equals = pair.indexOf('=');
      if (equals === -1) return pair === '' ? '' : HIDDEN;
      const name = pair.slice(0, equals);
      return `${looksLikeToken(name) ? HIDDEN : name}=${HIDDEN}`;
    })
    .join('&')}`;
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
