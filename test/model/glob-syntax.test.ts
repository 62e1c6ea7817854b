import { describe, expect, it } from 'vitest';
import { globFault, globTokens } from '../../src/model/glob-syntax.ts';

describe('a fault in a glob', () => {
  it.each<[glob: string, at: number, length: number, message: string, hint: string]>([
    [
      'a\\*',
      1,
      1,
      'a pattern has no "\\"',
      'remove it: only * ? { and } mean something, and ? also stands for each of them',
    ],
    [
      'a[b]',
      1,
      1,
      'a pattern has no "[", except around an IPv6 host',
      'write the choices in braces: {one,other}, or ? for any character',
    ],
    [
      'a]',
      1,
      1,
      'a pattern has no "]", except around an IPv6 host',
      'write the choices in braces: {one,other}, or ? for any character',
    ],
    ['!a', 0, 1, 'a pattern cannot say what is not meant', 'remove the "!" and write what is meant'],
    ['(a)', 0, 1, 'a pattern has no "("', 'write the choices in braces: {one,other}'],
    ['x@(a)', 1, 2, 'a pattern has no "@("', 'write the choices in braces: {one,other}'],
    ['x*(a)', 1, 2, 'a pattern has no "*("', 'write the choices in braces: {one,other}'],
    ['{a}{b', 3, 1, 'this "{" is never closed', 'add a "}" behind the last choice, or remove it'],
    ['{a,{b}}', 3, 1, 'braces do not stand in braces', 'write all choices side by side: {a,b,c}'],
    ['{a}}', 3, 1, 'this "}" closes nothing', 'remove it, or add the "{" that is missing'],
    [
      'https://[::1]/[',
      14,
      1,
      'a pattern has no "[", except around an IPv6 host',
      'write the choices in braces: {one,other}, or ? for any character',
    ],
    [
      'jo@[::1]',
      3,
      1,
      'a pattern has no "[", except around an IPv6 host',
      'write the choices in braces: {one,other}, or ? for any character',
    ],
  ])('%s: at %i', (glob, at, length, message, hint) => {
    expect(globFault(glob)).toEqual({ at, length, message, hint });
  });

  it.each([
    '*',
    '{a,b}*?**',
    'a!b',
    'https://a.example/x(1)',
    'https://[::1]',
    'https://me@[2001:db8::1]:8443/**',
    '{https://[::1],http://[::1]/}',
  ])('is none in %s', (glob) => {
    expect(globFault(glob)).toBeNull();
  });
});

describe('the parts of a glob', () => {
  it('are texts, wildcards and choices, each choice once', () => {
    expect(globTokens('a*b***?{c,d?,c,}')).toEqual([
      { text: 'a' },
      { wildcard: '*' },
      { text: 'b' },
      { wildcard: '**' },
      { wildcard: '?' },
      { choices: [[{ text: 'c' }], [{ text: 'd' }, { wildcard: '?' }], []] },
    ]);
  });
});
