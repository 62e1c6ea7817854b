const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const hex = (number: number, digits: number) => number.toString(16).padStart(digits, '0');
const numberOf = (character: string) => character.codePointAt(0) ?? 0;
const eachUnit = (text: string, encode: (unit: number) => string) =>
  text
    .split('')
    .map((unit) => encode(unit.charCodeAt(0)))
    .join('');
const eachCharacter = (text: string, encode: (character: string) => string) => [...text].map(encode).join('');

/** What a text goes through on its way to an error message and back. */
export const ENCODERS: Record<string, (text: string) => string> = {
  percent: encodeURIComponent,
  'percent in lower case': (text) => encodeURIComponent(text).replace(/%../g, (byte) => byte.toLowerCase()),
  'every byte percent': (text) => [...Buffer.from(text)].map((byte) => `%${hex(byte, 2)}`).join(''),
  form: (text) => new URLSearchParams([['k', text]]).toString().slice(2),
  JSON: (text) => JSON.stringify(text).slice(1, -1),
  'JSON escapes': (text) => eachUnit(text, (unit) => `\\u${hex(unit, 4)}`),
  'JSON escapes in upper case': (text) => eachUnit(text, (unit) => `\\u${hex(unit, 4).toUpperCase()}`),
  HTML: (text) => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character),
  'decimal entities': (text) => eachCharacter(text, (character) => `&#${numberOf(character)};`),
  'hexadecimal entities': (text) =>
    eachCharacter(text, (character) => `&#X000${hex(numberOf(character), 2)};`),
};

/** Each around the other, the first innermost. */
export function encodeWith(names: readonly string[], text: string): string {
  return names.reduce((encoded, name) => ENCODERS[name]?.(encoded) ?? encoded, text);
}

const READ_HTML: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const READ_JSON: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** What reads a text: each takes one layer off, wherever there is one, and leaves the rest as it is. */
export const DECODERS: readonly ((text: string) => string)[] = [
  (text) =>
    text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString()),
  (text) => text.replaceAll('+', ' '),
  (text) =>
    text.replace(/\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/g, (_, unit: string | undefined, short: string) =>
      unit === undefined ? (READ_JSON[short] ?? short) : String.fromCharCode(Number.parseInt(unit, 16)),
    ),
  (text) =>
    text.replace(
      /&(?:#x([0-9a-f]{1,8})|#(\d{1,8})|(amp|lt|gt|quot|apos));/gi,
      (whole, digits: string | undefined, decimal: string | undefined, name: string | undefined) => {
        if (name !== undefined) return READ_HTML[name] ?? whole;
        const number = digits === undefined ? Number(decimal) : Number.parseInt(digits, 16);
        return number <= 0x10ffff ? String.fromCodePoint(number) : whole;
      },
    ),
];
