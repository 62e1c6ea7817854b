import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startConnectProxy } from '../support/connect-proxy.ts';
import { ACCESS_TOKEN, callsOf, liveAccount } from '../support/live-account.ts';
import { runProgram } from '../support/run-program.ts';
import { LOGIN_PAGE, startScriptedServer } from '../support/scripted-server.ts';
import { SELF_SIGNED } from '../support/self-signed.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** The sentence on stderr, on one line, and its hint. */
function sentences(stderr: string): { error: string; hint: string } {
  const [error = '', hint = ''] = stderr.replace(/\n {6,}/g, ' ').split('\n');
  return { error, hint };
}

describe('chaportctl ping', () => {
  test('`chaportctl ping` says that the account answers', async () => {
    const { simulator, env, baseUrl } = await liveAccount();
    const { code, stdout, stderr } = await runProgram(['ping'], { env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^OK: \S+ answers and takes the token \(\d+ ms\), reached .+\n\n/);
    const [smallest] = simulator.account.operators.map(({ id }) => id).sort();
    expect(stdout).toContain(`\naccount:\n  operatorId: ${smallest}\n  baseUrl: ${baseUrl}\n`);
    expect(stdout).toContain(baseUrl);
    expect(callsOf(simulator)).toEqual(['GET /me.json', 'GET /operators']);
  });

  test.each(['', '\n', '\r\n'])(
    '`chaportctl ping --token-file token` takes a token that ends with %j',
    async (end) => {
      const { simulator } = await liveAccount();
      const cwd = temporaryFolder({ token: ACCESS_TOKEN + end });
      const args = ['ping', '--token-file', 'token', '--base-url', simulator.url];
      expect(await runProgram(args, { cwd, hidden: [ACCESS_TOKEN] })).toMatchObject({ code: 0 });
    },
  );

  test('`chaportctl ping --base-url URL/` takes a slash at the end', async () => {
    const { simulator, env } = await liveAccount(undefined, {}, 'direct');
    const result = await runProgram(['ping', '--base-url', `${simulator.url}/`], { env });
    expect(result).toMatchObject({ code: 0 });
  });
});

describe('what can be wrong gets one clear sentence', () => {
  test.each([
    ['no token', {}, 'there is no access token', 'CHAPORT_TOKEN'],
    ['an empty token', { CHAPORT_TOKEN: '' }, 'there is no access token', 'CHAPORT_TOKEN'],
    [
      'a token with a newline',
      { CHAPORT_TOKEN: 'first-half\nsecond-half' },
      'the token from CHAPORT_TOKEN has more than one line',
      'Settings → API',
    ],
    [
      'a token with a space',
      { CHAPORT_TOKEN: 'Bearer abcdefgh' },
      'the token from CHAPORT_TOKEN has white space in it',
      'Settings → API',
    ],
    ['a wrong token', { CHAPORT_TOKEN: 'not-the-right-one' }, '401', 'token'],
  ])('`chaportctl ping` with %s', async (_what, token, problem, way) => {
    const { simulator } = await liveAccount();
    const { code, stdout, stderr } = await runProgram(['ping'], {
      env: { CHAPORT_BASE_URL: simulator.url, ...token },
    });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(sentences(stderr).error).toContain(problem);
    expect(`${sentences(stderr).error} ${sentences(stderr).hint}`).toContain(way);
  });

  test('`chaportctl ping --token-file nowhere` names the file', async () => {
    const { code, stderr } = await runProgram(['ping', '--token-file', 'nowhere']);
    expect(code).toBe(1);
    expect(sentences(stderr).error).toBe(
      'Error: the token file nowhere cannot be read: there is no such file or folder',
    );
  });

  test.each([
    ['http://app.chaport.com/api/v1', 'must be https'],
    ['app.chaport.com', 'is not a URL'],
    ['https://user:pass-word-1@app.chaport.com/', 'must not hold a user name or password'],
    ['https://127.0.0.1:1/', 'refused the connection'],
    ['https://no-such-host.invalid/', 'no-such-host.invalid'],
  ])('`chaportctl ping --base-url %s`', async (url, problem) => {
    const args = ['ping', '--base-url', url, '--max-retries', '0'];
    const { code, stdout, stderr } = await runProgram(args, {
      env: { CHAPORT_TOKEN: ACCESS_TOKEN },
      hidden: ['pass-word-1'],
    });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(sentences(stderr).error).toContain(problem);
    expect(sentences(stderr).hint).toMatch(/^Hint: /);
  });

  test('`chaportctl ping` of a login page with status 200', async () => {
    const server = await startScriptedServer([LOGIN_PAGE]);
    const { code, stderr } = await runProgram(['ping', '--max-retries', '0'], {
      env: { CHAPORT_BASE_URL: server.url, CHAPORT_TOKEN: ACCESS_TOKEN },
    });
    expect(code).toBe(1);
    expect(sentences(stderr).error).toMatch(/web page/);
    expect(sentences(stderr).hint).toContain('--base-url');
  });

  test('`chaportctl ping` of a server whose certificate is self-signed', async () => {
    const server = createServer(SELF_SIGNED, (_request, response) => response.end('{}'));
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    });
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const env = { CHAPORT_BASE_URL: `https://localhost:${port}/api/v1`, CHAPORT_TOKEN: ACCESS_TOKEN };
    const { code, stderr } = await runProgram(['ping'], { env });
    expect(code).toBe(1);
    expect(sentences(stderr).error).toContain('its certificate is self-signed');
    expect(sentences(stderr).hint).toContain('NODE_EXTRA_CA_CERTS');
  });

  test('`chaportctl ping` through a proxy that answers 407', async () => {
    const proxy = await startConnectProxy(() => ({ answer: '407 Proxy Authentication Required' }));
    const { code, stderr } = await runProgram(['ping'], {
      env: {
        CHAPORT_BASE_URL: 'https://app.chaport.example/api/v1',
        CHAPORT_TOKEN: ACCESS_TOKEN,
        HTTPS_PROXY: `http://${proxy.host}`,
      },
    });
    expect(code).toBe(1);
    expect(proxy.asked).toHaveLength(1);
    expect(sentences(stderr).error).toContain(`the proxy ${proxy.host} answered 407`);
    expect(sentences(stderr).hint).toContain('put them into HTTPS_PROXY');
  });

  test.each(['plan --max-retries 0', 'apply -y --max-retries 0'])(
    '`chaportctl %s` tells a login page as well',
    async (line) => {
      const server = await startScriptedServer([LOGIN_PAGE]);
      const cwd = temporaryFolder({
        'chaport.yaml': 'version: 1\noperators:\n  - email: jon.snow@acme.example\n',
      });
      const { code, stdout, stderr } = await runProgram(line.split(' '), {
        cwd,
        env: { CHAPORT_BASE_URL: server.url, CHAPORT_TOKEN: ACCESS_TOKEN },
      });
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(sentences(stderr).error).toMatch(/web page/);
    },
  );
});
