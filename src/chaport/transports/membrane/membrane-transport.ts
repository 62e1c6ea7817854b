import type { SecretBook } from '../../../model/secrets.ts';
import { VERSION } from '../../../model/version.ts';
import { pathOfSameList } from '../../api/links.ts';
import { openSocket } from '../../http/http-socket.ts';
import type { HttpProxy } from '../../http/proxy.ts';
import type { Transport } from '../../http/transport.ts';
import type { MembraneVia } from '../via.ts';
import { explainMembrane, reconnect } from './membrane-errors.ts';

/** The version of Membrane's API that its SDK asks for (A). */
const API_VERSION = '2025-10-21';
const ADDRESS_SETTING = 'MEMBRANE_API_URL';

export interface MembraneOptions {
  connections: number;
  /** Learns every token and secret. */
  secrets: SecretBook;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/**
 * Through Membrane's proxy (grade A): it puts the app's base URL in front of the path and adds
 * the app's credentials. What signs tokens is loaded with the first request that needs it.
 */
export function createMembraneTransport(
  via: MembraneVia,
  proxy: HttpProxy | null,
  { connections, secrets, now }: MembraneOptions,
): Transport {
  const baseUrl = `${via.apiUrl}/connections/${via.connectionId}/proxy`;
  const socket = openSocket(proxy, connections, ADDRESS_SETTING);
  const urlOf = (path: string) => baseUrl + path;
  const takeToken = tokenSource(via, secrets, now);
  return {
    baseUrl,
    unauthorisedHint: `Chaport does not take the credentials that Membrane keeps. ${reconnect(via)}`,
    notFoundHint: 'Is the connection one to Chaport? `membrane connection list` shows it.',
    addressSetting: ADDRESS_SETTING,
    urlOf,
    describeWay: () => describeWay(via),
    pathOfLink: (link, current) => pathOfSameList(baseUrl, link, current),
    explainGateway: (answer) => explainMembrane(via, answer),
    send: async (request) =>
      socket.send(urlOf(request.path), request, {
        authorization: `Bearer ${await takeToken()}`,
        accept: 'application/json',
        'membrane-api-version': API_VERSION,
        'user-agent': `chaportctl/${VERSION}`,
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      }),
    close: socket.close,
  };
}

function tokenSource(
  { credentials }: MembraneVia,
  secrets: SecretBook,
  now: () => number,
): () => Promise<string> {
  if (credentials.kind === 'token') {
    const { token } = credentials;
    secrets.addNameless(token);
    return async () => token;
  }
  secrets.addNameless(credentials.workspaceSecret);
  let signer: Promise<() => Promise<string>> | null = null;
  return async () => {
    signer ??= import('../../credentials/membrane-token.ts').then(({ createTokenSigner }) =>
      createTokenSigner(credentials, now, (token) => secrets.addNameless(token)),
    );
    return (await signer)();
  };
}

async function describeWay({ connectionId, credentials }: MembraneVia): Promise<string> {
  const owner =
    credentials.kind === 'workspace'
      ? credentials
      : (await import('../../credentials/membrane-token.ts')).readTokenOwner(credentials.token);
  const { tenantKey, workspaceKey } = owner;
  const whom = [
    tenantKey === undefined ? [] : `tenant ${tenantKey}`,
    workspaceKey === undefined ? [] : `workspace ${workspaceKey}`,
  ].flat();
  const as = whom.length === 0 ? 'the owner of the token' : whom.join(' of ');
  return `through Membrane, connection ${connectionId}, as ${as}`;
}
