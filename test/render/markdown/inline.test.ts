import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { code, listOf, prose } from '../../../src/render/markdown/inline.ts';
import { hostileText } from '../hostile-plans.ts';
import { HOSTILE_TEXTS } from '../sample-plans.ts';
import { intrusionsIn, parseMarkdown, tablesOf, textOf } from './parsed.ts';

function parsedCell(cell: string) {
  const root = parseMarkdown(`| a | b |\n| --- | --- |\n| ${cell} | x |\n`);
  const row = tablesOf(root)[0]?.children[1];
  return { root, cells: row?.children.map((child) => textOf(child)) ?? [] };
}

describe('code', () => {
  it.each([
    ['', '(empty)'],
    ['Jon', '`Jon`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['a|b', '`a`&#124;`b`'],
    ['\\|', '`\\`&#124;'],
    ['  a  b ', '`\\x20\\x20a \\x20b\\x20`'],
    ['a\nb', '`a\\nb`'],
    ['a``b`c', '```a``b`c```'],
    ['`````', '`\\x60\\x60\\x60\\x60\\x60`'],
  ])('contains %j', (text, shown) => {
    expect(code(text)).toBe(shown);
  });

  it('shows exactly the text, in one table cell, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(hostileText, fc.constantFrom(...HOSTILE_TEXTS)), (text) => {
        const { root, cells } = parsedCell(code(text));
        expect(cells).toHaveLength(2);
        expect(cells[1]).toBe('x');
        expect(intrusionsIn(root)).toEqual([]);
        // Reads back to the text but for what was made visible.
        if (/^[\x21-\x7e]*$/.test(text) && !/`{4}/.test(text) && text !== '') expect(cells[0]).toBe(text);
      }),
      { numRuns: 200 },
    );
  });
});

describe('prose', () => {
  it('leaves what stands between backticks in one piece', () => {
    expect(
      prose('take them into a file (`chaportctl export --into FILE` does) or write `state: absent`.'),
    ).toBe('take them into a file (`chaportctl export --into FILE` does) or write `state: absent`.');
    expect(intrusionsIn(parseMarkdown(prose('a ` and <b> ``x` @mallory `<i>`')))).toEqual([]);
  });

  it('leaves plain words and puts names into code', () => {
    expect(prose('prune would delete 5 webhooks, and policy.maxDeletes allows 2 (see "Jon Snow")')).toBe(
      'prune would delete 5 webhooks, and `policy.maxDeletes` allows 2 (see `Jon Snow`)',
    );
  });

  it.each([
    'GH-12',
    '@acme',
    '#1',
    'deadbeef',
    '(deadbeef',
    'www.x.example',
    ':tada:',
    'JIRA-7',
    '1.',
    '---',
    '/close',
  ])('gives %s no meaning', (word) => {
    expect(intrusionsIn(parseMarkdown(`- ${prose(word)}\n`))).toEqual([]);
    expect(prose(word)).toContain('`');
  });

  it('gives nothing a meaning', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(intrusionsIn(parseMarkdown(`- ${prose(text)}\n`))).toEqual([]);
        expect(parsedCell(prose(text)).cells).toHaveLength(2);
      }),
      { numRuns: 200 },
    );
  });
});

describe('listOf', () => {
  it('counts what it does not name', () => {
    expect(listOf(['a', 'b', 'c'], 3)).toBe('a, b, c');
    expect(listOf(['a', 'b', 'c'], 2)).toBe('a, b and 1 more');
    expect(listOf(['a', 'b', 'c'], 0)).toBe('3, not named here');
  });
});
