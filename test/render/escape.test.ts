import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeForTerminal, escapeInJson, hasRightToLeft } from '../../src/render/escape.ts';
import { HOSTILE_TEXTS } from './sample-plans.ts';

/** Everything that a terminal may obey, reorder by, or not show at all. */
const OBEYED_OR_HIDDEN =
  /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e0fff}]/u;

describe('escapeForTerminal', () => {
  it.each([
    ['an ANSI colour', '\u001b[31mred', '\\x1b[31mred'],
    ['a C1 control sequence introducer', 'a\u009b2Jb', 'a\\x9b2Jb'],
    ['line breaks and tabs', 'a\r\nb\tc', 'a\\r\\nb\\tc'],
    ['NUL, bell and delete', '\0\u0007\u007f', '\\x00\\x07\\x7f'],
    ['line and paragraph separators', 'a\u2028b\u2029', 'a\\u{2028}b\\u{2029}'],
    ['bidi overrides', 'abc\u202edef\u202c', 'abc\\u{202e}def\\u{202c}'],
    [
      'bidi isolates and marks',
      '\u2066a\u2069\u200e\u200f\u061c',
      '\\u{2066}a\\u{2069}\\u{200e}\\u{200f}\\u{61c}',
    ],
    ['zero-width blanks and the byte order mark', 'a\u200bb\u2060c\ufeff', 'a\\u{200b}b\\u{2060}c\\u{feff}'],
    ['the soft hyphen', 'ad\u00admin', 'ad\\xadmin'],
    ['tag characters', 'a\u{e0041}\u{e007f}', 'a\\u{e0041}\\u{e007f}'],
    ['private use', '\ue000\u{f0000}', '\\u{e000}\\u{f0000}'],
    ['lone surrogates', 'a\ud800b\udc00', 'a\\u{d800}b\\u{dc00}'],
    ['a no-break space', 'a\u00a0b\u2003c', 'a\\xa0b\\u{2003}c'],
    ['fillers that show nothing', 'a\u3164\u115f\u2800', 'a\\u{3164}\\u{115f}\\u{2800}'],
    ['joiners between Latin letters', 'ad\u200dmin\u200cx', 'ad\\u{200d}min\\u{200c}x'],
    ['the joiner of an emoji sequence', '👩\u200d💻', '👩\\u{200d}💻'],
    [
      'a tower of marks, from the fifth on',
      `e${'\u0301'.repeat(6)}`,
      `e${'\u0301'.repeat(4)}\\u{301}\\u{301}`,
    ],
    ['a mark with nothing under it', '\u0301e', '\\u{301}e'],
  ])('shows %s as a visible escape', (_name, text, shown) => {
    expect(escapeForTerminal(text)).toBe(shown);
  });

  it.each([
    ['Latin', 'Zoë Çelik, Ærø'],
    ['Cyrillic', 'Ольга Йовович'],
    ['Greek', 'Γιώργος'],
    ['Arabic', 'مُحَمَّد'],
    ['Persian with its joiner', 'علی\u200cرضا'],
    ['Hebrew with points', 'דָּנָה'],
    ['Devanagari', 'अजय शर्मा'],
    ['Sinhala with its joiner', 'ශ්\u200dරී'],
    ['Thai', 'สมชาย ใจดี'],
    ['Japanese with its blank', '山田　太郎'],
    ['Korean', '김철수'],
    ['Vietnamese in combining marks', 'Nguye\u0302\u0303n'],
    ['emoji', '🎉❤\ufe0f👍🏽'],
  ])('leaves %s as it is', (_script, text) => {
    expect(escapeForTerminal(text)).toBe(text);
  });

  it('leaves nothing that is obeyed or hidden, whatever it is given', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
      fc.array(fc.constantFrom(...HOSTILE_TEXTS)).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const shown = escapeForTerminal(text);
        expect(shown).not.toMatch(OBEYED_OR_HIDDEN);
        expect(escapeForTerminal(shown)).toBe(shown);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('escapeInJson', () => {
  it('keeps the meaning and hides nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const json = escapeInJson(JSON.stringify({ [text]: [text] }, null, 2));
        expect(JSON.parse(json)).toEqual({ [text]: [text] });
        expect(json.replaceAll('\n', '')).not.toMatch(OBEYED_OR_HIDDEN);
      }),
    );
  });
});

describe('hasRightToLeft', () => {
  it.each(['דנה', 'محمد', 'ﷺ', 'abc א'])('sees it in %s', (text) => {
    expect(hasRightToLeft(text)).toBe(true);
  });

  it('does not see it in other scripts', () => {
    expect(hasRightToLeft('Ольга 山田 สมชาย Γ अ')).toBe(false);
  });
});
