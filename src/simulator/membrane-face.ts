import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Answer, errorAnswer } from './answers.ts';

/** The connection through which Membrane reaches the simulated account. */
export interface MembraneOptions {
  /** Default `simulated-connection`. */
  connectionId?: string;
  /** Default `simulated-workspace` and `simulated-secret`. */
  workspaceKey?: string;
  workspaceSecret?: string;
  /** When given, tokens for another tenant are refused. */
  tenantKey?: string;
  /** A ready token (such as a personal access token) that is taken beside the signed ones. Default `pat-simulated`. */
  accessToken?: string;
  /** The connection has lost its credentials. */
  disconnected?: boolean;
  /** The clock that token expiry is checked with. Default: the real one, whatever the account's clock is. */
  now?: () => Date;
}

/** The Membrane side of a running simulator. `disconnected` may be changed at any time. */
export interface MembraneFace {
  /** What stands for `https://api.getmembrane.com`. */
  readonly apiUrl: string;
  readonly connectionId: string;
  readonly workspaceKey: string;
  readonly workspaceSecret: string;
  readonly tenantKey: string | undefined;
  readonly accessToken: string;
  disconnected: boolean;
  readonly now: () => Date;
}

export function createMembraneFace(options: MembraneOptions, apiUrl: string): MembraneFace {
  return {
    apiUrl,
    connectionId: options.connectionId ?? 'simulated-connection',
    workspaceKey: options.workspaceKey ?? 'simulated-workspace',
    workspaceSecret: options.workspaceSecret ?? 'simulated-secret',
    tenantKey: options.tenantKey,
    accessToken: options.accessToken ?? 'pat-simulated',
    disconnected: options.disconnected ?? false,
    now: options.now ?? (() => new Date()),
  };
}

/** A path of Membrane's: a connection, and for a proxied call what stands behind `/proxy`. */
export interface MembranePath {
  connectionId: string;
  /** `/operators`; `null` for the connection itself. */
  proxied: string | null;
}

export function parseMembranePath(path: string): MembranePath | null {
  const match = /^\/connections\/([^/]+)(?:\/proxy(\/.*))?$/.exec(path);
  if (!match) return null;
  return { connectionId: match[1] ?? '', proxied: match[2] ?? null };
}

/** An error of Membrane's own. Shape and status codes as its SDK and its error reference have them. */
export function membraneError(status: number, type: string, key: string, message: string): Answer {
  return { status, body: { type, key, message } };
}

/** Why Membrane does not pass a call on; `null` when it does. An app's answer comes back as it is, status and body. */
export function refuseProxyCall(
  face: MembraneFace,
  authorization: string | undefined,
  { connectionId }: MembranePath,
): Answer | null {
  const complaint = tokenComplaint(face, /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1]);
  if (complaint !== null) return membraneError(401, 'bad_request', 'not_authenticated', complaint);
  if (connectionId !== face.connectionId) {
    return membraneError(404, 'bad_request', 'not_found', `Connection "${connectionId}" not found`);
  }
  if (face.disconnected) {
    return membraneError(
      400,
      'connection',
      'connection_is_defunct',
      `Connection "${connectionId}" is disconnected. Reconnect it to continue.`,
    );
  }
  return null;
}

/** What `GET /connections/{id}` answers, also for a connection that is disconnected. */
export function describeConnection(
  face: MembraneFace,
  method: string,
  authorization: string | undefined,
  path: MembranePath,
): Answer {
  const refusal = refuseProxyCall({ ...face, disconnected: false }, authorization, path);
  if (refusal) return refusal;
  if (method !== 'GET') return errorAnswer(405, `${method} is not simulated on a connection`);
  const { connectionId: id, disconnected } = face;
  return {
    status: 200,
    body: { id, name: 'Chaport', connected: !disconnected, disconnected, state: 'READY' },
  };
}

function tokenComplaint(face: MembraneFace, token: string | undefined): string | null {
  if (token === undefined) return 'Access token is missing';
  if (token === face.accessToken) return null;
  const [header = '', payload = '', signature = '', ...more] = token.split('.');
  if (more.length > 0 || decodedPart(header)?.alg !== 'HS256') return 'Access token is not valid';
  const wanted = createHmac('sha256', face.workspaceSecret).update(`${header}.${payload}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    return 'Access token has an invalid signature';
  }
  const claims = decodedPart(payload);
  if (claims?.iss !== face.workspaceKey) return 'Access token is for another workspace';
  if (face.tenantKey !== undefined && claims.id !== face.tenantKey)
    return 'Access token is for another tenant';
  if (typeof claims.exp !== 'number' || claims.exp * 1000 <= face.now().getTime()) {
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
