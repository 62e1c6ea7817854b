import type { MakeToken } from './token-source.ts';

/** A ready token or what makes one, or the workspace's key and secret, with which short-lived tokens for a tenant are signed. */
export type MembraneCredentials =
  | { kind: 'token'; token: string | MakeToken }
  | { kind: 'workspace'; workspaceKey: string; workspaceSecret: string; tenantKey: string };
