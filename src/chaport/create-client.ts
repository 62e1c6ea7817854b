import type { Fields } from '../model/json.ts';
import type { SecretBook } from '../model/secrets.ts';
import { idOfCreated, TOKEN_CHECK_PATH } from './api/answers.ts';
import { type Get, readAccount } from './api/read-account.ts';
import { type CallAnswer, type Caller, type CallTurn, createCaller } from './calls/call.ts';
import { type Clock, Pacer, SYSTEM_CLOCK } from './calls/pacer.ts';
import { Slots } from './calls/slots.ts';
import type {
  AttemptTurn,
  CallResult,
  ChaportClient,
  ChaportReader,
  ChaportWriter,
  RequestEvent,
} from './client.ts';
import { tokensOf } from './credentials/token-source.ts';
import { createObserver, remembering } from './doctor/observer.ts';
import type { Call } from './http/call.ts';
import { chooseProxy } from './http/proxy.ts';
import type { Transport } from './http/transport.ts';
import { createDirectTransport } from './transports/direct/direct-transport.ts';
import { createMembraneTransport } from './transports/membrane/membrane-transport.ts';
import type { Via } from './transports/via.ts';
import { wireOf } from './wire/index.ts';

export interface ClientOptions {
  /** How the account is reached. */
  via: Via;
  /** For one request, from connecting to the last byte of its answer. */
  timeoutSeconds: number;
  /** How often a call may be repeated after its first attempt. */
  maxRetries: number;
  /** Masks every text that leaves the client. The client adds the token, and for Membrane the secret and every token made with it. */
  secrets: SecretBook;
  /** `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY` and their lower-case forms. */
  proxyEnv: Readonly<Record<string, string | undefined>>;
  /** Requests that may be under way at once. */
  connections: number;
  /** Told of every request when it has ended. */
  onRequest?: ((event: RequestEvent) => void) | undefined;
  random?: () => number;
  clock?: Clock;
}

/** @throws {UserError} for a proxy setting that cannot be used. No request is made. */
export function createClient(options: ClientOptions): ChaportClient {
  const clock = options.clock ?? SYSTEM_CLOCK;
  const remembered = remembering(createTransport(options, clock));
  const { transport } = remembered;
  const pacer = new Pacer(clock, options.random ?? Math.random);
  const call = createCaller({
    transport,
    pacer,
    slots: new Slots(options.connections),
    maxRetries: options.maxRetries,
    timeoutSeconds: options.timeoutSeconds,
    mask: (text) => options.secrets.mask(text),
    now: () => clock.now(),
    onRequest: options.onRequest,
  });
  const get: Get = (path, signals) => call({ method: 'GET', path, nature: 'read' }, signals);
  const probe: Get = (path, signals) => call({ method: 'GET', path, nature: 'probe' }, signals);
  return {
    reader: createReader(get, probe, transport),
    writer: createWriter(call),
    observer: createObserver(remembered, call),
    describeWay: () => transport.describeWay(),
    close: () => transport.close(),
  };
}

function createTransport({ via, secrets, proxyEnv, connections }: ClientOptions, clock: Clock): Transport {
  if (via.kind === 'membrane') {
    const proxy = chooseProxy(via.apiUrl, proxyEnv);
    return createMembraneTransport(via, proxy, { connections, secrets, now: () => clock.now() });
  }
  const tokens = tokensOf(via.token, secrets, () => clock.now());
  return createDirectTransport(via, chooseProxy(via.baseUrl, proxyEnv), connections, tokens);
}

/** Gets nothing but two ways to GET, so nothing in it can write. */
function createReader(
  get: Get,
  probe: Get,
  { baseUrl, pathOfLink }: Pick<Transport, 'baseUrl' | 'pathOfLink'>,
): ChaportReader {
  return {
    baseUrl,
    readAccount: (needed, signals = {}) => readAccount(get, pathOfLink, needed, signals),
    checkToken: async (signals = {}) => {
      await probe(TOKEN_CHECK_PATH, signals);
    },
  };
}

function createWriter(call: Caller): ChaportWriter {
  return {
    create: async (kind, fields, signals, turn) => {
      const make = (sent: Fields) => wireOf(kind).create(sent);
      const answer = await call(make(fields), signals, callTurn(turn, make));
      return { id: idOfCreated(answer.json), ...outcomeOf(answer) };
    },
    update: async (kind, id, fields, signals, turn) => {
      const make = (sent: Fields) => wireOf(kind).update(id, sent);
      return { id, ...outcomeOf(await call(make(fields), signals, callTurn(turn, make))) };
    },
    delete: async (kind, id, signals, turn) => {
      const make = () => wireOf(kind).delete(id);
      const answer = await call(make(), signals, callTurn(turn, make));
      return { id, ...outcomeOf(answer), ...(answer.status === 404 ? { found: false } : {}) };
    },
  };
}

function outcomeOf({ attempts, givenUp }: CallAnswer): Pick<CallResult, 'attempts' | 'givenUp'> {
  return { attempts, ...(givenUp ? { givenUp } : {}) };
}

/** A turn in fields as one in calls. */
function callTurn(turn: AttemptTurn | undefined, make: (fields: Fields) => Call): CallTurn | undefined {
  return (
    turn && {
      prepare: async () => turn.prepare?.(),
      take: () => {
        const fields = turn.take();
        return typeof fields === 'string' ? fields : make(fields);
      },
    }
  );
}
