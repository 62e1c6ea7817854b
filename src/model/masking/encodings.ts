/** A character that a stretch of text can be read as, and where the stretch ends. */
export interface ReadCharacter {
  character: number;
  end: number;
}

/** What `&name;` stands for. The names of letters are left out: what escapes those escapes them by number. */
const ENTITIES = new Map(
  Object.entries({
    ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', tab: '\t', newline: '\n' },
    ...{ excl: '!', num: '#', dollar: '$', percnt: '%', lpar: '(', rpar: ')', ast: '*', plus: '+' },
    ...{ comma: ',', period: '.', sol: '/', colon: ':', semi: ';', equals: '=', quest: '?', commat: '@' },
    ...{ lsqb: '[', lbrack: '[', bsol: '\\', rsqb: ']', rbrack: ']', hat: '^', lowbar: '_', grave: '`' },
    ...{ lcub: '{', lbrace: '{', vert: '|', verbar: '|', rcub: '}', rbrace: '}' },
  }).map(([name, character]) => [name, codeOf(character)]),
);
const LONGEST_NAME = Math.max(...[...ENTITIES.keys()].map((name) => name.length));
const LONGEST_NUMBER = 12;
const LARGEST_CHARACTER = 0x10ffff;

const BACKSLASH = codeOf('\\');
const JSON_ESCAPES = new Map(
  Object.entries({
    ...{ '"': '"', "'": "'", '/': '/' },
    ...{ b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' },
  }).map(([letter, character]) => [codeOf(letter), codeOf(character)]),
);

/** More readings of one place would come of a text that was made to take long. */
const MOST_READINGS = 24;
const NONE: readonly ReadCharacter[] = [];

/** The symbol that a character is compared as: case is nothing, and a space may be a `+` or not break. */
export function symbolOf(character: number): number {
  if (character >= 0x41 && character <= 0x5a) return character + 0x20;
  return character === 0x2b || character === 0xa0 ? 0x20 : character;
}

export function symbolsOf(text: string): number[] {
  return [...text].map((character) => symbolOf(codeOf(character)));
}

/** The symbols of the text with each encoding in it read to its end, and each run of backslashes as one. */
export function fullyDecoded(text: string): number[] {
  const encodings = new Encodings(text);
  const symbols: number[] = [];
  for (let at = 0; at < text.length; ) {
    const { character, end } = encodings
      .at(at)
      .reduce((longest, reading) => (reading.end > longest.end ? reading : longest), plainReading(text, at));
    if (character !== BACKSLASH || symbols.at(-1) !== BACKSLASH) symbols.push(symbolOf(character));
    at = end;
  }
  return symbols;
}

/** The character as it stands there. */
export function plainReading(text: string, at: number): ReadCharacter {
  const character = text.codePointAt(at) ?? 0;
  return { character, end: at + (character > 0xffff ? 2 : 1) };
}

/**
 * What can be read otherwise than it stands in a text: percent-encoded UTF-8, JSON escapes and HTML
 * entities, each of whose characters may itself be encoded in any of these ways, so nested and mixed.
 */
export class Encodings {
  readonly #text: string;
  readonly #readings: (readonly ReadCharacter[] | undefined)[];
  /** For a place that can be read as a backslash: what escapes begin there. */
  readonly #escapes: (readonly ReadCharacter[] | undefined)[];

  constructor(text: string) {
    this.#text = text;
    const isPlain = !/[%&\\]/.test(text);
    this.#readings = new Array(isPlain ? 0 : text.length);
    this.#escapes = new Array(isPlain ? 0 : text.length);
    if (isPlain) return;
    // Backwards: what an encoding is made of stands after its beginning.
    for (let at = text.length - 1; at >= 0; at -= 1) {
      if ('%&\\'.includes(text.charAt(at))) this.#read(at);
    }
  }

  /** The readings that begin here, without the plain one. */
  at(place: number): readonly ReadCharacter[] {
    return this.#readings[place] ?? NONE;
  }

  #read(at: number): void {
    if (this.#text.startsWith('\\\\', at)) {
      this.#readings[at] = this.#readings[at + 1];
      this.#escapes[at] = this.#escapes[at + 1];
      return;
    }
    const plain = plainReading(this.#text, at);
    const readings = this.#closure(plain);
    if (readings.length > 0) this.#readings[at] = readings;
    const backslash = isBackslash(plain) ? plain : readings.find(isBackslash);
    if (backslash) this.#escapes[at] = this.#jsonEscapes(backslash.end);
  }

  /** What a character can be the beginning of, what that can be the beginning of, and so on. */
  #closure(plain: ReadCharacter): readonly ReadCharacter[] {
    const found = [plain];
    for (const head of found) {
      for (const reading of this.#beginningWith(head)) {
        if (found.length > MOST_READINGS) break;
        if (!has(found, reading)) found.push(reading);
      }
    }
    return found.slice(1);
  }

  #beginningWith({ character, end }: ReadCharacter): readonly ReadCharacter[] {
    if (character === 0x25) return present(this.#number(end, 16, 2, 2));
    if (character === 0x26) return [...this.#numberedEntity(end), ...this.#namedEntity(end)];
    if (character === BACKSLASH) return this.#jsonEscapes(end);
    if (character >= 0xc2 && character <= 0xf4) return present(this.#utf8(character, end));
    if (character >= 0xd800 && character <= 0xdbff) return present(this.#surrogatePair(character, end));
    return NONE;
  }

  /** What a backslash before this place can make of what stands there. */
  #jsonEscapes(at: number): readonly ReadCharacter[] {
    // Escaping doubles backslashes, so of several in a row the last may be the one that counts.
    const ofRun = this.#escapes[at] ?? NONE;
    const found = this.#all(at).flatMap((reading) => present(this.#jsonEscape(reading)));
    return found.length === 0 ? ofRun : distinct([...ofRun, ...found]);
  }

  #jsonEscape({ character, end }: ReadCharacter): ReadCharacter | undefined {
    if (character === 0x75) return this.#number(end, 16, 4, 4);
    if (character === 0x78) return this.#number(end, 16, 2, 2);
    const escaped = JSON_ESCAPES.get(character);
    return escaped === undefined ? undefined : { character: escaped, end };
  }

  #numberedEntity(at: number): readonly ReadCharacter[] {
    const sign = this.#find(at, (character) => character === 0x23);
    if (!sign) return NONE;
    const x = this.#find(sign.end, (character) => symbolOf(character) === 0x78);
    const number = this.#number(x?.end ?? sign.end, x ? 16 : 10, 1, LONGEST_NUMBER);
    return number && number.character <= LARGEST_CHARACTER ? [this.#withSemicolon(number)] : NONE;
  }

  #namedEntity(at: number): readonly ReadCharacter[] {
    const found: ReadCharacter[] = [];
    let name = '';
    for (let end = at; name.length < LONGEST_NAME; ) {
      const letter = this.#find(end, isLetter);
      if (!letter) break;
      name += String.fromCharCode(symbolOf(letter.character));
      end = letter.end;
      const character = ENTITIES.get(name);
      if (character !== undefined) found.push(this.#withSemicolon({ character, end }));
    }
    return found;
  }

  #withSemicolon({ character, end }: ReadCharacter): ReadCharacter {
    return { character, end: this.#find(end, (semicolon) => semicolon === 0x3b)?.end ?? end };
  }

  #utf8(lead: number, at: number): ReadCharacter | undefined {
    const more = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    let character = lead & (0x3f >> more);
    let end = at;
    for (let count = 0; count < more; count += 1) {
      const byte = this.#find(end, (value) => value >= 0x80 && value <= 0xbf);
      if (!byte) return undefined;
      character = character * 64 + (byte.character & 0x3f);
      end = byte.end;
    }
    return character <= LARGEST_CHARACTER ? { character, end } : undefined;
  }

  #surrogatePair(high: number, at: number): ReadCharacter | undefined {
    const low = this.#find(at, (character) => character >= 0xdc00 && character <= 0xdfff);
    return low && { character: codeOf(String.fromCharCode(high, low.character)), end: low.end };
  }

  /** The number that is written there, as a character. */
  #number(at: number, base: 10 | 16, least: number, most: number): ReadCharacter | undefined {
    let character = 0;
    let end = at;
    let count = 0;
    for (; count < most; count += 1) {
      const digit = this.#find(end, (symbol) => digitOf(symbol) < base);
      if (!digit) break;
      character = character * base + digitOf(digit.character);
      end = digit.end;
    }
    return count < least ? undefined : { character, end };
  }

  /** Of the wanted readings the longest: a shorter one leaves out a layer. */
  #find(at: number, isWanted: (character: number) => boolean): ReadCharacter | undefined {
    if (at >= this.#text.length) return undefined;
    const plain = plainReading(this.#text, at);
    const first = isWanted(plain.character) ? plain : undefined;
    return this.at(at).reduce(
      (longest, reading) =>
        isWanted(reading.character) && reading.end > (longest?.end ?? at) ? reading : longest,
      first,
    );
  }

  #all(at: number): readonly ReadCharacter[] {
    return at < this.#text.length ? [plainReading(this.#text, at), ...this.at(at)] : NONE;
  }
}

/** The value of a digit in either case, or more than any. */
function digitOf(character: number): number {
  if (character >= 0x30 && character <= 0x39) return character - 0x30;
  const symbol = symbolOf(character);
  return symbol >= 0x61 && symbol <= 0x66 ? symbol - 0x61 + 10 : Number.POSITIVE_INFINITY;
}

function isLetter(character: number): boolean {
  const symbol = symbolOf(character);
  return symbol >= 0x61 && symbol <= 0x7a;
}

function isBackslash({ character }: ReadCharacter): boolean {
  return character === BACKSLASH;
}

function has(readings: readonly ReadCharacter[], { character, end }: ReadCharacter): boolean {
  return readings.some((reading) => reading.character === character && reading.end === end);
}

function distinct(readings: readonly ReadCharacter[]): readonly ReadCharacter[] {
  return readings.filter((reading, index) => !has(readings.slice(0, index), reading));
}

function present(reading: ReadCharacter | undefined): readonly ReadCharacter[] {
  return reading ? [reading] : NONE;
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}
