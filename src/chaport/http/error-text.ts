/** Enough to understand, short enough for a line. */
const LONGEST = 200;
/** Nobody's error message starts later than this. */
const LOOKED_AT = 64 * 1024;
const LONGEST_HTML = 16 * 1024;

type Mask = (text: string) => string;

/**
 * What an error's body says (facts: error-body): JSON with `error`, `message` or
 * `errors`, plain text, or the title of a web page. One masked line, empty where it says nothing.
 */
export function excerptOf(body: string, mask: Mask): string {
  // Masked before and after: cutting or decoding must neither split a secret nor bring one to light.
  const text = mask(body.slice(0, LOOKED_AT));
  return shorten(mask(wordsOf(text)));
}

/** White space to single spaces, and no more than an excerpt's length. */
function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = [...line.slice(0, 2 * LONGEST + 2)];
  return characters.length <= LONGEST
    ? line
    : `${characters
        .slice(0, LONGEST - 1)
        .join('')
        .trimEnd()}…`;
}

/** Whether a text looks like a web page. */
export function isHtml(text: string): boolean {
  return /^\s*</.test(text);
}

function wordsOf(text: string): string {
  if (isHtml(text)) return titleOf(text.slice(0, LONGEST_HTML));
  try {
    const words = wordsOfJson(JSON.parse(text), 0);
    return words.length > 0 ? [...new Set(words)].join(': ') : text;
  } catch {
    return text;
  }
}

const SPEAKING_KEYS = [
  'title',
  'error',
  'message',
  'msg',
  'error_description',
  'detail',
  'description',
  'reason',
];

function wordsOfJson(value: unknown, depth: number): string[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value];
  if (typeof value !== 'object' || value === null || depth > 4) return [];
  if (Array.isArray(value)) {
    const entries = value.flatMap((entry) => wordsOfJson(entry, depth + 1).join(': ') || []);
    return entries.length > 0 ? [entries.join('; ')] : [];
  }
  const members = new Map<string, unknown>(Object.entries(value));
  const field = members.get('field') ?? members.get('path') ?? members.get('param');
  const words = SPEAKING_KEYS.flatMap((key) => wordsOfJson(members.get(key), depth + 1));
  words.push(...wordsOfErrors(members.get('errors'), depth + 1));
  return typeof field === 'string' && words.length > 0 ? [field, ...words] : words;
}

/** `errors` is a list, or says for each field what is wrong with it. */
function wordsOfErrors(errors: unknown, depth: number): string[] {
  const words = wordsOfJson(errors, depth);
  if (words.length > 0 || typeof errors !== 'object' || errors === null) return words;
  const fields = Object.entries(errors).flatMap(([field, problem]) => {
    const problems = wordsOfJson(problem, depth);
    return problems.length > 0 ? [`${field}: ${problems.join(': ')}`] : [];
  });
  return fields.length > 0 ? [fields.join('; ')] : [];
}

/** A page is written for a browser: its title says enough. */
function titleOf(html: string): string {
  return decodeEntities(/<title[^<>]*>([^<]*)<\/title/i.exec(html)?.[1] ?? '');
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
