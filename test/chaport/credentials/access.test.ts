import { describe, expect, it } from 'vitest';
import { parseBaseUrl, parseToken } from '../../../src/chaport/credentials/access.ts';
import { UserError } from '../../../src/model/errors.ts';

function complaintOf(run: () => unknown): UserError {
  try {
    run();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('nothing was wrong');
}

describe('parseBaseUrl', () => {
  it.each([
    ['https://app.chaport.com/api/v1', 'https://app.chaport.com/api/v1'],
    ['https://APP.chaport.com:443/api/v1//', 'https://app.chaport.com/api/v1'],
    ['https://app.chaport.com', 'https://app.chaport.com'],
    ['http://localhost:8080/api/v1/', 'http://localhost:8080/api/v1'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://[::1]:8080/x', 'http://[::1]:8080/x'],
  ])('reads %s', (text, expected) => {
    expect(parseBaseUrl(text)).toBe(expected);
  });

  it('reads long rows of slashes quickly', () => {
    const before = process.cpuUsage();
    expect(parseBaseUrl(`https://a.example/${'/'.repeat(50_000)}x/`)).toMatch(/x$/);
    expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
  });

  it.each([
    ['', 'is not a URL'],
    ['app.chaport.com/api/v1', 'is not a URL'],
    ['localhost:8080', 'must start with https://'],
    ['ftp://app.chaport.com', 'must start with https://'],
    ['http://app.chaport.com/api/v1', 'must be https'],
    ['http://127.0.0.1.evil.example', 'must be https'],
    ['https://app.chaport.com/api?x=1', 'query or a fragment'],
    ['https://app.chaport.com/api?', 'query or a fragment'],
    ['https://app.chaport.com/api#x', 'query or a fragment'],
  ])('refuses %j', (text, reason) => {
    expect(complaintOf(() => parseBaseUrl(text)).message).toContain(reason);
  });

  it('refuses a user name and a password without showing them', () => {
    const error = complaintOf(() => parseBaseUrl('https://bob:hunter2@app.chaport.com/api/v1'));
    expect(error.message).toBe('the base URL must not hold a user name or password');
    expect(complaintOf(() => parseBaseUrl('https//bob:hunter2@app')).message).not.toContain('hunter2');
  });
});

describe('parseToken', () => {
  it.each(['abc123', 'abc123\n', 'abc123\r\n'])('reads %j', (text) => {
    expect(parseToken(text, 'CHAPORT_TOKEN')).toBe('abc123');
  });

  it.each([
    ['', 'is empty'],
    ['\n', 'is empty'],
    ['  ', 'is empty'],
    ['hush123\n\n', 'more than one line'],
    ['hush123\nhush456', 'more than one line'],
    ['hush 123', 'white space'],
    ['hush\t123', 'white space'],
    ['hush123 ', 'white space'],
    ['hush\u0000123', 'a control or non-ASCII one'],
    ['hush\u001b[1m', 'a control or non-ASCII one'],
    ['hüsh123', 'a control or non-ASCII one'],
    ['\ufeffhush123', 'white space'],
  ])('refuses %j, naming where it came from and never what it is', (text, reason) => {
    const error = complaintOf(() => parseToken(text, '--token-file t.txt'));
    expect(error.message).toContain(reason);
    expect(error.message).toContain('--token-file t.txt');
    expect(`${error.message} ${error.hint}`).not.toMatch(/hush|hüsh/);
  });
});
