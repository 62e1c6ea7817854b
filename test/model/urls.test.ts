import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hideUrlCredentials,
  hostOf,
  isLoopbackHost,
  lookAlikeForm,
  normaliseUrl,
  withoutQuery,
} from '../../src/model/urls.ts';
import { runs } from '../support/runs.ts';

describe('normaliseUrl', () => {
  it.each([
    ['https://HOOKS.Acme.example/A', 'https://hooks.acme.example/A'],
    ['https://acme.example:443/a', 'https://acme.example/a'],
    ['http://localhost:80', 'http://localhost/'],
    ['https://acme.example', 'https://acme.example/'],
    ['https://acme.example?a=1', 'https://acme.example/?a=1'],
    ['https://acme.example:8443/a', 'https://acme.example:8443/a'],
    ['https://acme.example/a/', 'https://acme.example/a/'],
    ['https://acme.example/A?B=C#D', 'https://acme.example/A?B=C#D'],
    ['https://acme.example/%7Ea', 'https://acme.example/~a'],
    ['https://acme.example/%7ea%2fb?c=%41%3d#%5a%c3%bc', 'https://acme.example/~a%2Fb?c=A%3D#Z%C3%BC'],
    ['https://acme.example/ü?ü#ü', 'https://acme.example/%C3%BC?%C3%BC#%C3%BC'],
    ['https://acme.example/%2e%2e/a%2Eb', 'https://acme.example/a.b'],
    ['https://acme.example/%%37e%3%41%zz%', 'https://acme.example/%%37e%3%41%zz%'],
    ['https://me%7e:x@acme.example/', 'https://me%7e:x@acme.example/'],
    ['https://Bücher.example/', 'https://xn--bcher-kva.example/'],
    ['mailto:a%7eb', 'mailto:a~b'],
    [`https://${'a'.repeat(1_001)}/`, `https://${'a'.repeat(1_001)}/`],
    ['not a URL', 'not a URL'],
    ['', ''],
  ])('writes %j as %j', (text, expected) => {
    expect(normaliseUrl(text)).toBe(expected);
    expect(normaliseUrl(expected)).toBe(expected);
  });

  it('writes a host with an umlaut the ten thousandth time as it did the first', () => {
    const written = Array.from({ length: 10_000 }, (_, index) =>
      normaliseUrl(`https://Bücher.example/${index}`),
    );
    expect(written.filter((url) => !url.startsWith('https://xn--bcher-kva.example/'))).toEqual([]);
  });

  it.each([
    ['https://acme.example/a', 'https://acme.example/A'],
    ['https://acme.example/a', 'https://acme.example/a/'],
    ['https://acme.example/a', 'http://acme.example/a'],
    ['https://acme.example/a?x=1', 'https://acme.example/a?x=2'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(normaliseUrl(one)).not.toBe(normaliseUrl(other));
  });
});

describe('any text', () => {
  it('has one normal form', () => {
    const part = fc.oneof(
      fc.constantFrom('%', '%4', '%41', '%7e', '%2f', '%25', '/', '..', '?', '#', 'é', '\ud800', '&', '='),
      fc.string({ unit: 'binary', maxLength: 3 }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom('https://a.example/', 'https://', 'x:', ''),
        fc.array(part),
        (start, parts) => {
          const normal = normaliseUrl(start + parts.join(''));
          expect(normaliseUrl(normal)).toBe(normal);
        },
      ),
      { numRuns: runs(2_000) },
    );
  });

  it.each([
    [
      'a host of other characters',
      `https://${Array.from({ length: 20_000 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join('')}/`,
    ],
    ['percent signs', `https://acme.example/${'%'.repeat(50_000)}`],
    ['escapes', `https://acme.example/${'%41'.repeat(50_000)}`],
    ['slashes', `https://acme.example/a${'/'.repeat(50_000)}b`],
    ['parameters', `https://acme.example/?${'b&a&'.repeat(12_500)}`],
  ])('takes no time with 50,000 %s', (_name, text) => {
    const start = performance.now();
    lookAlikeForm(withoutQuery(normaliseUrl(text)));
    lookAlikeForm(normaliseUrl(text));
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

describe('withoutQuery', () => {
  it.each([
    ['https://acme.example/a?b=c', 'https://acme.example/a'],
    ['https://acme.example/a?b=c?d#e?f', 'https://acme.example/a#e?f'],
    ['https://acme.example/a#e?f', 'https://acme.example/a#e?f'],
    ['https://acme.example/a', 'https://acme.example/a'],
  ])('of %s is %s', (url, expected) => {
    expect(withoutQuery(url)).toBe(expected);
  });
});

describe('two URLs', () => {
  const isLookAlike = (one: string, other: string) =>
    lookAlikeForm(normaliseUrl(one)) === lookAlikeForm(normaliseUrl(other));

  it.each([
    ['https://acme.example/a', 'https://acme.example/a/'],
    ['https://acme.example/a?b=c', 'https://acme.example/a/?b=c'],
    ['https://acme.example/a?b=1&c=2', 'https://acme.example/a?c=2&b=1'],
    ['https://acme.example/a?b=1&c=2&b=3', 'https://acme.example/a/?b=1&b=3&c=2'],
    ['https://acme.example?a&b', 'https://acme.example/?b&a'],
    ['https://acme.example/a#b', 'https://acme.example/a/#b'],
    ['not a URL', 'not a URL'],
  ])('look alike: %s and %s', (one, other) => {
    expect(isLookAlike(one, other)).toBe(true);
  });

  it.each([
    ['https://acme.example/a?b=1&b=2', 'https://acme.example/a?b=2&b=1'],
    ['https://acme.example/a?b=1', 'https://acme.example/a?b=1&b=1'],
    ['https://acme.example/a?b=1', 'https://acme.example/a?b=1/'],
    ['https://acme.example/a', 'https://acme.example/A'],
    ['https://acme.example/a', 'https://acme.example/a?b'],
    ['https://acme.example/a/b', 'https://acme.example/a//b'],
    ['https://acme.example/a?b=1#c', 'https://acme.example/a?b=1#d'],
    ['not a URL', 'not a URL/'],
  ])('do not look alike: %s and %s', (one, other) => {
    expect(isLookAlike(one, other)).toBe(false);
  });
});

describe('hostOf', () => {
  it('is the host with its port', () => {
    expect(hostOf('https://bob:pw@Acme.example:8443/a?b')).toBe('acme.example:8443');
    expect(hostOf('nonsense')).toBe('an unreadable URL');
  });
});

describe('isLoopbackHost', () => {
  it.each(['localhost', 'LOCALHOST', '127.0.0.1', '127.1.2.3', '[::1]', 'api.localhost'])(
    'knows %s',
    (host) => {
      expect(isLoopbackHost(host)).toBe(true);
    },
  );
  it.each(['localhost.example', '127.0.0.1.example', 'notlocalhost', '128.0.0.1', '[::2]', '0.0.0.0', ''])(
    'does not take %j for this machine',
    (host) => {
      expect(isLoopbackHost(host)).toBe(false);
    },
  );
});

describe('hideUrlCredentials', () => {
  it.each([
    ['https://hooks.acme.example/chaport', 'https://hooks.acme.example/chaport'],
    ['https://hooks.acme.example', 'https://hooks.acme.example'],
    [
      'https://hooks.acme.example/v2/chat-notifications-production',
      'https://hooks.acme.example/v2/chat-notifications-production',
    ],
    ['https://acme.example:8443/a/', 'https://acme.example:8443/a/'],
    ['https://acme.example/?', 'https://acme.example/?'],
    ['', ''],
  ])('shows %s', (url, shown) => {
    expect(hideUrlCredentials(url)).toBe(shown);
  });

  it.each([
    ['https://bob:hunter2@acme.example/a', 'https://***@acme.example/a'],
    ['https://hunter2@acme.example', 'https://***@acme.example'],
    ['https://bob:hunt@er2@acme.example/a', 'https://***@acme.example/a'],
    ['https://acme.example/a?key=hunter2', 'https://acme.example/a?key=***'],
    ['https://acme.example/a?x=&key=hunter2&&hunter2', 'https://acme.example/a?x=***&key=***&&***'],
    ['https://acme.example/a?key=hunter2=hunter2', 'https://acme.example/a?key=***'],
    ['https://acme.example/a#hunter2', 'https://acme.example/a#***'],
    ['https://acme.example/a?b=c#hunter2', 'https://acme.example/a?b=***#***'],
    ['https://acme.example/a;key=hunter2/b', 'https://acme.example/a;key=***/b'],
    ['https://acme.example\\bob:hunter2@evil/x9Kq27LmZp', 'https://acme.example\\***/***'],
    ['HTTPS://acme.example/a?key=hunter2', 'HTTPS://acme.example/a?key=***'],
    ['https:hunter2@acme.example', '***'],
    ['ftp://bob:hunter2@acme.example', '***'],
    ['hunter2', '***'],
    ['//bob:hunter2@acme.example', '***'],
    ['https://acme.example/a?k=v\nhunter2', 'https://acme.example/a?k=***'],
  ])('hides what %j holds', (url, shown) => {
    expect(hideUrlCredentials(url)).toBe(shown);
  });

  it.each([
    'xoxb-1234567890-abcdefghij',
    'T00000000',
    'B01ABCDEF',
    'XXXXXXXXXXXXXXXXXXXXXXXX',
    '59747c3ff77948220136b7b3',
    'deadbeefcafebabefeed',
    'eyJhbGciOiJIUzI1NiJ9.e30.abc',
    '3f2504e0-4f89-11d3-9a0c-0305e82c3301',
    'aGVsbG8gd29ybGQ%3D',
    '%64%65%61%64%62%65%65%66%31%32%33%34',
    'bot123456:AAEabcdEFGH',
    '123456789012',
  ])('takes the path part %s for a token', (part) => {
    expect(hideUrlCredentials(`https://acme.example/hooks/${part}/end`)).toBe(
      'https://acme.example/hooks/***/end',
    );
  });
});
