import { createHmac, timingSafeEqual } from 'node:crypto';

/** What tokens are held against. */
interface Issuer {
  readonly workspaceKey: string;
  readonly workspaceSecret: string;
  readonly tenantKey: string | undefined;
  readonly accessToken: string;
  readonly now: () => Date;
}

const HASHES: Readonly<Record<string, string>> = { HS256: 'sha256', HS512: 'sha512' };

/** Why a token is not taken; `null` where it is. Claims as the SDK signs them, or as the guides do. */
export function tokenComplaint(issuer: Issuer, token: string | undefined): string | null {
  if (token === undefined) return 'Access token is missing';
  if (token === issuer.accessToken) return null;
  const [header = '', payload = '', signature = '', ...more] = token.split('.');
  const hash = HASHES[String(decodedPart(header)?.alg)];
  if (more.length > 0 || hash === undefined) return 'Access token is not valid';
  const wanted = createHmac(hash, issuer.workspaceSecret).update(`${header}.${payload}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    return 'Access token has an invalid signature';
  }
  const claims = decodedPart(payload);
  const { workspaceKey = claims?.iss, tenantKey = claims?.id } = claims ?? {};
  if (workspaceKey !== issuer.workspaceKey) return 'Access token is for another workspace';
  if (issuer.tenantKey !== undefined && tenantKey !== issuer.tenantKey)
    return 'Access token is for another tenant';
  if (typeof claims?.exp !== 'number' || claims.exp * 1000 <= issuer.now().getTime()) {
    return 'Access token has expired';
  }
  return null;
}

function decodedPart(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
