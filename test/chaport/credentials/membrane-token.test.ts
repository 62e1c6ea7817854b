import { build } from 'esbuild';
import { jwtVerify, SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { createTokenSigner, readTokenOwner } from '../../../src/chaport/credentials/membrane-token.ts';
import { PROJECT } from '../../support/run-program.ts';

const CREDENTIALS = {
  kind: 'workspace',
  workspaceKey: 'workspace-1',
  workspaceSecret: 'gehe1m',
  tenantKey: 'acme',
} as const;
const SECRET = new TextEncoder().encode(CREDENTIALS.workspaceSecret);
const START = Date.parse('2026-11-22T10:00:00Z');

function startedSigner() {
  const clock = { time: START };
  const kept: string[] = [];
  const take = createTokenSigner(
    CREDENTIALS,
    () => clock.time,
    (token) => kept.push(token),
  );
  return { clock, kept, take };
}

describe('a token for a workspace', () => {
  test('is signed with its secret, says for whom, and lasts ten minutes', async () => {
    const { take } = startedSigner();
    const { payload, protectedHeader } = await jwtVerify(await take(), SECRET, {
      currentDate: new Date(START),
    });
    expect(protectedHeader).toEqual({ alg: 'HS256', typ: 'JWT' });
    expect(payload).toEqual({ id: 'acme', iss: 'workspace-1', exp: START / 1000 + 600 });
  });

  test('is used again until a minute before its end, then made anew', async () => {
    const { take, clock } = startedSigner();
    const first = await take();
    clock.time = START + 540_000;
    expect(await take()).toBe(first);
    clock.time = START + 541_000;
    const second = await take();
    expect(second).not.toBe(first);
    const { payload } = await jwtVerify(second, SECRET, { currentDate: new Date(clock.time) });
    expect(payload.exp).toBe(START / 1000 + 541 + 600);
  });

  test('is one for calls side by side, and every one is told to be kept secret', async () => {
    const { take, clock, kept } = startedSigner();
    const several = await Promise.all([take(), take(), take()]);
    expect(new Set(several).size).toBe(1);
    clock.time += 3_600_000;
    const later = await take();
    expect(kept).toEqual([several[0], later]);
  });
});

describe('whom a ready token is for', () => {
  test('is read from a JWT, whoever signed it', async () => {
    const token = await new SignJWT({ id: 'acme', iss: 'workspace-1' })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode('other'));
    expect(readTokenOwner(token)).toEqual({ tenantKey: 'acme', workspaceKey: 'workspace-1' });
  });

  test.each(['pat-0123', 'a.b.c', `x.${btoa('{"id":7,"iss":[]}')}.x`])('is not known from %s', (token) => {
    expect(readTokenOwner(token)).toEqual({});
  });
});

test('who does not go through Membrane never loads what signs its tokens', async () => {
  const { metafile } = await build({
    absWorkingDir: PROJECT,
    entryPoints: { client: 'src/chaport/create-client.ts' },
    outdir: '/unused',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    write: false,
    metafile: true,
  });
  const outputs = new Map(Object.entries(metafile.outputs));
  const holdsJose = (name: string) =>
    Object.keys(outputs.get(name)?.inputs ?? {}).some((input) => input.includes('node_modules/jose/'));
  const reached = [...outputs.keys()].filter((name) => name.endsWith('client.js'));
  for (const name of reached) {
    for (const { path, kind } of outputs.get(name)?.imports ?? []) {
      if (kind === 'import-statement' && !reached.includes(path)) reached.push(path);
    }
  }
  expect(reached.filter(holdsJose)).toEqual([]);
  expect([...outputs.keys()].filter(holdsJose)).not.toEqual([]);
});
