/** Shorter secrets cannot be told from ordinary text, so they are not searched for inside it. */
export const HIDDEN_MINIMUM = 4;

/** A token comes from outside: unlike a named secret, a short one cannot be complained of in the file. */
export const NAMELESS_MINIMUM = 3;

const NAMED_ENTITIES: Record<string, string> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
};
const JSON_ESCAPES: Record<string, string> = {
  '"': '"',
  '/': '/',
  '\b': 'b',
  '\f': 'f',
  '\n': 'n',
  '\r': 'r',
  '\t': 't',
};

// Four levels of each encoding in itself. Bounds, so that no hostile text makes a search slow.
const BACKSLASHES = '\\\\{1,15}';
const PERCENT = '%(?:25){0,3}';
const ZEROS = '0{0,7}';

/**
 * The source of a regular expression that finds a text however it was encoded on its way:
 * plain, percent-encoded, with JSON escapes, with HTML entities, or mixed.
 */
export function textPattern(text: string): string {
  // Escaping doubles backslashes, so of several in a row nobody can say which belongs to which.
  return [...text.matchAll(/\\+|./gsu)].map(([part]) => partPattern(part)).join('');
}

function partPattern(part: string): string {
  if (!part.startsWith('\\')) return `(?:${[...encodedSpellings(part), ...plainSpellings(part)].join('|')})`;
  const count = part.length;
  return `(?:\\\\{${count},${16 * count}}|(?:${encodedSpellings('\\').join('|')}){${count}})`;
}

/** The character's short forms and, last since they may begin with it, the character itself. */
function plainSpellings(character: string): string[] {
  const spellings: string[] = [];
  const short = JSON_ESCAPES[character];
  if (short !== undefined) spellings.push(BACKSLASHES + escapeForRegExp(short));
  const entity = NAMED_ENTITIES[character];
  if (entity !== undefined) spellings.push(`&${entity};`);
  // A form writes a space as +, and a reader of forms takes a + for a space.
  if (character === ' ') spellings.push('\\+');
  if (character === '+') spellings.push(' ');
  return [...spellings, escapeForRegExp(character)];
}

/** The character by its number. */
function encodedSpellings(character: string): string[] {
  const code = character.codePointAt(0) ?? 0;
  const bytes = [...new TextEncoder().encode(character)];
  const units = character.split('').map((unit) => unit.charCodeAt(0));
  return [
    bytes.map((byte) => PERCENT + hexPattern(byte, 2)).join(''),
    units.map((unit) => `${BACKSLASHES}u${hexPattern(unit, 4)}`).join(''),
    `&#${ZEROS}${code};?`,
    `&#[xX]${ZEROS}${hexPattern(code, 1)};?`,
  ];
}

function hexPattern(code: number, digits: number): string {
  return code
    .toString(16)
    .padStart(digits, '0')
    .replace(/[a-f]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}

function escapeForRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
