import { setMaxListeners } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserError } from '../model/errors.ts';
import { Account } from './account.ts';
import { type Fault, FaultList } from './faults.ts';
import { BASE_PATH, createHttpServer, type ServerHooks } from './http-server.ts';
import { createMembraneFace, type MembraneFace, type MembraneOptions } from './membrane-face.ts';
import type { AnswerShapes } from './routes.ts';
import { DEFAULT_SEED, type Seed } from './seed.ts';

export type { Account, AccountOperator, AccountWebhook } from './account.ts';
export { API_CALLS, type ApiCall } from './calls.ts';
export { FAULT_KINDS, type Fault, type FaultKind, parseFault } from './faults.ts';
export type { MembraneFace, MembraneOptions } from './membrane-face.ts';
export type { RequestRecord } from './request-record.ts';
export type { AnswerShapes } from './routes.ts';
export { DEFAULT_SEED, parseSeed, type Seed } from './seed.ts';

export interface SimulatorOptions extends AnswerShapes, ServerHooks {
  /** Default 0: any free one. */
  port?: number;
  /** Default `127.0.0.1`. */
  host?: string;
  /** Default: `DEFAULT_SEED`. */
  seed?: Seed;
  /** The access token that is right. Default `simulator-token`. */
  token?: string;
  /** Wait before each request is handled, in milliseconds. */
  latencyMs?: number;
  faults?: readonly Fault[];
  /** The server dies after so many requests: every later one is reset before it is handled. */
  stopAfter?: number;
  /** The account's clock: statuses expire by it. */
  now?: () => Date;
  /** Serves Membrane's proxy as well: `/connections/{id}/proxy/{path}`. `true` takes the defaults. */
  membrane?: boolean | MembraneOptions;
}

export interface Simulator {
  /** The base URL, `http://127.0.0.1:PORT/api/v1`. */
  readonly url: string;
  readonly origin: string;
  readonly token: string;
  /** The live state: what a test looks at afterwards. */
  readonly account: Account;
  /** `null` where the Membrane face is off. */
  readonly membrane: MembraneFace | null;
  /** @throws {UserError} `invalid-fault` when no call of the API can match */
  addFault(fault: Fault): void;
  clearFaults(): void;
  /** A plain seed that gives this account again. */
  snapshot(): Seed;
  /** Ends at once, open connections and unanswered requests included. */
  close(): Promise<void>;
}

/**
 * Serves a Chaport account over real HTTP, from memory.
 * @throws {UserError} `port-unavailable`, `invalid-fault`
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { host = '127.0.0.1', port = 0, seed = DEFAULT_SEED, token = 'simulator-token' } = options;
  const now = options.now ?? (() => new Date());
  const account = new Account(seed, now);
  const faults = new FaultList();
  for (const fault of options.faults ?? []) faults.add(fault);
  if (options.stopAfter !== undefined) {
    faults.add({ call: '*', kind: 'reset-before', times: 'forever', skip: options.stopAfter });
  }
  const closing = new AbortController();
  // Every request that waits listens, and there may be more than the ten of which Node warns.
  setMaxListeners(0, closing.signal);
  let origin = '';
  let membrane: MembraneFace | null = null;
  const server = createHttpServer({
    account,
    faults,
    shapes: options,
    token,
    now,
    latencyMs: options.latencyMs ?? 0,
    origin: () => origin,
    membrane: () => membrane,
    closed: closing.signal,
    ...(options.onRequest && { onRequest: options.onRequest }),
    ...(options.onHandled && { onHandled: options.onHandled }),
  });
  const address = await listen(server, port, host);
  origin = `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
  if (options.membrane) {
    membrane = createMembraneFace(options.membrane === true ? {} : options.membrane, origin);
  }
  return {
    url: origin + BASE_PATH,
    origin,
    token,
    account,
    membrane,
    addFault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    snapshot: () => account.toSeed(),
    close: () => closeServer(server, closing),
  };
}

function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code === 'EADDRINUSE' ? 'something else listens there' : error.message;
      reject(
        new UserError('port-unavailable', `cannot listen on ${host}:${port}: ${reason}`, {
          hint: 'Choose another port, or 0 for any free one.',
          cause: error,
        }),
      );
    });
    server.listen(port, host, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new TypeError('not a TCP server'));
      else resolve(address);
    });
  });
}

function closeServer(server: Server, closing: AbortController): Promise<void> {
  closing.abort();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
