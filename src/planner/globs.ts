import { asciiDomain, foldText, unicodeDomain } from '../model/addresses.ts';
import { UserError } from '../model/errors.ts';
import { type GlobFault, type GlobToken, globFault, globTokens } from '../model/glob-syntax.ts';
import { normaliseUrl } from '../model/urls.ts';
import { GlobMatcher } from './glob-matcher.ts';
import { GlobSteps, type Wildcard } from './glob-steps.ts';
import { codesOf, type GlobSubject, type GlobText, globTexts } from './glob-text.ts';

export type Matches = (text: string) => boolean;

/**
 * A glob over e-mails (`*` is any text), URLs (`*` stays within a path part, `**` crosses them; a lone
 * `*` is every URL) or keys of webhooks (as e-mails, and without regard to case). Glob and text are
 * compared in the normal form of keys, URLs without their userinfo.
 */
export function parseGlob(
  text: string,
  subject: GlobSubject,
): { glob: Matches; fault?: never } | { glob?: never; fault: GlobFault } {
  const fault = globFault(text);
  return fault ? { fault } : { glob: compile(text, subject) };
}

/** @throws {UserError} for a faulty glob, which the configuration complains about earlier. */
export function emailGlob(text: string): Matches {
  return soundGlob(text, 'email');
}

/** @throws {UserError} as `emailGlob` does. */
export function urlGlob(text: string): Matches {
  return soundGlob(text, 'url');
}

function soundGlob(text: string, subject: GlobSubject): Matches {
  const { glob, fault } = parseGlob(text, subject);
  if (glob) return glob;
  throw new UserError('bad-glob', `a pattern of the policy is faulty: ${fault.message}`, {
    hint: fault.hint,
  });
}

function compile(text: string, subject: GlobSubject): Matches {
  const steps = new GlobSteps();
  const trimmed = text.trim();
  const style = subject === 'url' && trimmed !== '*' ? WITHIN_PARTS : ANY_TEXT;
  const glob = subject === 'email' ? trimmed : normaliseUrlGlob(trimmed, subject);
  const path = subject === 'email' ? glob.length : pathStart(glob);
  addTokens(steps, globTokens(glob.slice(0, path)), { subject, ...style, mayBeHost: true });
  addTokens(steps, globTokens(glob.slice(path)), { subject, ...style, mayBeHost: false });
  const matcher = new GlobMatcher(steps);
  return (candidate) =>
    candidate === text || textsOf(candidate, subject).some((spelling) => matcher.matches(spelling));
}

/** Many globs ask about one text, one after the other. */
let latest: { text: string; subject: GlobSubject; texts: readonly GlobText[] } | undefined;

function textsOf(text: string, subject: GlobSubject): readonly GlobText[] {
  if (latest?.text !== text || latest.subject !== subject) {
    latest = { text, subject, texts: globTexts(text, subject) };
  }
  return latest.texts;
}

/** The normal form of URLs, as far as no wildcard is in the way. */
function normaliseUrlGlob(text: string, subject: GlobSubject): string {
  const start = subject === 'url' ? 0 : text.indexOf(' ') + 1;
  const glob = text.slice(start);
  const literal = literalUrl(glob);
  const normalised = normaliseUrl(literal) + glob.slice(literal.length);
  return text.slice(0, start) + withSlash(withoutUserinfo(normalised));
}

/** All of it, or the host and whole parts of the path in front of the first wildcard; else nothing. */
function literalUrl(glob: string): string {
  const wildcard = glob.search(/[*?{]/);
  if (wildcard === -1) return glob;
  const literal = glob.slice(0, glob.lastIndexOf('/', wildcard) + 1);
  return /^[a-z][a-z0-9+.-]*:\/\/[^/]/i.test(literal) ? literal : '';
}

function withoutUserinfo(glob: string): string {
  return glob.replace(/(:\/\/)(?:\{[^{}/]*\}|[^/?#{},])*@/g, '$1');
}

/** Right behind the host a `?` is the start of a query where a name and a `=` follow. */
function withSlash(glob: string): string {
  return glob.replace(/^((?:(?!\*\*)[^/])*:\/\/(?:(?!\*\*)[^/])*?)(?=\?[^/?*{},=]+=)/, '$1/');
}

/** Behind this slash nothing is in a host. */
function pathStart(glob: string): number {
  const [start] = /^[^/]*:\/\/[^/]*\//.exec(glob) ?? [glob];
  return start.split('{').length === start.split('}').length ? start.length : glob.length;
}

interface Style {
  subject: GlobSubject;
  wildcards: Record<'*' | '**' | '?', Wildcard>;
  mayBeHost: boolean;
}

const ANY_TEXT: Pick<Style, 'wildcards'> = { wildcards: { '*': 'many', '**': 'many', '?': 'one' } };
const WITHIN_PARTS: typeof ANY_TEXT = { wildcards: { '*': 'manyInPart', '**': 'many', '?': 'oneInPart' } };

function addTokens(steps: GlobSteps, tokens: readonly GlobToken[], style: Style): void {
  for (const token of tokens) {
    if ('text' in token) addText(steps, token.text, style);
    else if ('wildcard' in token) steps.wildcard(style.wildcards[token.wildcard]);
    else addChoices(steps, token.choices, style);
  }
}

function addChoices(steps: GlobSteps, choices: readonly GlobToken[][], style: Style): void {
  const texts = choices.map(([token, ...more]) =>
    token && 'text' in token && more.length === 0 ? token.text : '',
  );
  // Single characters are one step: a fork takes more time.
  if (texts.every((text) => text.length === 1 && PLAIN.test(text))) {
    const rest = texts.flatMap((text) => restForms(text, style.subject)).flat();
    steps.character({ host: codesOf(foldText(texts.join(''))), rest });
  } else steps.oneOf(choices.map((choice) => () => addTokens(steps, choice, style)));
}

/** A piece between these stands in the host or in the rest of a text, never in both. */
const PIECES = /[^/?#:@.\s]+|./gsu;

function addText(steps: GlobSteps, text: string, { subject, mayBeHost }: Style): void {
  for (const [piece] of text.matchAll(PIECES)) {
    const rests = restForms(piece, subject);
    const hosts = mayBeHost ? hostForms(piece, subject) : [];
    const [rest = []] = rests;
    const [host = rest] = hosts;
    if (rests.length === 1 && hosts.length < 2 && host.length === rest.length) {
      rest.forEach((code, index) => {
        steps.character({ host: host.slice(index, index + 1), rest: [code] });
      });
      continue;
    }
    steps.oneOf([
      ...hosts.map((codes) => () => addCharacters(codes, (code) => steps.character({ host: [code] }))),
      ...rests.map((codes) => () => addCharacters(codes, (code) => steps.character({ rest: [code] }))),
    ]);
  }
}

function addCharacters(codes: readonly number[], add: (code: number) => void): void {
  for (const code of codes) add(code);
}

/** Neither escaped nor encoded, wherever it stands. */
const PLAIN = /^(?!xn--)[\w~-]*$/i;

/** As a part of a label it stays; as a whole one it is what the label is to people. */
function hostForms(piece: string, subject: GlobSubject): number[][] {
  if (PLAIN.test(piece)) return distinctCodes([foldText(piece)]);
  const label = subject === 'email' ? piece : decoded(piece);
  return distinctCodes([foldText(piece), unicodeDomain(asciiDomain(label))]);
}

function restForms(piece: string, subject: GlobSubject): number[][] {
  if (subject === 'email') return distinctCodes([foldText(piece)]);
  const forms = escapedForms(piece);
  // Between an event and its URL nothing is escaped.
  return distinctCodes(subject === 'url' ? forms : [...forms, piece].map((form) => form.toLowerCase()));
}

/** Path, query and fragment have escapes for other characters each. */
function escapedForms(piece: string): string[] {
  if (PLAIN.test(piece)) return [piece];
  // At either end of a URL characters would be dropped.
  const url = normaliseUrl(`https://x/x${piece}x?x${piece}x#x${piece}x`);
  const [, ...forms] = /^https:..x.x([^?]*)x[?]x([^#]*)x#x(.*)x$/s.exec(url) ?? [];
  return forms;
}

function decoded(piece: string): string {
  try {
    return decodeURIComponent(piece);
  } catch {
    return piece;
  }
}

function distinctCodes(forms: readonly string[]): number[][] {
  return [...new Set(forms)].map(codesOf);
}
