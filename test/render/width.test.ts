import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakAnywhere, cutMiddle, displayWidth, padTo, wrapWords } from '../../src/render/width.ts';

describe('cutMiddle', () => {
  it('keeps both ends of a long text', () => {
    expect(cutMiddle('https://hooks.acme.example/chaport/main', 21)).toBe('https://hook…ort/main');
  });

  it('leaves a text that fits', () => {
    expect(cutMiddle('Jon Snow', 8)).toBe('Jon Snow');
  });

  it('counts wide letters as two columns', () => {
    expect(cutMiddle('山田太郎山田太郎', 9)).toBe('山田…太郎');
  });

  it('does not cut inside a letter with its marks', () => {
    expect(cutMiddle('नमस्तेनमस्तेनमस्ते', 5)).not.toMatch(/(^|…)\p{M}/u);
  });

  it('is never wider than asked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 3, max: 40 }), (text, width) => {
        expect(displayWidth(cutMiddle(text, width))).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('breakAnywhere', () => {
  it('loses nothing and keeps to the width', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 10, max: 40 }), (text, width) => {
        const lines = breakAnywhere(text, width);
        expect(lines.join('')).toBe(text);
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('wrapWords', () => {
  it('breaks at spaces and leaves a long word whole', () => {
    expect(wrapWords('see https://acme.example/a/long/one for more', 14)).toEqual([
      'see',
      'https://acme.example/a/long/one',
      'for more',
    ]);
  });
});

describe('padTo', () => {
  it('pads by columns, not by letters', () => {
    expect(padTo('山田', 6)).toBe('山田  ');
  });
});
