import * as z from 'zod';
import { createCaller } from '../../calls/call.ts';
import { type Clock, Pacer, SYSTEM_CLOCK } from '../../calls/pacer.ts';
import { Slots } from '../../calls/slots.ts';
import type { ClientOptions } from '../../create-client.ts';
import { ChaportError } from '../../errors.ts';
import { chooseProxy } from '../../http/proxy.ts';
import { createMembraneItself, type MembraneItself } from './membrane-transport.ts';

/** A connection as Membrane tells of it. Its texts are foreign. */
export interface MembraneConnection {
  id: string;
  key: string | null;
  name: string | null;
  /** `READY`, `disconnected` and the like. */
  state: string;
  /** Whether it says that it is one to Chaport. */
  isChaport: boolean;
}

const text = z
  .string()
  .nullish()
  .transform((value) => value || null);

const app = z.object({ key: text, name: text }).nullish().catch(null);

const page = z.object({
  items: z.array(
    z
      .object({
        id: z.string(),
        key: text,
        name: text,
        state: text,
        disconnected: z.unknown(),
        integration: app,
        connector: app,
      })
      .transform(({ id, key, name, state, disconnected, integration, connector }): MembraneConnection => {
        const words = [key, name, integration?.key, integration?.name, connector?.key, connector?.name];
        return {
          id,
          key,
          name,
          state: disconnected === true ? 'disconnected' : (state ?? 'unknown'),
          isChaport: words.some((word) => word?.toLowerCase().includes('chaport')),
        };
      }),
  ),
  cursor: z.string().nullish(),
});

const PAGE_SIZE = 100;
const MOST_PAGES = 100;

/** The connections of the tenant, Chaport's first. @throws {ChaportError} */
export async function listConnections(
  membrane: MembraneItself,
  options: Pick<ClientOptions, 'timeoutSeconds' | 'maxRetries' | 'secrets' | 'proxyEnv' | 'onRequest'>,
  clock: Clock = SYSTEM_CLOCK,
): Promise<MembraneConnection[]> {
  const { secrets, proxyEnv } = options;
  const now = () => clock.now();
  const proxy = chooseProxy(membrane.apiUrl, proxyEnv);
  const transport = createMembraneItself(membrane, proxy, { connections: 1, secrets, now });
  const call = createCaller({
    ...options,
    transport,
    pacer: new Pacer(clock, Math.random),
    slots: new Slots(1),
    mask: (shown) => secrets.mask(shown),
    now,
  });
  try {
    const all: MembraneConnection[] = [];
    let cursor = '';
    for (let pages = 0; pages < MOST_PAGES; pages += 1) {
      const query = `?limit=${PAGE_SIZE}${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
      const { json } = await call({ method: 'GET', path: `/connections${query}`, nature: 'read' });
      const { data } = page.safeParse(json);
      if (!data) throw new ChaportError('unexpected-answer', 'GET /connections: the answer has no items');
      all.push(...data.items);
      if (!data.cursor || data.cursor === cursor || data.items.length === 0) break;
      cursor = data.cursor;
    }
    return [...all.filter(({ isChaport }) => isChaport), ...all.filter(({ isChaport }) => !isChaport)];
  } finally {
    await transport.close();
  }
}
