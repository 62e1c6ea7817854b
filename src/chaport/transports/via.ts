import type { MembraneCredentials } from '../credentials/membrane-credentials.ts';
import type { MakeToken } from '../credentials/token-source.ts';

/** Where the account is reached. Another way to it is another member here and another `Transport`. */
export type Via = DirectVia | MembraneVia;

/** Straight to the API with its own access token. `baseUrl` comes from `parseBaseUrl`, `token` from `parseToken`, or it is made when it is needed. */
export interface DirectVia {
  kind: 'direct';
  baseUrl: string;
  token: string | MakeToken;
}

/**
 * Through Membrane, which keeps Chaport's credentials and passes calls on. `apiUrl` comes from
 * `parseMembraneApiUrl`, `connectionId` (an id or key) from `parseConnectionId`.
 */
export interface MembraneVia {
  kind: 'membrane';
  apiUrl: string;
  connectionId: string;
  /** The API's own address, where the one that the connection has is not to be used. */
  baseUrl?: string;
  credentials: MembraneCredentials;
}
