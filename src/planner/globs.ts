import { normaliseUrl } from '../model/urls.ts';

export type Matches = (text: string) => boolean;

const TOKENS = /\*+|\?|\{[^{}]*\}|[^*?{]+|\{/g;

/** A glob over e-mails: `*` is any text; without regard to case. */
export function emailGlob(glob: string): Matches {
  return compile(glob, { star: '[^]*', flags: 'i' });
}

/** A glob over normalised URLs: `*` stays within a path part, `**` crosses them; a lone `*` is every URL. */
export function urlGlob(glob: string): Matches {
  if (glob === '*') return () => true;
  const literal = !/[*?{]/.test(glob);
  return compile(literal ? normaliseUrl(glob) : normaliseUrlGlob(glob), { star: '[^/]*', flags: '' });
}

/** A glob over keys, for `--target`: `*` is any text; without regard to case. */
export const keyGlob = emailGlob;

function compile(glob: string, { star, flags }: { star: string; flags: string }): Matches {
  const pattern = new RegExp(`^${toPattern(glob, star)}$`, `${flags}u`);
  return (text) => pattern.test(text);
}

function toPattern(glob: string, star: string): string {
  return glob.replace(TOKENS, (token) => {
    if (token.startsWith('*')) return token.length > 1 ? '[^]*' : star;
    if (token === '?') return star === '[^]*' ? '[^]' : '[^/]';
    if (token.startsWith('{') && token.length > 1) {
      const choices = token.slice(1, -1).split(',');
      return `(?:${choices.map((choice) => toPattern(choice, star)).join('|')})`;
    }
    return token.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  });
}

/** The spelling that `normaliseUrl` gives, as far as wildcards allow: a glob must not miss for a port or a `/`. */
function normaliseUrlGlob(glob: string): string {
  const [, start = '', path = ''] = /^([^/]*\/\/[^/?#]*)(.*)$/s.exec(glob) ?? [];
  if (start === '') return glob;
  const withoutPort = start.toLowerCase().replace(/^(https:.*):443$|^(http:.*):80$/, '$1$2');
  const origin = /[*{]/.test(withoutPort) ? withoutPort : normaliseUrl(withoutPort).replace(/\/$/, '');
  const encodedPath = path.replace(/[^\u0021-\u007e\p{Surrogate}]+/gu, encodeURI);
  const lacksSlash = encodedPath === '' ? !origin.endsWith('**') : /^\?[^/]*=/.test(encodedPath);
  return origin + (lacksSlash ? '/' : '') + encodedPath;
}
