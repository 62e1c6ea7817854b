import { describe, expect, it } from 'vitest';
import { parseGlob } from '../../src/planner/globs.ts';

const LENGTH = 20_000;
/** A machine that is busy with other tests takes its time; what goes back and forth takes hours. */
const LIMIT_MS = 20_000;

const long = (text: string, length = LENGTH) => text.repeat(Math.ceil(length / text.length)).slice(0, length);
const distinct = Array.from({ length: 20_000 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join('');

const GLOBS = [
  '*a*a*a*a*b',
  `${long('*a')}b`,
  `${long('*a*')}b`,
  long('?'),
  `*${long('a', LENGTH / 4)}b*`,
  `*${long('?', LENGTH / 4)}b*`,
  `${long('{a,b}')}c`,
  `*${long('{a,b}', LENGTH / 2)}c`,
  `*{${long('a,')}}b`,
  long('{}'),
  long('**/'),
  `https://**/${long('*/')}x`,
  `https://*${long('a*')}b/`,
  `https://a.example/${long('*a')}b`,
  `https://a.example/${'*{a,aa}'.repeat(7_000)}b`,
  `https://${long('*@')}x`,
  `https://${long('?a=')}`,
  long('://@'),
  long('ü'),
  long('%'),
  distinct,
];

const TEXTS = {
  email: [
    long('a'),
    long('a@'),
    `a${long('\u0301\u0327')}@x.example`,
    distinct,
    `a@${distinct}`,
    long('\ud800'),
    `a@${long('ü.')}`,
  ],
  url: [
    `https://a.example/${long('a')}`,
    `https://a.example/${long('a/')}`,
    `https://a.example/?${long('a=b&')}`,
    `https://${long('a', 900)}/`,
    `https://${long('a')}/`,
    `https://${distinct}/`,
    `https://${long('@')}x/`,
    `https://a.example/${long('%')}`,
    long('://'),
  ],
};

describe('a glob of any length over a text of any length', () => {
  it.each(
    GLOBS.flatMap((glob) =>
      (['email', 'url'] as const).map((subject) => ({ glob, subject, shown: glob.slice(0, 30) })),
    ),
  )('$shown over $subject: takes its time once, not for every way to match', ({ glob, subject }) => {
    const start = performance.now();
    const parsed = parseGlob(glob, subject);
    for (const text of TEXTS[subject]) {
      expect(parsed.glob?.(text)).toBeTypeOf('boolean');
      expect(performance.now() - start).toBeLessThan(LIMIT_MS);
    }
  });

  it.each(['[', '{', '}', '\\', '{{', '!(', '[::1]', '://['])(
    '%s, repeated, is complained about at once',
    (text) => {
      const start = performance.now();
      expect(parseGlob(long(text), 'url').fault?.message).toBeTypeOf('string');
      expect(performance.now() - start).toBeLessThan(1_000);
    },
  );
});
