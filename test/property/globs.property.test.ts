import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { globTokens } from '../../src/model/glob-syntax.ts';
import { emailGlob, parseGlob, urlGlob } from '../../src/planner/globs.ts';
import { runs } from '../support/runs.ts';

/** What a glob means, said by a pattern that goes back and forth as long as it likes. */
function slowGlob(glob: string, star: string, one: string): RegExp {
  const patternOf = (tokens: ReturnType<typeof globTokens>): string =>
    tokens
      .map((token) => {
        if ('text' in token) return token.text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
        if ('choices' in token) return `(?:${token.choices.map(patternOf).join('|')})`;
        return { '*': star, '**': '[^]*', '?': one }[token.wildcard];
      })
      .join('');
  return new RegExp(`^${patternOf(globTokens(glob))}$`, 'u');
}

const RUNS = { numRuns: runs(3_000) };
const textOf = (...parts: string[]) =>
  fc.array(fc.constantFrom(...parts), { maxLength: 10 }).map((all) => all.join(''));
const choices = (part: fc.Arbitrary<string>) =>
  fc.array(part, { minLength: 1, maxLength: 3 }).map((all) => `{${all.join(',')}}`);
const globOf = (...parts: string[]) => {
  const plain = textOf(...parts);
  const part = fc.oneof(fc.constantFrom(...parts), choices(fc.oneof(plain, fc.constantFrom('a', 'b'))));
  return fc.array(part, { maxLength: 8 }).map((all) => all.join(''));
};

describe('any glob', () => {
  it('over e-mails means what a pattern would', () => {
    let matches = 0;
    fc.assert(
      fc.property(globOf('a', 'b', '@', '*', '?', '**'), textOf('a', 'b', '@'), (glob, email) => {
        const expected = slowGlob(glob, '[^]*', '[^]').test(email);
        matches += Number(expected);
        expect(emailGlob(glob)(email), `${glob} over ${email}`).toBe(expected);
      }),
      RUNS,
    );
    expect(matches).toBeGreaterThan(RUNS.numRuns / 20);
  });

  it('over the paths of URLs means what a pattern would', () => {
    let matches = 0;
    fc.assert(
      fc.property(globOf('a', 'b', '/', '*', '?', '**'), textOf('a', 'b', '/'), (path, text) => {
        const glob = `https://a.example/${path}`;
        const url = `https://a.example/${text}`;
        const expected = slowGlob(glob, '[^/]*', '[^/]').test(url);
        matches += Number(expected);
        expect(urlGlob(glob)(url), `${glob} over ${url}`).toBe(expected);
      }),
      RUNS,
    );
    expect(matches).toBeGreaterThan(RUNS.numRuns / 20);
  });

  it('over the hosts of URLs means what a pattern would, with each thing that may be left out or not', () => {
    let matches = 0;
    const ends = fc.constantFrom('', '/', ':443', ':443/', '/a', '/*', ':443/**', '*', '**', ':*/', '.');
    fc.assert(
      fc.property(
        globOf('a', '.b', '*', '**'),
        ends,
        textOf('a', 'b', '.b'),
        fc.constantFrom('', 'a'),
        (host, end, text, path) => {
          fc.pre(host !== '' && /^[ab]/.test(text));
          const glob = `https://${host}${end}`;
          const spellings = ['', '.'].flatMap((dot) =>
            ['', ':443'].flatMap((port) =>
              [`/${path}`, ...(path === '' ? [''] : [])].map(
                (slash) => `https://${text}${dot}${port}${slash}`,
              ),
            ),
          );
          const slow = slowGlob(glob, '[^/]*', '[^/]');
          const expected = spellings.some((spelling) => slow.test(spelling));
          matches += Number(expected);
          expect(urlGlob(glob)(`https://${text}/${path}`), `${glob} over ${text}/${path}`).toBe(expected);
        },
      ),
      RUNS,
    );
    expect(matches).toBeGreaterThan(RUNS.numRuns / 20);
  });

  it('matches what it is without wildcards, or is no glob, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl(), fc.emailAddress()), (text) => {
        for (const subject of ['email', 'url', 'webhook-key'] as const) {
          const { glob } = parseGlob(text, subject);
          if (glob && !/[*?{}]/.test(text) && text === text.trim()) expect(glob(text), subject).toBe(true);
        }
      }),
      { numRuns: runs(2_000) },
    );
  });
});
