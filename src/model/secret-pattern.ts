/** Shorter secrets cannot be told from ordinary text, so they are not searched for inside it. */
export const HIDDEN_MINIMUM = 4;

const NAMED_ENTITIES: Record<string, string> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
};
const JSON_ESCAPES: Record<string, string> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  '\b': 'b',
  '\f': 'f',
  '\n': 'n',
  '\r': 'r',
  '\t': 't',
};

/**
 * The source of a regular expression that finds a text however it was encoded on its way:
 * plain, percent-encoded (once or twice), with JSON escapes, with HTML entities, or mixed.
 */
export function textPattern(text: string): string {
  return [...text].map(characterPattern).join('');
}

function characterPattern(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const spellings = [escapeForRegExp(character)];
  const bytes = [...new TextEncoder().encode(character)];
  spellings.push(bytes.map((byte) => `%(?:25)*${hexPattern(byte, 2)}`).join(''));
  spellings.push(
    character
      .split('')
      .map((unit) => `\\\\+u${hexPattern(unit.charCodeAt(0), 4)}`)
      .join(''),
  );
  spellings.push(`&#0*${code};?`, `&#[xX]0*${hexPattern(code, 1)};?`);
  const short = JSON_ESCAPES[character];
  if (short !== undefined) spellings.push(`\\\\+${escapeForRegExp(short)}`);
  const entity = NAMED_ENTITIES[character];
  if (entity !== undefined) spellings.push(`&${entity};`);
  // A form writes a space as +, and a reader of forms takes a + for a space.
  if (character === ' ') spellings.push('\\+');
  if (character === '+') spellings.push(' ');
  return `(?:${spellings.join('|')})`;
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
