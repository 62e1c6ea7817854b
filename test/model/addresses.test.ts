import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressKey, unicodeDomain } from '../../src/model/addresses.ts';
import { runs } from '../support/runs.ts';

describe('addressKey', () => {
  it.each([
    ['Jon.Snow@ACME.Example', 'jon.snow@acme.example'],
    ['jo@bücher.example', 'jo@xn--bcher-kva.example'],
    ['jo@BÜCHER.example', 'jo@xn--bcher-kva.example'],
    ['jo@bu\u0308cher.example', 'jo@xn--bcher-kva.example'],
    ['jo@XN--Bcher-KVA.example', 'jo@xn--bcher-kva.example'],
    ['jo@b\u00fccher\u3002example', 'jo@xn--bcher-kva.example'],
    ['jo\u0308rg@acme.example', 'jörg@acme.example'],
    ['JÖRG@acme.example', 'jÖrg@acme.example'],
    ['J\u030c@acme.example', 'ǰ@acme.example'],
    ['\u212aim@acme.example', '\u212aim@acme.example'],
    ['İ@acme.example', 'İ@acme.example'],
    ['A@B@Bücher.example', 'a@b@xn--bcher-kva.example'],
    ['Bücher.example', 'bücher.example'],
    ['jo@', 'jo@'],
    ['@', '@'],
    ['', ''],
  ])('writes %j as %j', (text, expected) => {
    expect(addressKey(text)).toBe(expected);
  });

  it.each([
    'jo@bücher.example/x',
    'jo@ü%41.example',
    'jo@ü:80',
    'jo@ü x.example',
    'jo@a\u200db.example',
    'jo@ü\ud800.example',
    'jo@１２７．1/ü',
  ])('leaves the domain of %j, which is none', (text) => {
    expect(addressKey(text)).toBe(text);
  });

  it('takes a domain of digits for no address in numbers', () => {
    expect(addressKey('jo@１')).toBe('jo@1');
    expect(addressKey('jo@1')).toBe('jo@1');
  });

  it('changes nothing the second time, whatever the text', () => {
    const part = fc.oneof(
      fc.constantFrom(
        '@',
        '.',
        'ü',
        'K',
        '\u212a',
        '\u0301',
        '\u030c',
        'J',
        'xn--',
        '\ud800',
        '1',
        '／',
        'ß',
        '\u00ad',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const email = addressKey(parts.join(''));
        expect(addressKey(email)).toBe(email);
        expect(email).not.toMatch(/[A-Z]/);
      }),
      { numRuns: runs(2_000) },
    );
  });

  it.each([
    ['marks to compose', `a${'\u0301\u0327'.repeat(25_000)}@x.example`],
    ['labels to convert', `a@${'ü.'.repeat(25_000)}`],
    [
      'a label of other characters',
      `a@${Array.from({ length: 20_000 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join('')}`,
    ],
    ['at signs', '@'.repeat(50_000)],
    ['halves of characters', '\ud800'.repeat(50_000)],
  ])('takes no time for 50,000 %s', (_name, text) => {
    const start = performance.now();
    expect(addressKey(text)).toHaveLength(text.length);
    expect(performance.now() - start).toBeLessThan(500);
  });
});

describe('unicodeDomain', () => {
  it('is a domain as people read it', () => {
    expect(unicodeDomain('a.xn--bcher-kva.example')).toBe('a.bücher.example');
    expect(unicodeDomain('acme.example')).toBe('acme.example');
    expect(unicodeDomain('xn--\u0000')).toBe('xn--\u0000');
  });
});
