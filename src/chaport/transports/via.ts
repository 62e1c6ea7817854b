import type { MembraneCredentials } from '../credentials/membrane-credentials.ts';

/** Where the account is reached. Another way to it is another member here and another `Transport`. */
export type Via = DirectVia | MembraneVia;

/** Straight to the API with its own access token. `baseUrl` comes from `parseBaseUrl`, `token` from `parseToken`. */
export interface DirectVia {
  kind: 'direct';
  baseUrl: string;
  token: string;
}

/**
 * Through Membrane, which keeps Chaport's credentials and passes calls on. `apiUrl` comes from
 * `parseMembraneApiUrl`, `connectionId` from `parseConnectionId`.
 */
export interface MembraneVia {
  kind: 'membrane';
  apiUrl: string;
  connectionId: string;
  credentials: MembraneCredentials;
}
