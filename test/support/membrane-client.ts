import type { ClientOptions } from '../../src/chaport/create-client.ts';
import type { MembraneCredentials } from '../../src/chaport/credentials/membrane-credentials.ts';
import type { MembraneVia } from '../../src/chaport/transports/via.ts';
import type { Simulator } from '../../src/simulator/index.ts';
import { makeClient, type TestClient } from './chaport-client.ts';

/** With characters that every encoding writes in its own way. */
export const WORKSPACE: MembraneCredentials = {
  kind: 'workspace',
  workspaceKey: 'workspace-1',
  workspaceSecret: 'w0rk/space+"secret"=5',
  tenantKey: 'acme',
};
export const READY_TOKEN: MembraneCredentials = { kind: 'token', token: 'pat-zq/kv+4f9a' };

/** A client that goes through a Membrane at this address. */
export function makeMembraneClient(
  apiUrl: string,
  { credentials = WORKSPACE, ...options }: Partial<ClientOptions> & Partial<MembraneVia> = {},
): TestClient {
  return makeClient(apiUrl, {
    via: { kind: 'membrane', apiUrl, connectionId: 'connection-1', credentials },
    ...options,
  });
}

/** A client that has what a simulator's Membrane face wants. */
export function clientOf({ membrane }: Simulator, options: Partial<ClientOptions> = {}): TestClient {
  if (membrane === null) throw new Error('the Membrane face is off');
  const { apiUrl, connectionId, workspaceKey, workspaceSecret } = membrane;
  const tenantKey = membrane.tenantKey ?? 'acme';
  const credentials = { kind: 'workspace', workspaceKey, workspaceSecret, tenantKey } as const;
  return makeClient(apiUrl, { via: { kind: 'membrane', apiUrl, connectionId, credentials }, ...options });
}

export const ALL = new Set(['operators', 'webhooks']);
export const OPERATORS_ONLY = new Set(['operators']);
