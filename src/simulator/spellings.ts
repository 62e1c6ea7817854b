import { domainToASCII } from 'node:url';

/** How an account may keep an address that it is given. */
const EMAIL_SPELLINGS = {
  'lower-case': (email: string) => email.toLowerCase(),
  punycode: (email: string) => {
    const at = email.lastIndexOf('@') + 1;
    // Empty where it is no domain.
    return email.slice(0, at) + (domainToASCII(email.slice(at)) || email.slice(at));
  },
} as const;
export type EmailSpelling = keyof typeof EMAIL_SPELLINGS;

/** How an account may keep a URL that it is given; each changes that one thing. */
const URL_SPELLINGS = {
  'host-lower-case': (url: string) =>
    url.replace(/^[a-z]+:\/\/[^/?#]*/i, (origin) => {
      const host = origin.lastIndexOf('@') + 1;
      return origin.slice(0, host) + origin.slice(host).toLowerCase();
    }),
  'no-default-port': (url: string) =>
    url.replace(/^(?:(https:\/\/[^/?#]*):443|(http:\/\/[^/?#]*):80)(?=[/?#]|$)/i, '$1$2'),
  'escapes-upper-case': (url: string) => url.replace(/%[0-9a-f]{2}/gi, (triple) => triple.toUpperCase()),
  'escapes-decoded': (url: string) => url.replace(/%[2-7][0-9a-f]/gi, decodedIfUnreserved),
  'slash-at-end': (url: string) => url.replace(/^([^?#]*[^?#/])(?=[?#]|$)/, '$1/'),
  'query-sorted': (url: string) =>
    url.replace(
      /^([^?#]*\?)([^#]*)/,
      (_all, before: string, query: string) => before + query.split('&').sort().join('&'),
    ),
} as const;
export type UrlSpelling = keyof typeof URL_SPELLINGS;

export function respelledEmail(email: string, spellings: readonly EmailSpelling[] = []): string {
  return spellings.reduce((text, spelling) => EMAIL_SPELLINGS[spelling](text), email);
}

export function respelledUrl(url: string, spellings: readonly UrlSpelling[] = []): string {
  return spellings.reduce((text, spelling) => URL_SPELLINGS[spelling](text), url);
}

function decodedIfUnreserved(triple: string): string {
  const character = decodeURIComponent(triple);
  return /[\w.~-]/.test(character) ? character : triple;
}

/** The account's own notion, whatever the client's is. */
export function isSameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
