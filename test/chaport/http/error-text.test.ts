import { describe, expect, it } from 'vitest';
import { excerptOf } from '../../../src/chaport/http/error-text.ts';

const plain = (text: string) => text;

describe('excerptOf', () => {
  it.each([
    ['', ''],
    ['  Bad\r\n\t request  ', 'Bad request'],
    ['{"error":"e-mail is taken"}', 'e-mail is taken'],
    ['{"message":"e-mail is taken"}', 'e-mail is taken'],
    ['{"error":"invalid","message":"e-mail is taken"}', 'invalid: e-mail is taken'],
    ['{"error":{"code":12,"message":"e-mail is taken"}}', 'e-mail is taken'],
    ['{"errors":["one","two"]}', 'one; two'],
    ['{"errors":[{"field":"email","message":"is taken"},{"detail":"no"}]}', 'email: is taken; no'],
    ['{"errors":{"email":["is taken","is odd"],"name":"is long"}}', 'email: is taken; is odd; name: is long'],
    ['{"message":"invalid","errors":{"email":"is taken"}}', 'invalid: email: is taken'],
    ['{"title":"Bad","detail":"e-mail is taken"}', 'Bad: e-mail is taken'],
    ['{"__proto__":{"message":"hidden"},"message":"seen"}', 'seen'],
    ['"just a text"', 'just a text'],
    ['{"code":12}', '{"code":12}'],
    ['<html><head><title>502 Bad &amp; Gateway</title></head><body>x</body></html>', '502 Bad & Gateway'],
    ['<html><script>alert(1)</script><p>It <b>broke</b>.</p>', ''],
    ['<title>1 &lt; 2 &#39;&#x41;&#1114112;</title>', "1 < 2 'A&#1114112;"],
  ])('says of %s: %s', (body, expected) => {
    expect(excerptOf(body, plain)).toBe(expected);
  });

  it('is never longer than 200 characters', () => {
    expect([...excerptOf('🙂'.repeat(5000), plain)]).toHaveLength(200);
    expect(excerptOf('x'.repeat(200), plain)).toBe('x'.repeat(200));
    expect(excerptOf('x'.repeat(201), plain)).toBe(`${'x'.repeat(199)}…`);
  });

  it('masks before it cuts, so that no half of a secret is left', () => {
    const mask = (text: string) => text.replaceAll('s3cret-value', '***');
    expect(excerptOf(`${'x'.repeat(195)}s3cret-value`, mask)).toBe(`${'x'.repeat(195)}***`);
  });

  it('masks what decoding brings to light', () => {
    const mask = (text: string) => text.replaceAll('s3cret-value', '***');
    expect(excerptOf('{"message":"s3cr\\u0065t-value"}', mask)).toBe('***');
    expect(excerptOf('<title>Sorry, s3cret&#45;value is no token</title>', mask)).toBe(
      'Sorry, *** is no token',
    );
  });

  it('reads hostile pages quickly', () => {
    const before = process.cpuUsage();
    excerptOf('<script'.repeat(1_000_000), plain);
    excerptOf('<!--'.repeat(1_000_000), plain);
    excerptOf('['.repeat(1_000_000), plain);
    // The processor's time: a busy machine makes no test red.
    expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
  });
});
