import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Automaton } from '../../../src/model/masking/automaton.ts';
import { buildMask } from '../../../src/model/masking/build-mask.ts';
import { processorTime } from '../../support/processor-time.ts';
import { runs } from '../../support/runs.ts';
import { DECODERS, ENCODERS, encodeWith } from './encoders.ts';

/** A mask that shows `<0>`, `<1>` … for the secrets. */
function maskFor(...values: string[]) {
  return buildMask(values.map((value, index) => ({ value, shown: `<${index}>` })));
}

/** The same, slowly and for texts without encodings: what each character becomes. */
function maskSlowly(characters: readonly string[], secrets: readonly (readonly string[])[]): string[] {
  const longestFirst = secrets
    .map((secret, index) => ({ secret, shown: `<${index}>` }))
    .sort((a, b) => b.secret.length - a.secret.length);
  const matches = characters.flatMap((_, last) => {
    const startOf = (secret: readonly string[]) => last + 1 - secret.length;
    const longest = longestFirst.find(({ secret }) =>
      secret.every((character, at) => characters[startOf(secret) + at] === character),
    );
    return longest ? [{ start: startOf(longest.secret), end: last + 1, shown: longest.shown }] : [];
  });
  const result = characters.map((character, at) =>
    matches.some(({ start, end }) => start <= at && at < end) ? '' : character,
  );
  let [from, hiddenTo] = [0, 0];
  for (const { start, end, shown } of matches.sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (start >= from && end > hiddenTo) {
      result[start] = shown;
      from = end;
    }
    hiddenTo = Math.max(hiddenTo, end);
  }
  return result;
}

const ALPHABET = ['q', 'z', 'é', '😀'];
const word = fc.array(fc.constantFrom(...ALPHABET), { minLength: 1, maxLength: 5 });
const words = fc.uniqueArray(word, { minLength: 1, maxLength: 6, selector: (letters) => letters.join('') });
const layers = fc.array(fc.constantFrom(...Object.keys(ENCODERS)), { maxLength: 3 });
const secretText = fc
  .string({ unit: 'grapheme', minLength: 4, maxLength: 30 })
  .filter((text) => !/\p{Cc}|\p{Cs}/u.test(text));

const inUpperCase = (text: string) => text.replace(/[a-z]/g, (letter) => letter.toUpperCase());

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a mask', () => {
  it('hides what a slow search finds, in plain text', () => {
    fc.assert(
      fc.property(words, fc.array(fc.constantFrom(...ALPHABET), { maxLength: 40 }), (secrets, text) => {
        const mask = maskFor(...secrets.map((letters) => letters.join('')));
        expect(mask(text.join(''))).toBe(maskSlowly(text, secrets).join(''));
      }),
      { numRuns: runs(1_000) },
    );
  });

  it('hides the same where each character is encoded in a way of its own', () => {
    const character = fc.tuple(fc.constantFrom(...ALPHABET), layers);
    fc.assert(
      fc.property(words, fc.array(character, { maxLength: 20 }), (secrets, text) => {
        const pieces = text.map(([letter, names]) => encodeWith(names, letter));
        const plain = text.map(([letter]) => letter);
        const expected = maskSlowly(plain, secrets).map((shown, at) =>
          shown === plain[at] ? pieces[at] : shown,
        );
        const mask = maskFor(...secrets.map((letters) => letters.join('')));
        expect(mask(pieces.join(''))).toBe(expected.join(''));
      }),
      { numRuns: runs(1_000) },
    );
  });

  it('finds any secret under up to three encodings, and hides nothing else', () => {
    fc.assert(
      fc.property(secretText, layers, fc.boolean(), (value, names, isUpper) => {
        const text = encodeWith(names, isUpper ? inUpperCase(value) : value);
        expect(maskFor(value)(`«${text}»`)).toBe('«<0>»');
      }),
      { numRuns: runs(2_000) },
    );
  });

  it('finds it after and before what looks like a part of an encoding', () => {
    const odd = fc
      .array(
        fc.constantFrom('%', '%2', '\\', '\\u00', '&', '&#', '&#x4', '&am', '%C3', 'n', ';', '5', '"', ' '),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(odd, secretText, layers, odd, (before, value, names, after) => {
        const encoded = encodeWith(names, value);
        expect(maskFor(value)(before + encoded + after)).not.toContain(encoded);
      }),
      { numRuns: runs(2_000) },
    );
  });

  it('leaves no secret that any reader of the text could find', () => {
    const piece = fc.oneof(
      fc.tuple(fc.nat(2), layers),
      fc.constantFrom('%', '%25', '\\', '\\\\', '&amp;', '&#', '"', ';', 'u0025', 'x'),
    );
    const secrets = fc.tuple(secretText, secretText, secretText);
    fc.assert(
      fc.property(secrets, fc.array(piece, { maxLength: 8 }), (values, pieces) => {
        const text = pieces
          .map((one) => (typeof one === 'string' ? one : encodeWith(one[1], values[one[0]] ?? '')))
          .join(' ');
        let left = [maskFor(...values)(text)];
        for (let level = 0; level <= 3; level += 1) {
          for (const value of values) expect(left.filter((one) => one.includes(value))).toEqual([]);
          left = [...new Set(left.flatMap((one) => DECODERS.map((decode) => decode(one))))];
        }
      }),
    );
  });

  it.each([
    ['in lower case', 'secret host', 'https://SECRET HOST.example', 'https://<0>.example'],
    ['with a plus for a space', 'a b c', '?k=a+b+c', '?k=<0>'],
    ['decoded, when it holds encodings', 'a%20b&amp;\\u0063', '"A b&C"', '"<0>"'],
    ['decoded in part', 'a%20b&amp;\\u0063', '"a b&amp;c"', '"<0>"'],
    ['encoded again', 'a%20bcd', 'a%252520bcd', '<0>'],
    ['with named entities', 'a/b+c=d', 'a&sol;b&plus;c&equals;d', '<0>'],
    ['with entities without semicolons', 'a&bc<d', 'a&ampbc&ltd', '<0>'],
    ['with escapes of JavaScript', 'ab"cd', "ab\\x22c\\'d ab\\x22cd", "ab\\x22c\\'d <0>"],
    ['with more backslashes', 'abc\\def\\', '"abc\\\\\\\\def\\\\\\\\"', '"<0>"'],
    ['with escapes behind more backslashes', 'a\\b"c', 'a\\\\\\\\b\\\\\\"c', '<0>'],
    ['percent-encoded in Latin-1', 'grüße', 'gr%FC%DFe', '<0>'],
  ])('finds a secret %s', (_how, secret, text, shown) => {
    expect(maskFor(secret)(text)).toBe(shown);
  });

  it.each([[['&lt;&lt;', '<<<abcd']], [['<<<abcd', '&lt;&lt;']]])(
    'keeps all readings of a text: %j',
    (values) => {
      for (const [index, value] of values.entries())
        expect(maskFor(...values)(`-${value}-`)).toBe(`-<${index}>-`);
      expect(maskFor(...values)('-&lt;&lt;&lt;abcd-')).toMatch(/^-<[01]>(<[01]>)?-$/);
    },
  );

  it('does not hide the little that a secret decodes to', () => {
    expect(maskFor('%2F%2F')('https://a.example %2f%2F')).toBe('https://a.example <0>');
    expect(maskFor('\\\\\\\\x')('\\x')).toBe('\\x');
  });

  it('says which secret it was, of two that decode alike the one that is written so', () => {
    expect(maskFor('a%20bcd', 'a bcd')('a bcd a%20bcd')).toBe('<1> <0>');
  });

  it('says which secret it was, of two that differ in case alone the one that is written so', () => {
    expect(maskFor('Hush-Key', 'hush-key')('hush-key Hush-Key')).toBe('<1> <0>');
    expect(maskFor('hush-key', 'Hush-Key')('HUSH-KEY')).toBe('<0>');
  });

  it('hides the rest of a secret that overlaps another', () => {
    expect(maskFor('abcdef', 'defghi', 'ghijkl')('-abcdefghijkl-')).toBe('-<0><2>-');
    expect(maskFor('abcdef', 'defghi')('-abcdefghijkl-')).toBe('-<0>jkl-');
  });

  it('says it for each of two that follow one another', () => {
    expect(maskFor('abab')('abababab')).toBe('<0><0>');
  });

  it('does not take an empty secret for one', () => {
    expect(maskFor('')('text')).toBe('text');
    expect(maskFor()('text')).toBe('text');
  });
});

const letters = (length: number, seed: number) =>
  Array.from({ length }, (_, at) => String.fromCharCode(33 + ((seed * 31 + at * at * 17 + at) % 90))).join(
    '',
  );
const many = (count: number, length: number) =>
  Array.from({ length: count }, (_, seed) => letters(length, seed));

describe('many and long secrets', () => {
  it.each([
    ['a token of 3,000 characters', many(1, 3_000)],
    ['a token of 100,000 characters', many(1, 100_000)],
    ['300 secrets of 60', many(300, 60)],
    ['six secrets of 2,000', many(6, 2_000)],
    ['200 secrets of 40', many(200, 40)],
  ])('%s are found', (_what, secrets) => {
    const mask = maskFor(...secrets);
    for (const secret of secrets.slice(0, 20)) {
      expect(mask(`«${JSON.stringify(encodeURIComponent(secret))}»`)).toMatch(/^«"<\d+>"»$/);
    }
  });
});

describe('a text that is made to take long', () => {
  const SIZE = 100_000;
  const hostile: [string, string][] = [
    ...['\\', '%25', '25', '&amp;', '&#', '&#48', '%5C', '%5c%5Cn', '\\u005c', '%61', 'a', 'a%61'],
    ...['%C3', '%32%35', '\\\\n', '&amp;#x26;', '\\%5c&#92;', '&amp', '&#0000'],
  ].map((part) => [part, part.repeat(SIZE / part.length)]);
  hostile.push(
    ...([
      ['%', '25'],
      ['&', 'amp;'],
      ['&#', '0'],
    ].map(([first = '', more = '']) => [`${first}${more}…`, first + more.repeat(SIZE / more.length)]) as [
      string,
      string,
    ][]),
  );
  const secrets = {
    ordinary: ['h00k/k€y&"7 z', 'hunter2-hunter2'],
    periodic: ['a'.repeat(2_000), `${'ab'.repeat(500)}!`],
    odd: ['%%%%%%%%%%x', '\\\\\\\\\\\\\\\\x', '%25%25%25x', '&amp;&amp;x', '%61'.repeat(100)],
  };

  describe.each(Object.entries(secrets))('with %s secrets', (_kind, values) => {
    const mask = maskFor(...values);
    it.each(hostile)('of %s does not', (_part, text) => {
      expect(processorTime(() => mask(text))).toBeLessThan(5_000);
    });
  });
});

describe('an error inside the mask', () => {
  it('shows neither the text nor itself', () => {
    vi.spyOn(Automaton.prototype, 'step').mockImplementation(() => {
      throw new RangeError('hush-hush');
    });
    expect(maskFor('hush-hush')('a hush-hush b')).toBe('(a text that could not be masked)');
  });

  it('of what is no text neither', () => {
    expect(maskFor('hush-hush')(null as unknown as string)).toBe('(a text that could not be masked)');
  });
});
