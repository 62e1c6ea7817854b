import { SHORTEST_SECRET } from '../model/secrets.ts';
import { hideUrlCredentials, type UrlCredential, urlCredentials } from '../model/urls.ts';
import { literal } from '../model/written-entry.ts';

/** A credential of a live URL that the file names as `${secret:NAME}`. */
export interface SecretToSet {
  name: string;
  /** What must be put there, in words; does not give it away. */
  where: string;
  /** The real text. Never to be printed. */
  value: string;
}

const LONGEST_NAME = 60;
/** Variables that mean something to this or to other programs. */
const RESERVED = /^(?:CHAPORT|NODE|NPM|NO|HTTPS?|ALL|LD|DYLD|GIT|GITHUB|CI)_/;
const PART_NAMES = { login: 'LOGIN', path: 'TOKEN', query: 'QUERY', fragment: 'FRAGMENT' } as const;

/** Gives names to secrets: the same one for the same credential at the same place, never one name for two. */
export class SecretNames {
  readonly secrets: SecretToSet[] = [];
  readonly #taken: Set<string>;
  readonly #byValue = new Map<string, string>();

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  /** The URL with its credentials replaced by references, as a file holds it. */
  template(url: string): string {
    const credentials = stretches(url);
    let text = '';
    let from = 0;
    for (const [index, { start, end, ...part }] of credentials.entries()) {
      const value = url.slice(start, end);
      const name = this.#nameFor(`${hostName(url)}_${partName(part)}`, value, () =>
        describePlace(url, { ...part, isSeveral: value.includes('/') }, index, credentials.length),
      );
      text += `${literal(url.slice(from, start))}\${secret:${name}}`;
      from = end;
    }
    return text + literal(url.slice(from));
  }

  #nameFor(wanted: string, value: string, where: () => string): string {
    const base = RESERVED.test(wanted) || /^\d/.test(wanted) ? `HOOK_${wanted}` : wanted;
    const known = this.#byValue.get(`${base} ${value}`);
    if (known !== undefined) return known;
    let name = base;
    for (let count = 2; this.#taken.has(name); count += 1) name = `${base}_${count}`;
    this.#taken.add(name);
    this.#byValue.set(`${base} ${value}`, name);
    this.secrets.push({ name, where: where(), value });
    return name;
  }
}

type Stretch = UrlCredential & { widened?: true };

/** Path parts side by side are one key: an app's webhook has its account and its own word there. */
function wholeKeys(url: string, credentials: readonly UrlCredential[]): UrlCredential[] {
  const keys: UrlCredential[] = [];
  for (const credential of credentials) {
    const before = keys.at(-1);
    const isNext =
      before?.in === 'path' && credential.in === 'path' && url.slice(before.end, credential.start) === '/';
    if (before && isNext && before.parameter === undefined && credential.parameter === undefined) {
      keys[keys.length - 1] = { ...before, end: credential.end };
    } else keys.push(credential);
  }
  return keys;
}

/**
 * The credentials of a URL, each long enough to be told from ordinary text, and never behind a
 * `$`, which would make the reference a literal. What they need for that is taken from before them.
 */
function stretches(url: string): Stretch[] {
  const found: Stretch[] = [];
  const [origin = ''] = /^[^:/?#]+:\/\/[^/?#]*/.exec(url) ?? [];
  for (const credential of wholeKeys(url, urlCredentials(url) ?? [])) {
    if (credential.start === credential.end) continue;
    const floor = credential.in === 'login' ? credential.start : origin.length;
    // So short a text is no secret, and nothing before it could make it one.
    if (credential.end - floor < SHORTEST_SECRET) continue;
    let start = Math.max(0, Math.min(credential.start, credential.end - SHORTEST_SECRET));
    while (url[start - 1] === '$') start -= 1;
    const stretch: Stretch = { ...credential, start, ...(start < credential.start ? { widened: true } : {}) };
    const before = found.at(-1);
    if (before && start <= before.end && start < credential.start) {
      found[found.length - 1] = { ...before, end: credential.end, widened: true };
    } else found.push(stretch);
  }
  return found;
}

function hostName(url: string): string {
  return nameOf(new URL(url).hostname) || 'HOOK';
}

function partName({ in: place, parameter = '' }: Pick<UrlCredential, 'in' | 'parameter'>): string {
  return nameOf(parameter) || PART_NAMES[place];
}

function nameOf(text: string): string {
  const name = text.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
  return name.slice(0, LONGEST_NAME).replace(/^_+|_+$/g, '');
}

function describePlace(
  url: string,
  part: Pick<Stretch, 'in' | 'parameter' | 'widened'> & { isSeveral: boolean },
  index: number,
  count: number,
): string {
  const shown = hideUrlCredentials(url);
  if (part.widened)
    return `the short value at a *** and the ${SHORTEST_SECRET} characters up to its end, in ${shown}`;
  if (part.in === 'query' && part.parameter !== undefined) {
    return `the value of "${part.parameter}" in ${shown}`;
  }
  if (part.in === 'path' && part.isSeveral) return `the path from the first *** to the last, in ${shown}`;
  return count === 1
    ? `what stands at *** in ${shown}`
    : `what stands at *** number ${index + 1} in ${shown}`;
}
