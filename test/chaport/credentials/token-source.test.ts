import { describe, expect, it } from 'vitest';
import { renewedToken } from '../../../src/chaport/credentials/token-source.ts';
import { UserError } from '../../../src/model/errors.ts';

const START = Date.parse('2026-11-24T12:00:00Z');

/** Good from `made` on, for that many seconds. */
function jwt(made: number, seconds: number, more: object = {}): string {
  const claims = { iat: made / 1000, exp: made / 1000 + seconds, ...more };
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;
}

/** A source of tokens that live that long, with a clock to set. */
function source(make: (now: number) => string) {
  const clock = { now: START };
  const made: string[] = [];
  const tokens = renewedToken(
    async () => make(clock.now),
    () => clock.now,
    (token) => made.push(token),
  );
  const takenAt = async (seconds: number) => {
    clock.now = START + seconds * 1000;
    await tokens.take();
    return made.length;
  };
  return { tokens, made, takenAt };
}

describe('a token that is made', () => {
  it.each([
    ['an hour, in its last fifth', 3600, 2879, 2881],
    ['two minutes, in its last minute', 120, 59, 61],
    ['half a minute, in its last fifth: it is never good for a minute', 30, 23, 25],
  ])('that lives %s, is made anew then and not before', async (_life, seconds, before, after) => {
    const { takenAt } = source((now) => jwt(now, seconds));
    expect(await takenAt(0)).toBe(1);
    expect(await takenAt(before)).toBe(1);
    expect(await takenAt(after)).toBe(2);
  });

  it('that does not say when it was made is good for as long as is left', async () => {
    const { takenAt } = source((now) => jwt(now, 1000, { iat: undefined }));
    expect([await takenAt(0), await takenAt(799), await takenAt(801)]).toEqual([1, 1, 2]);
  });

  it.each(['no-token-of-that-kind', 'a.b.c', `e30.${Buffer.from('null').toString('base64url')}.x`])(
    'and is no JWT with an end stays: %s',
    async (token) => {
      const { takenAt } = source(() => token);
      expect([await takenAt(0), await takenAt(1e9)]).toEqual([1, 1]);
    },
  );

  it('is made once for all who ask at the same time', async () => {
    const { tokens, made } = source((now) => jwt(now, 3600));
    await Promise.all([tokens.take(), tokens.take(), tokens.take()]);
    expect(made).toHaveLength(1);
  });

  it('is asked for again after it could not be made', async () => {
    let tries = 0;
    const { tokens } = source(() => {
      tries += 1;
      if (tries === 1) throw new UserError('no-token', 'the vault is sealed');
      return 'a-token-of-the-vault';
    });
    await expect(tokens.take()).rejects.toThrow('the vault is sealed');
    expect(await tokens.take()).toBe('a-token-of-the-vault');
  });

  it('is made anew once after a 401, and the second one is the answer', async () => {
    const { tokens, made } = source((now) => jwt(now, 3600, { jti: made.length }));
    const answer = await tokens.send(async () => ({ status: 401, headers: {}, body: '' }));
    expect(answer.status).toBe(401);
    expect(made).toHaveLength(2);
    await tokens.send(async () => ({ status: 401, headers: {}, body: '' }));
    expect(made).toHaveLength(2);
  });
});
