/** Why a text is no glob: a guard that matches nothing in silence guards nobody. */
export interface GlobFault {
  /** The place in the text, and how much of it is wrong. */
  at: number;
  length: number;
  message: string;
  hint: string;
}

const IN_BRACES = 'write the choices in braces: {one,other}';
const PATTERN_CHARACTERS = /^[!(]|[@+*?!]\(|[[\]{}\\]/g;
const IPV6_ADDRESS = /\[([0-9a-f:.]+)\](?=[:?#*,}]|$)/gi;

/** The first fault in a glob, which may have `*`, `**`, `?` and `{a,b}` without nesting; `null` where it has none. */
export function globFault(text: string): GlobFault | null {
  let open: number | null = null;
  // Around the host of a URL that is an IPv6 address brackets are no pattern.
  const scanned = text.replace(/\/\/[^/]*/g, (host) => host.replace(IPV6_ADDRESS, ':$1:'));
  for (const { 0: found, index: at } of scanned.matchAll(PATTERN_CHARACTERS)) {
    const fault = (message: string, hint: string) => ({ at, length: found.length, message, hint });
    if (found === '{' && open === null) open = at;
    else if (found === '{') {
      return fault('braces do not stand in braces', 'write all choices side by side: {a,b,c}');
    } else if (found !== '}') return fault(...wordsFor(found));
    else if (open !== null) open = null;
    else return fault('this "}" closes nothing', 'remove it, or add the "{" that is missing');
  }
  if (open === null) return null;
  return {
    at: open,
    length: 1,
    message: 'this "{" is never closed',
    hint: 'add a "}" behind the last choice, or remove it',
  };
}

function wordsFor(found: string): [message: string, hint: string] {
  if (found === '\\') {
    return [
      'a pattern has no "\\"',
      'remove it: only * ? { and } mean something, and ? also stands for each of them',
    ];
  }
  if (found === '!')
    return ['a pattern cannot say what is not meant', 'remove the "!" and write what is meant'];
  if (found === '[' || found === ']') {
    return [
      `a pattern has no "${found}", except around an IPv6 host`,
      `${IN_BRACES}, or ? for any character`,
    ];
  }
  return [`a pattern has no "${found}"`, IN_BRACES];
}

export type GlobToken = { text: string } | { wildcard: '*' | '**' | '?' } | { choices: GlobToken[][] };

/** The parts of a glob without faults. */
export function globTokens(text: string): GlobToken[] {
  return text.split(/(\*+|\?|\{[^}]*\})/).flatMap((part): GlobToken[] => {
    if (part === '') return [];
    if (part === '?' || part === '*') return [{ wildcard: part }];
    if (part.startsWith('*')) return [{ wildcard: '**' }];
    if (!part.startsWith('{')) return [{ text: part }];
    // What stands twice is one choice: a thousand of the same cost no more than it.
    const choices = new Set(part.slice(1, -1).split(','));
    return [{ choices: [...choices].map(globTokens) }];
  });
}
