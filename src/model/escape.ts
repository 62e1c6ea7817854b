/** Scripts whose spelling needs joiners between letters; elsewhere a joiner is only a way to hide one. */
const JOINING_SCRIPTS = [
  'Arabic',
  'Devanagari',
  'Bengali',
  'Gurmukhi',
  'Gujarati',
  'Oriya',
  'Tamil',
  'Telugu',
  'Kannada',
  'Malayalam',
  'Sinhala',
]
  .map((script) => `\\p{Script=${script}}`)
  .join('');

/**
 * What is never obeyed and never invisible: controls, format characters (bidi, zero width, tags,
 * soft hyphen), line separators, lone surrogates, private use, noncharacters, fillers, and blanks
 * that only look like a space. The ideographic space is an ordinary one in its script.
 */
const UNSAFE = new RegExp(
  [
    `(?<=[${JOINING_SCRIPTS}])[\\u200c\\u200d](?=[${JOINING_SCRIPTS}])`,
    '(?<=\\p{Extended_Pictographic})\\ufe0f',
    '([\\p{C}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\u2800]|(?![ \\u3000])\\p{Zs})',
  ].join('|'),
  'gu',
);

/** A mark with nothing to stand on would climb onto our own text; more than four are a tower over other lines. */
const STRAY_MARKS = /^\p{M}+|(?<=\p{M}{4})\p{M}+/gu;

/** Most texts are of these alone, of which none is unsafe: looking at each letter takes long. */
const HARMLESS = /^[\x20-\x7e\xc0-\u024f–]*$/;
const HARMLESS_LINES = /^[\n\x20-\x7e\xc0-\u024f–]*$/;

const SHORT_ESCAPES: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Makes foreign text safe to print on one line of a terminal: what would be obeyed, reorder the
 * line or be invisible becomes a visible escape (`\x1b`, `\u{202e}`, `\n`). Letters of every
 * script, combining marks (up to four in a row) and emoji stay; the joiner inside an emoji does
 * not, since it can hide. The result escapes to itself.
 */
export function escapeForTerminal(text: string): string {
  if (HARMLESS.test(text)) return text;
  return text
    .replace(UNSAFE, (whole, unsafe: string | undefined) =>
      unsafe === undefined ? whole : visibleEscape(unsafe),
    )
    .replace(STRAY_MARKS, (marks) => [...marks].map(visibleEscape).join(''));
}

function visibleEscape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const short = SHORT_ESCAPES[character];
  if (short !== undefined) return short;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}

/** JSON that is safe on a terminal, too: the same characters as `\uXXXX`, which every reader takes back. */
export function escapeInJson(json: string): string {
  if (HARMLESS_LINES.test(json)) return json;
  return json.replace(UNSAFE, (whole, unsafe: string | undefined) => {
    if (unsafe === undefined || unsafe === '\n') return whole;
    return unsafe
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join('');
  });
}
