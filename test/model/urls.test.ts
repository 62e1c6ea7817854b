import { describe, expect, it } from 'vitest';
import { hideUrlCredentials, hostOf, isLoopbackHost, normaliseUrl } from '../../src/model/urls.ts';

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
    ['https://acme.example/%7Ea', 'https://acme.example/%7Ea'],
    ['not a URL', 'not a URL'],
    ['', ''],
  ])('writes %j as %j', (text, expected) => {
    expect(normaliseUrl(text)).toBe(expected);
    expect(normaliseUrl(expected)).toBe(expected);
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
