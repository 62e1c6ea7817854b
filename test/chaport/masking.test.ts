import { describe, expect, it } from 'vitest';
import { SecretBook } from '../../src/model/secrets.ts';
import { failureOf, makeClient, TOKEN } from '../support/chaport-client.ts';
import { json, startScriptedServer, text } from '../support/scripted-server.ts';

const HOOK_KEY = 'h00k/k€y&"7 z';
/** Pieces that must not be seen, whatever stands around them. */
const PIECES = /zq.{0,6}kv|4f9a|h00k|€y/i;

const ENCODINGS: [string, (secret: string) => string][] = [
  ['plain', (secret) => secret],
  ['percent-encoded', encodeURIComponent],
  [
    'percent-encoded in lower case',
    (secret) => encodeURIComponent(secret).replace(/%../g, (hex) => hex.toLowerCase()),
  ],
  ['percent-encoded twice', (secret) => encodeURIComponent(encodeURIComponent(secret))],
  ['form-encoded', (secret) => new URLSearchParams({ k: secret }).toString().slice(2)],
  [
    'percent-encoded to the last character',
    (secret) => [...Buffer.from(secret)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  ],
  ['a JSON string', (secret) => JSON.stringify(secret).slice(1, -1)],
  ['a JSON string inside a JSON string', (secret) => JSON.stringify(JSON.stringify(secret)).slice(1, -1)],
  [
    'JSON \\u escapes',
    (secret) =>
      secret
        .split('')
        .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
        .join(''),
  ],
  ['HTML entities', (secret) => [...secret].map((character) => `&#${character.codePointAt(0)};`).join('')],
  ['HTML', (secret) => secret.replaceAll('&', '&amp;').replaceAll('"', '&quot;')],
];

function secretsWithKey(): SecretBook {
  const secrets = new SecretBook();
  secrets.addSecret('HOOK_KEY', HOOK_KEY);
  return secrets;
}

async function everythingSaid(
  status: number,
  body: string,
  headers: Record<string, string> = {},
): Promise<string> {
  const server = await startScriptedServer([text(status, body, headers)]);
  const client = makeClient(server.url, { secrets: secretsWithKey(), maxRetries: 0 });
  const errors = [
    await failureOf(client.writer.update('operator', 'id-1', { email: 'a@b' })),
    await failureOf(client.reader.readAccount(new Set(['operators']))),
  ];
  const said = errors.map(({ message, hint, stack, cause }) => ({ message, hint, stack, cause }));
  return JSON.stringify([said, client.events]);
}

describe.each(ENCODINGS)('a server that echoes the secrets as %s', (_name, encode) => {
  const echo = `${encode(TOKEN)} and ${encode(HOOK_KEY)}`;

  it.each([
    ['as text', 400, `You sent ${echo}`, {}],
    ['as JSON', 422, `{"message":"You sent ${echo}"}`, { 'content-type': 'application/json' }],
    ['in a list of errors', 500, `{"errors":[{"field":"url","message":"${echo}"}]}`, {}],
    [
      'as a page',
      502,
      `<html><title>Sorry ${echo}</title><body>x</body></html>`,
      { 'content-type': 'text/html' },
    ],
  ])('%s shows none of them', async (_how, status, body, headers) => {
    const said = await everythingSaid(status, body, headers);
    expect(said).not.toMatch(PIECES);
    expect(said).toContain('***');
    expect(said).toContain('${secret:HOOK_KEY}');
  });
});

describe('secrets in other places', () => {
  it.each(['location', 'retry-after', 'content-type'])('are not shown from the header %s', async (header) => {
    for (const status of [200, 302, 429]) {
      const said = await everythingSaid(status, 'x', {
        [header]: `https://${TOKEN.replace(/\W/g, '')}.example/${encodeURIComponent(TOKEN)}`,
      });
      expect(said).not.toContain(encodeURIComponent(TOKEN));
      expect(said).not.toContain(TOKEN);
    }
  });

  it('are masked in the error that a 200 tells of', async () => {
    const said = await everythingSaid(200, JSON.stringify({ error: `You sent ${TOKEN} and ${HOOK_KEY}` }));
    expect(said).not.toMatch(PIECES);
    expect(said).toContain(
      'the server answered 200, but says that it failed: You sent *** and ${secret:HOOK_KEY}',
    );
  });

  it('are masked in the host of a redirect, which is put into lower case', async () => {
    const server = await startScriptedServer([
      text(302, '', { location: 'https://SeCReT-ToKeN.evil.example/' }),
    ]);
    const client = makeClient(server.url, {
      via: { kind: 'direct', baseUrl: server.url, token: 'SeCReT-ToKeN' },
    });
    const error = await failureOf(client.reader.checkToken());
    expect(error.message).toContain('points to https://***.evil.example');
    expect(error.message.toLowerCase()).not.toContain('secret-token');
  });

  it('are masked in ids and in what a wrong answer holds', async () => {
    const server = await startScriptedServer([json(200, { result: [{ id: TOKEN, email: [TOKEN] }] })]);
    const client = makeClient(server.url);
    const error = await failureOf(client.reader.readAccount(new Set(['operators'])));
    expect(error.message).toContain('operators[0].email has the wrong type: a list');
    expect(error.message).not.toMatch(PIECES);
    await client.writer.update('operator', TOKEN, { email: 'a@b' });
    expect(client.events.at(-1)?.url).toMatch(/\/operators\/\*\*\*$/);
  });
});
