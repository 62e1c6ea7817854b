import { VERSION } from '../../../model/version.ts';
import { pathBelow } from '../../api/links.ts';
import type { TokenSource } from '../../credentials/token-source.ts';
import { openSocket } from '../../http/http-socket.ts';
import type { HttpProxy } from '../../http/proxy.ts';
import type { Transport } from '../../http/transport.ts';
import type { DirectVia } from '../via.ts';

const ADDRESS_SETTING = '--base-url';

/**
 * To the API itself, `Authorization: Bearer`. Sockets and the HTTP library are
 * loaded with the first request: commands without the network never pay for them.
 */
export function createDirectTransport(
  via: DirectVia,
  proxy: HttpProxy | null,
  connections: number,
  tokens: TokenSource,
): Transport {
  const socket = openSocket(proxy, connections, ADDRESS_SETTING);
  const urlOf = (path: string) => via.baseUrl + path;
  return {
    baseUrl: via.baseUrl,
    unauthorisedHint:
      'Check the token: it comes from Chaport, Settings → API, and belongs in CHAPORT_TOKEN, the file of --token-file or what --token-command prints.',
    notFoundHint: `Check ${ADDRESS_SETTING}.`,
    addressSetting: ADDRESS_SETTING,
    urlOf,
    describeWay: async () => 'directly',
    pathOfLink: (link, current) => pathBelow(via.baseUrl, link, current),
    explainGateway: () => null,
    send: (request) =>
      tokens.send((token) =>
        socket.send(urlOf(request.path), request, {
          authorization: `Bearer ${token}`,
          accept: 'application/json',
          'user-agent': `chaportctl/${VERSION}`,
          ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        }),
      ),
    close: socket.close,
  };
}
