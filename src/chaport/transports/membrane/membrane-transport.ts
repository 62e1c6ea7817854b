import type { SecretBook } from '../../../model/secrets.ts';
import { VERSION } from '../../../model/version.ts';
import { pathOfSameList } from '../../api/links.ts';
import type { MembraneCredentials } from '../../credentials/membrane-credentials.ts';
import { type TokenSource, tokensOf } from '../../credentials/token-source.ts';
import { openSocket } from '../../http/http-socket.ts';
import type { HttpProxy } from '../../http/proxy.ts';
import type { Transport } from '../../http/transport.ts';
import type { MembraneVia } from '../via.ts';
import { explainMembrane, reconnect } from './membrane-errors.ts';

/** The version of Membrane's API that its SDK asks for. */
const API_VERSION = '2025-10-21';
const ADDRESS_SETTING = 'MEMBRANE_API_URL';

export interface MembraneOptions {
  connections: number;
  /** Learns every token and secret. */
  secrets: SecretBook;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** Membrane itself, without a connection. */
export type MembraneItself = Pick<MembraneVia, 'apiUrl' | 'credentials'>;

/**
 * Through Membrane's proxy: it puts the app's base URL in front of the path and adds the app's credentials. A
 * whole URL may stand in place of the path. What signs tokens is loaded with the first request that needs it.
 */
export function createMembraneTransport(
  via: MembraneVia,
  proxy: HttpProxy | null,
  options: MembraneOptions,
): Transport {
  const { apiUrl, connectionId, baseUrl: own } = via;
  const baseUrl = `${apiUrl}/connections/${connectionId}/proxy${own === undefined ? '' : `/${own}`}`;
  const { owner, ...socket } = openMembrane(via, baseUrl, proxy, options);
  return {
    baseUrl,
    unauthorisedHint: `Chaport does not take the credentials that Membrane keeps. ${reconnect(via)}`,
    notFoundHint: `${own === undefined ? OTHER_BASE : WRONG_BASE} Else: is the connection one to Chaport? \`membrane connection list\` shows it.`,
    addressSetting: own === undefined ? ADDRESS_SETTING : '--base-url',
    describeWay: async () => describeWay(via, await owner()),
    pathOfLink: (link, current) => pathOfSameList(baseUrl, link, current),
    explainGateway: (answer) => explainMembrane(via, answer),
    ...socket,
  };
}

const OTHER_BASE =
  'Most likely the connection has another base URL than the API: try --base-url https://app.chaport.com/api/v1 (or https://app.chaport.ru/api/v1).';
const WRONG_BASE = 'Most likely --base-url is not the address of the API.';

/** What asks Membrane itself. */
export function createMembraneItself(
  membrane: MembraneItself,
  proxy: HttpProxy | null,
  options: MembraneOptions,
): Transport {
  const { apiUrl } = membrane;
  const via = { kind: 'membrane', connectionId: 'ID', ...membrane } as const;
  const { owner: _, ...socket } = openMembrane(membrane, apiUrl, proxy, options);
  return {
    baseUrl: apiUrl,
    unauthorisedHint: 'Membrane does not take the token.',
    notFoundHint: `Check ${ADDRESS_SETTING}.`,
    addressSetting: ADDRESS_SETTING,
    describeWay: async () => 'from Membrane',
    pathOfLink: () => null,
    explainGateway: (answer) => explainMembrane(via, answer),
    ...socket,
  };
}

type Owner = { tenantKey?: string; workspaceKey?: string };

function openMembrane(
  { credentials }: MembraneItself,
  baseUrl: string,
  proxy: HttpProxy | null,
  { connections, secrets, now }: MembraneOptions,
): Pick<Transport, 'urlOf' | 'send' | 'close'> & { owner(): Promise<Owner> } {
  const socket = openSocket(proxy, connections, ADDRESS_SETTING);
  const urlOf = (path: string) => baseUrl + path;
  const tokens = tokensFor(credentials, secrets, now);
  return {
    urlOf,
    owner: async () => {
      if (credentials.kind === 'workspace') return credentials;
      const { readTokenOwner } = await import('../../credentials/membrane-token.ts');
      return readTokenOwner(await tokens.take());
    },
    send: (request) =>
      tokens.send((token) =>
        socket.send(urlOf(request.path), request, {
          authorization: `Bearer ${token}`,
          accept: 'application/json',
          'membrane-api-version': API_VERSION,
          'user-agent': `chaportctl/${VERSION}`,
          ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        }),
      ),
    close: socket.close,
  };
}

function tokensFor(credentials: MembraneCredentials, secrets: SecretBook, now: () => number): TokenSource {
  if (credentials.kind === 'token') return tokensOf(credentials.token, secrets, now);
  secrets.addNameless(credentials.workspaceSecret);
  let signer: Promise<() => Promise<string>> | null = null;
  const take = async () => {
    signer ??= import('../../credentials/membrane-token.ts').then(({ createTokenSigner }) =>
      createTokenSigner(credentials, now, (token) => secrets.addNameless(token)),
    );
    return (await signer)();
  };
  return { take, send: async (request) => request(await take()) };
}

function describeWay({ connectionId, baseUrl }: MembraneVia, { tenantKey, workspaceKey }: Owner): string {
  const whom = [
    tenantKey === undefined ? [] : `tenant ${tenantKey}`,
    workspaceKey === undefined ? [] : `workspace ${workspaceKey}`,
  ].flat();
  const as = whom.length === 0 ? 'the owner of the token' : whom.join(' of ');
  const to = baseUrl === undefined ? '' : `, to ${baseUrl}`;
  return `through Membrane, connection ${connectionId}${to}, as ${as}`;
}
