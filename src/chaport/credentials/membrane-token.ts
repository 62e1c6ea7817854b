import { decodeJwt, SignJWT } from 'jose';
import type { MembraneCredentials } from './membrane-credentials.ts';

type WorkspaceCredentials = Extract<MembraneCredentials, { kind: 'workspace' }>;

/** A token is good for so long, in seconds: longer than clocks differ, too short to be worth stealing. */
const LIFETIME = 600;
/** One that ends sooner than this is not sent any more, in seconds. */
const LEAST_LEFT = 60;

/**
 * Signs Membrane tokens as its SDK does, and a new one before the last one ends.
 * @param now milliseconds since the epoch.
 * @param keepSecret told of every token before it is used.
 */
export function createTokenSigner(
  { workspaceKey, workspaceSecret, tenantKey }: WorkspaceCredentials,
  now: () => number,
  keepSecret: (token: string) => void,
): () => Promise<string> {
  const secret = new TextEncoder().encode(workspaceSecret);
  let ends = 0;
  let current = Promise.resolve('');
  const sign = async () => {
    const token = await new SignJWT({ id: tenantKey })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setIssuer(workspaceKey)
      .setExpirationTime(ends)
      .sign(secret);
    keepSecret(token);
    return token;
  };
  return () => {
    const seconds = Math.floor(now() / 1000);
    if (ends - seconds < LEAST_LEFT) {
      ends = seconds + LIFETIME;
      current = sign();
    }
    return current;
  };
}

/** Whom a ready token says that it is for; empty for one that is no JWT, such as a personal access token. */
export function readTokenOwner(token: string): { workspaceKey?: string; tenantKey?: string } {
  try {
    // As the SDK has them, or as its guides do.
    const { iss, id, workspaceKey = iss, tenantKey = id } = decodeJwt(token);
    return {
      ...(typeof workspaceKey === 'string' ? { workspaceKey } : {}),
      ...(typeof tenantKey === 'string' ? { tenantKey } : {}),
    };
  } catch {
    return {};
  }
}
