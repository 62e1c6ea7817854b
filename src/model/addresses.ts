import { domainToASCII, domainToUnicode } from 'node:url';
import type { DesiredObject } from './desired.ts';
import { realOf, type Text } from './text.ts';

/** No address and no host is this long, and NFC and IDNA take more than linear time on hostile text. */
export const LONGEST_NAME = 1_000;

/**
 * The form in which e-mail addresses, the logins (A / D), are compared: Unicode NFC, ASCII letters in lower case, the domain
 * as IDNA ASCII. What is no address or cannot be converted stays, apart from its letters. Doing it twice
 * changes nothing.
 */
export function addressKey(text: string): string {
  const at = text.lastIndexOf('@') + 1;
  if (at === 0) return foldText(text);
  return foldText(text.slice(0, at)) + asciiDomain(text.slice(at));
}

/** Unicode NFC, with ASCII letters, and only those, in lower case. */
export function foldText(text: string): string {
  if (text.length > LONGEST_NAME || IS_ASCII.test(text)) return lowerAscii(text);
  return composed(lowerAscii(composed(text)));
}

const IS_ASCII = /^[\0-\u007f]*$/;

/** NFC makes the Kelvin sign a K, which would then be somebody else's k. */
function composed(text: string): string {
  return text
    .split('\u212a')
    .map((part) => part.normalize('NFC'))
    .join('\u212a');
}

function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** A domain, or a label of one, as IDNA ASCII; what cannot be converted is only folded. */
export function asciiDomain(domain: string): string {
  const folded = foldText(domain);
  if (IS_ASCII.test(folded)) return folded;
  const plain = folded.replace(/[^\0-\u007f]/g, '');
  // Node takes the text for a URL's host: an address in numbers or a slash would be understood as there.
  if (folded.length > LONGEST_NAME || !/^[a-z0-9._-]*$/.test(plain)) return folded;
  return domainToASCII(`${folded}.x`).slice(0, -2) || folded;
}

/** The other way round: a domain as people read it. */
export function unicodeDomain(domain: string): string {
  if (!domain.includes('xn--') || domain.length > LONGEST_NAME) return domain;
  return domainToUnicode(domain) || domain;
}

/** What `movedFrom: ADDRESS` says, in the form that every kind shares. */
export function movedFromAddress(movedFrom: Text | undefined): Pick<DesiredObject, 'previous'> {
  if (movedFrom === undefined) return {};
  return { previous: { key: addressKey(realOf(movedFrom)), fields: { email: movedFrom } } };
}
