import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SecretBook } from '../../src/model/secrets.ts';
import { secretNamesIn } from '../../src/model/text.ts';
import { processorTime } from '../support/processor-time.ts';

function bookWith(secrets: Record<string, string>): SecretBook {
  const book = new SecretBook();
  for (const [name, value] of Object.entries(secrets)) book.addSecret(name, value);
  return book;
}

describe('masking', () => {
  it('leaves text alone where there is no secret', () => {
    expect(new SecretBook().mask('nothing to hide')).toBe('nothing to hide');
    expect(bookWith({ KEY: 'hush-hush' }).mask('nothing to hide')).toBe('nothing to hide');
  });

  it('puts the name in the place of a secret, and *** where it has none', () => {
    const book = bookWith({ KEY: 'hush-hush' });
    book.addNameless('t0ken-value');
    expect(book.mask('a hush-hush b t0ken-value c hush-hush')).toBe('a ${secret:KEY} b *** c ${secret:KEY}');
  });

  it('masks the longer of two secrets that begin alike', () => {
    const book = bookWith({ SHORT: 'abcd', LONG: 'abcdefgh' });
    expect(book.mask('abcdefgh abcd')).toBe('${secret:LONG} ${secret:SHORT}');
  });

  it('takes characters of regular expressions as they are', () => {
    const book = bookWith({ KEY: 'a.c*(d)[e]$^|\\' });
    expect(book.mask('x a.c*(d)[e]$^|\\ y')).toBe('x ${secret:KEY} y');
    expect(book.mask('abc*(d)[e]$^|\\')).toBe('abc*(d)[e]$^|\\');
  });

  it('shows a name that has a dollar sign in it as it is', () => {
    const book = bookWith({ $1: 'hush-hush' });
    expect(book.mask('hush-hush')).toBe('${secret:$1}');
  });

  it('does not look for very short secrets inside other text', () => {
    expect(bookWith({ KEY: 'abc' }).mask('abc abcd')).toBe('abc abcd');
    const book = new SecretBook();
    book.addNameless('');
    book.addNameless('ny');
    expect(book.mask('anything')).toBe('anything');
  });

  it('looks for a token of three characters, but not in documents', () => {
    const book = bookWith({ KEY: 'xyz' });
    book.addNameless('abc');
    expect(book.mask('abc xyz abcd')).toBe('*** xyz ***d');
    expect(book.conceal('abc')).toBe('abc');
  });

  it.each([
    ['abcdefg', 'key abcdefg', false],
    ['abcdefgh', 'key abcdefgh!', true],
    ['abcdefgh', 'key ABCDEFGH', false],
    ['abc/efghijkl', 'key abc%2Fefghijkl', true],
  ])('looks for the token %s in what would be sent: %s', (token, text, isThere) => {
    const book = new SecretBook();
    book.addNameless(token);
    expect(book.holdsToken(text)).toBe(isThere);
  });

  it('sees secrets that are added later', () => {
    const book = bookWith({ ONE: 'first-secret' });
    expect(book.mask('second-secret')).toBe('second-secret');
    book.addNameless('second-secret');
    expect(book.mask('second-secret')).toBe('***');
  });

  const encodings: Record<string, (text: string) => string> = {
    plain: (text) => text,
    percent: encodeURIComponent,
    'percent in lower case': (text) => encodeURIComponent(text).replace(/%../g, (hex) => hex.toLowerCase()),
    'percent twice': (text) => encodeURIComponent(encodeURIComponent(text)),
    'every byte percent': (text) =>
      [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
    form: (text) => new URLSearchParams([['k', text]]).toString().slice(2),
    'form, read as a URL': (text) => text.replaceAll('+', ' '),
    URL: (text) => new URL(`https://h.example/?${text.replace(/#/g, '%23')}`).search.slice(1),
    JSON: (text) => JSON.stringify(text).slice(1, -1),
    'JSON in JSON': (text) => JSON.stringify(JSON.stringify(text)).slice(3, -3),
    'JSON escapes': (text) =>
      text
        .split('')
        .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
        .join(''),
    'JSON escapes in upper case': (text) =>
      text
        .split('')
        .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`)
        .join(''),
    'HTML entities': (text) =>
      [...text].map((character) => `&#x${(character.codePointAt(0) ?? 0).toString(16)};`).join(''),
    HTML: (text) =>
      text.replace(
        /[&<>"']/g,
        (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character] ?? '&#39;',
      ),
  };

  it.each(Object.entries(encodings))('finds any secret in the encoding "%s"', (_name, encode) => {
    const secret = fc
      .string({ unit: 'grapheme', minLength: 4, maxLength: 40 })
      // White space at the ends and control characters do not survive being written into a URL.
      .filter((text) => !/^\s|\s$|\p{Cc}|\p{Cs}/u.test(text));
    fc.assert(
      fc.property(secret, (value) => {
        expect(bookWith({ KEY: value }).mask(`«${encode(value)}»`)).toBe('«${secret:KEY}»');
      }),
    );
  });

  it('is quick on long text that nearly matches', () => {
    const book = bookWith({
      KEY: `${'ab'.repeat(50)}!`,
      PERCENT: '%%%%%%%%%%x',
      SLASHES: '\\\\\\\\\\\\\\\\x',
    });
    const time = processorTime(() => {
      book.mask('ab'.repeat(50_000));
      book.mask('%25'.repeat(5000));
      book.mask('\\'.repeat(60_000));
      book.mask(`&#${'0'.repeat(60_000)}`);
    });
    expect(time).toBeLessThan(2000);
  });
});

describe('concealing and filling', () => {
  it('masks a secret in a text of the account', () => {
    expect(bookWith({ KEY: 'hush-hush' }).conceal('echo hush-hush')).toBe('echo ${secret:KEY}');
  });

  it('gives back what a document shows, and shows it as it was', () => {
    const text = bookWith({ KEY: 'hush-hush' }).fill('https://h.example/${secret:KEY}');
    expect(text.real).toBe('https://h.example/hush-hush');
    expect(`${text} ${JSON.stringify(text)} ${inspect(text)}`).not.toContain('hush-hush');
    expect(text.secrets).toEqual(['KEY']);
  });

  it('reads $${ as a literal ${', () => {
    const book = bookWith({ KEY: 'hush-hush' });
    expect(book.fill('$${secret:KEY} ${secret:KEY}').real).toBe('${secret:KEY} hush-hush');
    expect(secretNamesIn('$${secret:NO} ${secret:YES} ${secret:ALSO}')).toEqual(['YES', 'ALSO']);
  });

  it('does not take a dollar sign in a secret for anything', () => {
    expect(bookWith({ KEY: "$&$1$'" }).fill('<${secret:KEY}>').real).toBe("<$&$1$'>");
  });

  it('does not fill in a secret that it does not have', () => {
    expect(() => bookWith({}).fill('${secret:KEY}')).toThrow(RangeError);
  });

  it('names its secrets in order', () => {
    expect(bookWith({ B: 'bbbb', A: 'aaaa' }).names).toEqual(['A', 'B']);
  });
});
