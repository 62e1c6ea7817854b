import { UserError } from '../../model/errors.ts';
import type { SecretBook } from '../../model/secrets.ts';
import { type TransportAnswer, TransportFailure } from '../http/transport.ts';

/** Makes a token, each time anew. */
export type MakeToken = () => Promise<string>;

/** The token that requests are sent with. */
export interface TokenSource {
  take(): Promise<string>;
  /** Sends with the token, and once more with a new one where it is not taken any more. */
  send(request: (token: string) => Promise<TransportAnswer>): Promise<TransportAnswer>;
}

/** One that stays. */
function fixedToken(token: string): TokenSource {
  return { take: async () => token, send: (request) => request(token) };
}

/** What is ready, or what is made. The book learns every token before it is used. */
export function tokensOf(token: string | MakeToken, secrets: SecretBook, now: () => number): TokenSource {
  if (typeof token !== 'string') return renewedToken(token, now, (made) => secrets.addNameless(made));
  secrets.addNameless(token);
  return fixedToken(token);
}

/** With less than this left a token is made anew, in seconds; so it is with less than a fifth of its life. */
const LEAST_LEFT = 60;
const LEAST_SHARE = 5;

/**
 * Keeps what was made, and makes it anew, once at a time: before it ends, and once after a 401.
 * @param now milliseconds since the epoch.
 * @param keepSecret told of every token before it is used.
 */
export function renewedToken(
  make: MakeToken,
  now: () => number,
  keepSecret: (token: string) => void,
): TokenSource {
  let current: { token: Promise<string>; renewAt: number } | null = null;
  let isSuspect = false;
  const renew = () => {
    const made = { token: making(make, keepSecret), renewAt: Number.POSITIVE_INFINITY };
    current = made;
    made.token.then(
      (token) => {
        made.renewAt = renewalOf(token, now());
      },
      () => {
        // The next one who needs it tries again.
        if (current === made) current = null;
      },
    );
    return made.token;
  };
  const take = () => (current === null || now() >= current.renewAt ? renew() : current.token);
  return {
    take,
    send: async (request) => {
      const token = await take();
      const answer = await request(token);
      if (answer.status !== 401) {
        isSuspect = false;
        return answer;
      }
      // Another request may have found out before.
      const newer = await take();
      if (newer !== token) return request(newer);
      if (isSuspect) return answer;
      isSuspect = true;
      return request(await renew());
    },
  };
}

async function making(make: MakeToken, keepSecret: (token: string) => void): Promise<string> {
  try {
    const token = await make();
    keepSecret(token);
    return token;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { message, hint } = error;
    throw new TransportFailure('unauthorised', message, { acted: 'none', transient: false, hint });
  }
}

/** When a JWT is to be made anew; never where it is none, or does not end. */
function renewalOf(token: string, now: number): number {
  const { exp, iat } = claimsOf(token);
  if (typeof exp !== 'number') return Number.POSITIVE_INFINITY;
  const left = exp * 1000 - now;
  const life = typeof iat === 'number' ? (exp - iat) * 1000 : left;
  const spare = Math.max(LEAST_LEFT * 1000, life / LEAST_SHARE);
  // One that is never good for longer would be made anew for every request.
  return exp * 1000 - (left > spare ? spare : left / LEAST_SHARE);
}

function claimsOf(token: string): { exp?: unknown; iat?: unknown } {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null ? claims : {};
  } catch {
    return {};
  }
}
