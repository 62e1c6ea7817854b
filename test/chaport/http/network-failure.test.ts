import { describe, expect, it } from 'vitest';
import { describeNetworkError } from '../../../src/chaport/http/network-failure.ts';
import { failureOf, makeClient } from '../../support/chaport-client.ts';

const HERE = {
  host: 'app.chaport.com',
  proxyHost: null,
  proxyGotCredentials: false,
  addressSetting: '--base-url',
  sent: false,
};

function coded(code: string): Error {
  return Object.assign(new Error('internal words with a s3cret'), { code });
}

describe('describeNetworkError', () => {
  it.each([
    ['ENOTFOUND', 'the name of app.chaport.com is not known', true],
    ['EAI_AGAIN', 'the name of app.chaport.com could not be looked up', true],
    ['ECONNREFUSED', 'app.chaport.com refused the connection', true],
    ['UND_ERR_CONNECT_TIMEOUT', 'no connection to app.chaport.com in time', true],
    ['ECONNRESET', 'app.chaport.com closed the connection before the request was sent', true],
    ['EHOSTUNREACH', 'no connection to app.chaport.com (EHOSTUNREACH)', true],
    [
      'CERT_HAS_EXPIRED',
      'app.chaport.com is not to be trusted: its certificate has expired (CERT_HAS_EXPIRED)',
      false,
    ],
    [
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'app.chaport.com is not to be trusted: its certificate is for another host name (ERR_TLS_CERT_ALTNAME_INVALID)',
      false,
    ],
    [
      'ERR_SSL_WRONG_VERSION_NUMBER',
      'no TLS connection to app.chaport.com (ERR_SSL_WRONG_VERSION_NUMBER)',
      true,
    ],
  ])('explains %s before the request was sent', (code, message, transient) => {
    expect(describeNetworkError(coded(code), HERE)).toMatchObject({
      code: 'unreachable',
      message,
      transient,
      acted: 'none',
    });
  });

  it.each([
    ['ECONNRESET', 'the connection was cut before the answer was complete'],
    ['UND_ERR_SOCKET', 'the connection was cut before the answer was complete'],
    ['HPE_INVALID_CONSTANT', 'the answer is not HTTP (HPE_INVALID_CONSTANT)'],
    ['UND_ERR_HEADERS_OVERFLOW', 'the head of the answer is too large'],
  ])('explains %s after it was sent', (code, message) => {
    expect(describeNetworkError(coded(code), { ...HERE, sent: true })).toMatchObject({
      code: 'unavailable',
      message,
      acted: 'maybe',
    });
  });

  it('looks into an error that stands for several addresses', () => {
    const several = new AggregateError([coded('ECONNREFUSED'), coded('ENETUNREACH')]);
    expect(describeNetworkError(several, HERE).message).toBe('app.chaport.com refused the connection');
  });

  it('never shows words that are not its own', () => {
    expect(describeNetworkError(new Error('a s3cret'), HERE).message).toBe(
      'no connection to app.chaport.com',
    );
  });
});

describe('a host that does not exist', () => {
  it('is told by name', async () => {
    const client = makeClient('https://no-such-host.invalid/api/v1', { maxRetries: 1 });
    const error = await failureOf(client.reader.checkToken());
    expect(error).toMatchObject({ code: 'unreachable', attempts: 2 });
    expect(error.message).toMatch(/^GET \/me\.json: the name of no-such-host\.invalid /);
    expect(error.hint).toBeTruthy();
  });
});
