/*
 * Loaded where a proxy is set. Of undici the proxy agent alone (see direct-dispatcher.ts); the front door
 * would also give each pool its `connect`.
 */
import type { Dispatcher, Pool as PoolType, ProxyAgent as ProxyAgentType } from 'undici';
// @ts-expect-error: undici has types for its front door only.
import connectThrough from 'undici/lib/api/api-connect.js';
// @ts-expect-error: as above.
import Pool from 'undici/lib/dispatcher/pool.js';
// @ts-expect-error: as above.
import ProxyAgent from 'undici/lib/dispatcher/proxy-agent.js';
import { RefusedTunnel } from './refused-tunnel.ts';

/** Leaves by a proxy; one that does not connect ends the request with a `RefusedTunnel`. */
export function createProxyAgent(options: ProxyAgentType.Options): ProxyAgentType {
  return new ProxyAgent({ ...options, clientFactory: createTunnelPool });
}

/** The agent itself tells of the proxy's status in a sentence only. */
function createTunnelPool(proxy: URL, options: PoolType.Options): Dispatcher {
  const pool: PoolType = new Pool(proxy.origin, options);
  const connect = async (request: Dispatcher.ConnectOptions) => {
    const answer: Dispatcher.ConnectData = await connectThrough.call(pool, request);
    if (answer.statusCode === 200) return answer;
    answer.socket.on('error', () => {}).destroy();
    throw new RefusedTunnel(answer.statusCode);
  };
  return Object.assign(pool, { connect });
}
