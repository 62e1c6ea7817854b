import type { ChaportClient, RequestEvent } from '../chaport/client.ts';
import { createClient } from '../chaport/create-client.ts';
import {
  parseBaseUrl,
  parseConnectionId,
  parseMembraneApiUrl,
  parseMembraneToken,
  parseToken,
} from '../chaport/credentials/access.ts';
import type { MembraneCredentials } from '../chaport/credentials/membrane-credentials.ts';
import type { Via } from '../chaport/transports/via.ts';
import { UserError } from '../model/errors.ts';
import { SecretBook } from '../model/secrets.ts';
import { DEFAULTS, type Environment } from './defaults.ts';

/** Straight to the API. */
export interface DirectAccess {
  /** The access token from Chaport, Settings → API. */
  token: string;
  /** Default `https://app.chaport.com/api/v1`. */
  baseUrl?: string | undefined;
  membrane?: undefined;
}

/** Through Membrane, which keeps Chaport's token. */
export interface MembraneAccess {
  membrane: {
    /** The id or key of the connection to Chaport. */
    connectionId: string;
    /** Default `https://api.getmembrane.com`. */
    apiUrl?: string | undefined;
    /** A ready Membrane token, or a workspace to sign short-lived ones with. */
    credentials: string | { workspaceKey: string; workspaceSecret: string; tenantKey: string };
  };
}

export interface ConnectionOptions {
  /** Whose secrets are to be masked in every error: the desired state's or a saved plan's. Default: there are none. */
  desired?: { readonly secrets: SecretBook } | undefined;
  /** For one request; default 30. */
  timeoutSeconds?: number | undefined;
  /** Repetitions of a failed request; default 5. */
  maxRetries?: number | undefined;
  /** Requests under way at once; default 4. */
  concurrency?: number | undefined;
  /** Where `HTTPS_PROXY`, `NO_PROXY` and the like are looked up. Default: no proxy. */
  proxyEnv?: Environment | undefined;
  /** Told of every request when it has ended; its texts are masked. */
  onRequest?: ((event: RequestEvent) => void) | undefined;
}

export type ConnectOptions = ConnectionOptions & (DirectAccess | MembraneAccess);

/** A live account: what reads it and what changes it are two things. `close` it: open connections may keep the process alive. */
export interface Account extends Readonly<ChaportClient> {
  /** As it stands in plans and reports. */
  readonly baseUrl: string;
  readonly concurrency: number;
}

/**
 * An account that can be read and changed. No request is made yet.
 * @throws {UserError} for an address, connection, token or proxy that cannot be used.
 */
export function connect(options: ConnectOptions): Account {
  return connectVia(chooseWay(options), options);
}

/** As `connect`, for a way whose parts were checked where they came from. */
export function connectVia(via: Via, options: ConnectionOptions): Account {
  const concurrency = options.concurrency ?? DEFAULTS.concurrency;
  const client = createClient({
    via,
    timeoutSeconds: options.timeoutSeconds ?? DEFAULTS.timeoutSeconds,
    maxRetries: options.maxRetries ?? DEFAULTS.maxRetries,
    secrets: options.desired?.secrets ?? new SecretBook(),
    proxyEnv: options.proxyEnv ?? {},
    connections: concurrency,
    onRequest: options.onRequest,
  });
  return { ...client, baseUrl: client.reader.baseUrl, concurrency };
}

function chooseWay(options: ConnectOptions): Via {
  if (options.membrane !== undefined) {
    const { connectionId, apiUrl = DEFAULTS.membraneApiUrl, credentials } = options.membrane;
    return {
      kind: 'membrane',
      apiUrl: parseMembraneApiUrl(apiUrl),
      connectionId: parseConnectionId(connectionId),
      credentials: parseCredentials(credentials),
    };
  }
  const baseUrl = parseBaseUrl(options.baseUrl ?? DEFAULTS.baseUrl);
  return { kind: 'direct', baseUrl, token: parseToken(options.token, 'the option token') };
}

function parseCredentials(credentials: MembraneAccess['membrane']['credentials']): MembraneCredentials {
  if (typeof credentials === 'string') {
    return { kind: 'token', token: parseMembraneToken(credentials, 'the option credentials') };
  }
  const missing = Object.entries(credentials).filter(([, value]) => value === '');
  if (missing.length > 0) {
    const names = missing.map(([name]) => name).join(' and ');
    throw new UserError('no-token', `no Membrane token can be made: ${names} is empty`);
  }
  return { kind: 'workspace', ...credentials };
}
