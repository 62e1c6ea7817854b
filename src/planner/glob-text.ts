import { addressKey, unicodeDomain } from '../model/addresses.ts';
import { normaliseUrl } from '../model/urls.ts';

/** What a glob is over: e-mail addresses, URLs, or the keys of webhooks (`EVENT URL`). */
export type GlobSubject = 'email' | 'url' | 'webhook-key';

/** A stretch of a text, from `start` up to, not including, `end`. */
export interface Stretch {
  start: number;
  end: number;
}

/** A text as globs see it, in characters; a glob may pass by what is `optional`, in the order of the text. */
export interface GlobText {
  characters: readonly number[];
  /** Where the rules of host names hold, and not those of the rest. */
  host: Stretch;
  optional: readonly Stretch[];
}

/** The spellings of a text that a glob may mean, in normal form: its host as ASCII, and as people read it. */
export function globTexts(text: string, subject: GlobSubject): GlobText[] {
  return subject === 'email' ? emailTexts(text) : urlTexts(text, subject);
}

function emailTexts(text: string): GlobText[] {
  const email = addressKey(text);
  const at = email.lastIndexOf('@') + 1;
  if (at === 0) return [assemble([{ text: email }])];
  return hostSpellings(email.slice(at)).map((host) =>
    assemble([{ text: email.slice(0, at) }, ...hostParts('', host)]),
  );
}

function urlTexts(text: string, subject: 'url' | 'webhook-key'): GlobText[] {
  const start = subject === 'url' ? 0 : text.indexOf(' ') + 1;
  const fold = (part: string) => (subject === 'url' ? part : part.toLowerCase());
  const event = fold(text.slice(0, start));
  const url = normaliseUrl(text.slice(start));
  const match = /^([^:/?#]+:\/\/)(?:[^/?#]*@)?(\[[^\]]*\]|[^/:?#]*)(:\d+)?(.*)$/s.exec(url);
  if (!match) return [assemble([{ text: event + fold(url) }])];
  const [, scheme = '', hostname = '', port, rest = ''] = match;
  const defaultPort = { 'https://': ':443', 'http://': ':80' }[scheme];
  return hostSpellings(hostname).map((host) =>
    assemble([
      { text: event },
      ...hostParts(scheme, host),
      { text: port ?? defaultPort ?? '', isHost: true, isOptional: port === undefined },
      { text: fold(rest), isOptional: rest === '/' },
    ]),
  );
}

function hostSpellings(host: string): string[] {
  return [...new Set([host, unicodeDomain(host)])];
}

/** The root's dot at the end of a host may be written or not. */
function hostParts(scheme: string, host: string): TextPart[] {
  const withoutRoot = host.endsWith('.') ? host.slice(0, -1) : host;
  return [
    { text: scheme + withoutRoot, isHost: true },
    { text: '.', isHost: true, isOptional: true },
  ];
}

interface TextPart {
  text: string;
  isHost?: boolean;
  isOptional?: boolean;
}

function assemble(parts: readonly TextPart[]): GlobText {
  const characters: number[] = [];
  const optional: Stretch[] = [];
  const host = { start: 0, end: 0 };
  for (const { text, isHost = false, isOptional = false } of parts) {
    const start = characters.length;
    for (const code of codesOf(text)) characters.push(code);
    const end = characters.length;
    if (isOptional && end > start) optional.push({ start, end });
    if (!isHost) continue;
    if (host.end === 0) host.start = start;
    host.end = end;
  }
  return { characters, host, optional };
}

/** The code points of a text. */
export function codesOf(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0);
}
