/** Loaded where a proxy is set, with all of undici: its proxy agent needs that. */
import { type Dispatcher, Pool, ProxyAgent } from 'undici';
import { RefusedTunnel } from './refused-tunnel.ts';

/** Leaves by a proxy; one that does not connect ends the request with a `RefusedTunnel`. */
export function createProxyAgent(options: ProxyAgent.Options): ProxyAgent {
  return new ProxyAgent({ ...options, clientFactory: createTunnelPool });
}

/** The agent itself tells of the proxy's status in a sentence only. */
function createTunnelPool(proxy: URL, options: Pool.Options): Dispatcher {
  const pool = new Pool(proxy.origin, options);
  const ask: (request: Dispatcher.ConnectOptions) => Promise<Dispatcher.ConnectData> = pool.connect;
  const connect = async (request: Dispatcher.ConnectOptions) => {
    const answer = await ask.call(pool, request);
    if (answer.statusCode === 200) return answer;
    answer.socket.on('error', () => {}).destroy();
    throw new RefusedTunnel(answer.statusCode);
  };
  return Object.assign(pool, { connect });
}
