/** A ready token, or the workspace's key and secret, with which short-lived tokens for a tenant are signed. */
export type MembraneCredentials =
  | { kind: 'token'; token: string }
  | { kind: 'workspace'; workspaceKey: string; workspaceSecret: string; tenantKey: string };
