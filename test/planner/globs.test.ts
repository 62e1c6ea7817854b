import { describe, expect, it } from 'vitest';
import { normaliseUrl } from '../../src/model/urls.ts';
import { emailGlob, keyGlob, urlGlob } from '../../src/planner/globs.ts';

describe('a glob over e-mails', () => {
  it.each<[glob: string, text: string, matches: boolean]>([
    ['*', 'jon@acme.example', true],
    ['*@acme.example', 'jon@acme.example', true],
    ['*@ACME.example', 'Jon@acme.Example', true],
    ['*@acme.example', 'jon@acme.example.evil', false],
    ['*@acme.example', 'jon@acmexexample', false],
    ['jon@acme.example', 'jon@acme.example', true],
    ['jon@acme.example', 'notjon@acme.example', false],
    ['j?n@acme.example', 'jan@acme.example', true],
    ['j?n@acme.example', 'jn@acme.example', false],
    ['{jon,sam}@acme.example', 'sam@acme.example', true],
    ['{jon,sam}@acme.example', 'eva@acme.example', false],
    ['{jon*,sam}@acme.example', 'jonathan@acme.example', true],
    ['{}@acme.example', '@acme.example', true],
    ['{jon@acme.example', '{jon@acme.example', true],
    ['jon+[a-z](x)|^$.\\@acme.example', 'jon+[a-z](x)|^$.\\@acme.example', true],
    ['a/b*@acme.example', 'a/b/c@acme.example', true],
    ['jörg*', 'JÖRG@acme.example', true],
  ])('%s over %s: %s', (glob, text, matches) => {
    expect(emailGlob(glob)(text)).toBe(matches);
    expect(keyGlob(glob)(text)).toBe(matches);
  });
});

describe('a glob over URLs', () => {
  it.each<[glob: string, url: string, matches: boolean]>([
    ['*', 'https://a.example/b/c', true],
    ['**', 'https://a.example/b/c', true],
    ['https://**', 'https://a.example/b/c', true],
    ['https://a.example/**', 'https://a.example/b/c?d=e', true],
    ['https://a.example/**', 'https://a.example', true],
    ['https://a.example/**', 'https://a.example.evil/', false],
    ['https://a.example/**', 'http://a.example/', false],
    ['https://a.example/*', 'https://a.example/b', true],
    ['https://a.example/*', 'https://a.example/b/c', false],
    ['https://a.example/*/c', 'https://a.example/b/c', true],
    ['https://*.example/in', 'https://a.b.example/in', true],
    ['https://*.example/in', 'https://evil.test/x.example/in', false],
    ['https://a.example', 'https://a.example/', true],
    ['https://A.EXAMPLE:443/In', 'https://a.example/In', true],
    ['https://A.example/In', 'https://a.example/in', false],
    ['https://A.EXAMPLE:443/**', 'https://a.example/in', true],
    ['http://localhost:80/**', 'http://localhost/in', true],
    ['https://a.example:8443/**', 'https://a.example/in', false],
    ['https://a.example:8443/**', 'https://a.example:8443/in', true],
    ['https://*.example', 'https://a.example', true],
    ['https://*.EXAMPLE:443', 'https://a.example/', true],
    ['https://*.example', 'https://a.example/in', false],
    ['https://a.example?key=*', 'https://a.example/?key=1', true],
    ['https://a.example/in?key=*', 'https://a.example/in?key=1', true],
    ['https://hook?.example/**', 'https://hook1.example/in', true],
    ['https://{a,b}.example/**', 'https://b.example/in', true],
    ['{https,http}://localhost/**', 'http://localhost/in', true],
    ['https://bücher.example/**', 'https://bücher.example/in', true],
    ['https://a.example/über/**', 'https://a.example/über/in', true],
    ['https://a.example/a b/*', 'https://a.example/a b/c', true],
    ['*@partner.example', 'https://a.example/', false],
  ])('%s over %s: %s', (glob, url, matches) => {
    expect(urlGlob(glob)(normaliseUrl(url))).toBe(matches);
  });
});
