import { describe, expect, it } from 'vitest';
import { emailGlob, parseGlob, urlGlob } from '../../src/planner/globs.ts';

const keyGlob = (glob: string) => {
  const parsed = parseGlob(glob, 'webhook-key');
  return (text: string) => parsed.glob?.(text);
};

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
    ['j?n@acme.example', 'j😀n@acme.example', true],
    ['{jon,sam}@acme.example', 'sam@acme.example', true],
    ['{jon,sam}@acme.example', 'eva@acme.example', false],
    ['{jon*,sam}@acme.example', 'jonathan@acme.example', true],
    ['{}@acme.example', '@acme.example', true],
    ['{a,b}{,c}@acme.example', 'bc@acme.example', true],
    ['jon+a(x)|^$.@acme.example', 'jon+a(x)|^$.@acme.example', true],
    ['a/b*@acme.example', 'a/b/c@acme.example', true],
    ['jörg*', 'JöRG@acme.example', true],
    ['jörg*', 'JÖRG@acme.example', false],
    ['jo\u0308rg*', 'jörg@acme.example', true],
    ['kim@*', '\u212aim@acme.example', false],
    ['\u212aim@*', '\u212aim@acme.example', true],
    ['jo@*', 'jo@a@b.example', true],
    ['*@b.example', 'jo@a@b.example', true],
    ['jo', 'jo', true],
    ['', '', true],
    ['*a*b*a', 'xaybza', true],
    ['*a*b*a', 'xaybz', false],
  ])('%s over %s: %s', (glob, text, matches) => {
    const { glob: found = null } = parseGlob(glob, 'email');
    expect(found?.(text) ?? false).toBe(matches);
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
    ['https://a.example/?', 'https://a.example/', false],
    ['https://a.example/b?c', 'https://a.example/b/c', false],
    ['https://*.example/in', 'https://a.b.example/in', true],
    ['https://*.example/in', 'https://evil.test/x.example/in', false],
    ['https://*.example', 'https://evil.test/?x.example', false],
    ['https://a.example', 'https://a.example/', true],
    ['https://A.example/In', 'https://a.example/in', false],
    ['https://a.example:8443/**', 'https://a.example/in', false],
    ['https://a.example:8443/**', 'https://a.example:8443/in', true],
    ['https://a.example/**', 'https://a.example:8443/in', false],
    ['https://a.example?/in', 'https://a.example/in', false],
    ['https://*.example', 'https://a.example', true],
    ['https://*.example', 'https://a.example/in', false],
    ['https://a.example?key=*', 'https://a.example/?key=1', true],
    ['https://a.example/in?key=*', 'https://a.example/in?key=1', true],
    ['https://a.example**?key=*', 'https://a.example/in?key=1', true],
    ['https://hook?.example/**', 'https://hook1.example/in', true],
    ['https://hook?.example?key=*', 'https://hook1.example/?key=1', true],
    ['https://{a,b}.example/**', 'https://b.example/in', true],
    ['https://a.example/{a,b}{,/c}', 'https://a.example/b/c', true],
    ['https://a.example/{A,b}', 'https://a.example/a', false],
    ['{https,http}://localhost/**', 'http://localhost/in', true],
    ['{https://a.example/**,*@a.example}', 'https://a.example/b', true],
    ['https://b?cher.example/**', 'https://bücher.example/in', true],
    ['https://bücher.example/**', 'https://bucher.example/in', false],
    ['*@partner.example', 'https://a.example/', false],
    ['not a*', 'not a URL', false],
    ['not*', 'not a URL', true],
  ])('%s over %s: %s', (glob, url, matches) => {
    expect(urlGlob(glob)(url)).toBe(matches);
  });
});

describe('a glob over the keys of webhooks', () => {
  it.each<[glob: string, key: string, matches: boolean]>([
    ['chat.* https://Hooks.acme.example/*', 'chat.started https://hooks.acme.example/a/b', true],
    ['chat.started https://hooks.acme.example:443/A', 'chat.started https://hooks.acme.example/a', true],
    ['*acme*', 'chat.started https://hooks.acme.example/a/b', true],
    ['CHAT.started *', 'chat.started https://hooks.acme.example/', true],
    ['chat.started https://me@hooks.acme.example/%7ea', 'chat.started https://hooks.acme.example/~a', true],
    ['https://hooks.acme.example/*', 'chat.started https://hooks.acme.example/a', false],
  ])('%s over %s: %s', (glob, key, matches) => {
    expect(keyGlob(glob)(key)).toBe(matches);
  });
});

const PERSON = 'jo.kim@partner.example';
const GERMAN = 'jo@bücher.example';
const HOOK = 'https://hooks.partner.example/v1/~in%2Fout/über?key=a%20b';
const MATCHES = null;

/** However a guard is spelled, it guards, or the file is wrong; in silence it never guards nobody. */
describe('a spelling of a guard', () => {
  it.each<[glob: string, guarded: string, fault: string | null]>([
    ['*@partner.example', PERSON, MATCHES],
    ['*@PARTNER.Example', PERSON, MATCHES],
    ['Jo.Kim@partner.example', PERSON, MATCHES],
    ['*@partner.example.', PERSON, MATCHES],
    [' *@partner.example ', PERSON, MATCHES],
    ['**@partner.example', PERSON, MATCHES],
    ['***@partner.example', PERSON, MATCHES],
    ['*@*.example', PERSON, MATCHES],
    ['*@{partner,other}.example', PERSON, MATCHES],
    ['{*@partner.example,*@other.example}', PERSON, MATCHES],
    ['jo.?im@partner.example', PERSON, MATCHES],
    ['*@p\uff41rtner.example', PERSON, MATCHES],
    ['*@partner\u3002example', PERSON, MATCHES],
    ['*@bücher.example', GERMAN, MATCHES],
    ['*@BÜCHER.example', GERMAN, MATCHES],
    ['*@bu\u0308cher.example', GERMAN, MATCHES],
    ['*@xn--bcher-kva.example', GERMAN, MATCHES],
    ['*@XN--bcher-KVA.example', GERMAN, MATCHES],
    ['*@xn--*.example', GERMAN, MATCHES],
    ['*@{bücher,x}.example', GERMAN, MATCHES],
    ['*@b*.example', GERMAN, MATCHES],
    ['*bücher.example', GERMAN, MATCHES],
    ['*@bücher.*', 'jo@xn--bcher-kva.example', MATCHES],
    ['*@[partner].example', PERSON, 'a pattern has no "["'],
    ['j[a-z].kim@partner.example', PERSON, 'a pattern has no "["'],
    ['!*@other.example', PERSON, 'a pattern cannot say what is not meant'],
    ['(jo|sam)*@partner.example', PERSON, 'a pattern has no "("'],
    ['@(jo|sam).kim@partner.example', PERSON, 'a pattern has no "@("'],
    ['+(jo).kim@partner.example', PERSON, 'a pattern has no "+("'],
    ['jo.kim@!(other).example', PERSON, 'a pattern has no "!("'],
    ['{jo,sam.kim@partner.example', PERSON, 'this "{" is never closed'],
    ['{jo,{sam,eva}}.kim@partner.example', PERSON, 'braces do not stand in braces'],
    ['jo,sam}.kim@partner.example', PERSON, 'this "}" closes nothing'],
    ['*\\@partner.example', PERSON, 'a pattern has no "\\"'],
    ['https://hooks.partner.example/**', HOOK, MATCHES],
    ['HTTPS://HOOKS.partner.example/**', HOOK, MATCHES],
    ['https://hooks.partner.example:443/**', HOOK, MATCHES],
    ['https://*.partner.example:443/**', HOOK, MATCHES],
    ['https://hooks.partner.example:0443/**', HOOK, MATCHES],
    ['https://hooks.partner.example./**', HOOK, MATCHES],
    ['https://*.PARTNER.example./**', HOOK, MATCHES],
    ['https://me@hooks.partner.example/**', HOOK, MATCHES],
    ['https://me:{a,b}@*.partner.example/**', HOOK, MATCHES],
    ['https://*:*@hooks.partner.example/**', HOOK, MATCHES],
    ['https://{hooks,www}.partner.example/**', HOOK, MATCHES],
    ['https://{HOOKS.partner,other}.example:443/**', HOOK, MATCHES],
    ['https://hooks.partner.example**', HOOK, MATCHES],
    ['https://hooks.partner.example/v1/%7ein%2fout/**', HOOK, MATCHES],
    ['https://*.partner.example/v1/%7Ein%2fout/*', HOOK, MATCHES],
    ['https://hooks.partner.example/v1/*/über*', HOOK, MATCHES],
    ['https://hooks.partner.example/v1/*/%c3%bcber*', HOOK, MATCHES],
    ['https://hooks.partner.example/v1/*/*?key=a b', HOOK, MATCHES],
    ['https://hooks.partner.example/v1/*/*?{key,k}=a%20b', HOOK, MATCHES],
    ['https://hooks.partner.example/x/../v1/**', HOOK, MATCHES],
    ['https:hooks.partner.example', 'https://hooks.partner.example/', MATCHES],
    ['https://%68ooks.partner.example/**', HOOK, MATCHES],
    ['https://%68ooks.*/**', HOOK, MATCHES],
    ['https://hooks.partner.example', 'https://bob:pw@hooks.partner.example./', MATCHES],
    ['https://hooks.partner.example?key=*', 'https://hooks.partner.example/?key=1', MATCHES],
    ['https://bücher.example/**', 'https://xn--bcher-kva.example/', MATCHES],
    ['https://*.BÜCHER.example', 'https://a.bücher.example', MATCHES],
    ['https://[0:0::1]:8443/**', 'https://[::1]:8443/in', MATCHES],
    ['https://{localhost,[::2],[::1]}/*', 'https://[::1]/in', MATCHES],
    ['http://127.1/**', 'http://127.0.0.1:80/in', MATCHES],
    ['https://hooks.partner.example/[a-z]*', HOOK, 'a pattern has no "["'],
    ['https://[a-z]*.partner.example/**', HOOK, 'a pattern has no "["'],
    ['https:\\\\hooks.partner.example\\**', HOOK, 'a pattern has no "\\"'],
    ['!https://other.example/**', HOOK, 'a pattern cannot say what is not meant'],
  ])('%s guards %s, or is an error: %s', (glob, guarded, fault) => {
    const parsed = parseGlob(glob, guarded.includes('://') ? 'url' : 'email');
    if (fault === null) expect(parsed.glob?.(guarded)).toBe(true);
    else expect(parsed.fault?.message).toContain(fault);
    expect(parsed.fault?.message === undefined).toBe(fault === null);
  });

  it('is thrown out by the planner where it is faulty, without its text', () => {
    expect(() => emailGlob('hush[hush')).toThrow('a pattern of the policy is faulty: a pattern has no "["');
    expect(() => urlGlob('https://a.example/{hush')).toThrow('this "{" is never closed');
  });
});
