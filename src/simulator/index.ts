import { setMaxListeners } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserError } from '../model/errors.ts';
import { SimulatedAccount } from './account.ts';
import { AccountEditor } from './account-editor.ts';
import type { AccountRules } from './account-rules.ts';
import type { AnswerShapes } from './answers.ts';
import { type DialectName, realityOf } from './dialects.ts';
import { type Fault, FaultList } from './faults.ts';
import { BASE_PATH, createHttpServer, type ServerHooks } from './http-server.ts';
import { LaggingLists } from './lagging-lists.ts';
import { LateEffects } from './late-effects.ts';
import { createMembraneFace, type MembraneFace, type SimulatedMembraneOptions } from './membrane-face.ts';
import { type ScheduledEdit, ScheduledEdits } from './scheduled-edits.ts';
import { DEFAULT_SEED, type Seed } from './seed.ts';

export type { SimulatedAccount } from './account.ts';
export type { AccountEditor } from './account-editor.ts';
export type { AccountOperator, AccountWebhook } from './account-objects.ts';
export type { AccountRules } from './account-rules.ts';
export type { AnswerShapes } from './answers.ts';
export { API_CALLS, type ApiCall } from './calls.ts';
export { DIALECT_NAMES, DIALECTS, type DialectName, dialectSays, parseDialect } from './dialects.ts';
export { FAULT_KINDS, type FaultKind } from './fault-kinds.ts';
export { type Fault, parseFault } from './faults.ts';
export type { MembraneFace, SimulatedMembraneOptions } from './membrane-face.ts';
export type { RequestRecord } from './request-record.ts';
export type { ScheduledEdit } from './scheduled-edits.ts';
export { DEFAULT_SEED, parseSeed, type Seed } from './seed.ts';

export interface SimulatorOptions extends AnswerShapes, AccountRules, ServerHooks {
  /** Shapes and rules by name; those that are given one by one go before. */
  dialects?: readonly DialectName[];
  /** Default 0: any free one. */
  port?: number;
  /** Default `127.0.0.1`. */
  host?: string;
  /** Default: `DEFAULT_SEED`. */
  seed?: Seed;
  /** The access token that is right. Default `simulator-token`. */
  token?: string;
  /** Paid seats, whatever the seed says. */
  seats?: number;
  /** Lists lag so many milliseconds behind every change. */
  lagMs?: number;
  /** What is read by id lags as well. */
  lagById?: boolean;
  /** What somebody else does to the account at certain calls. */
  edits?: readonly ScheduledEdit[];
  /** Wait before each request is handled, in milliseconds. */
  latencyMs?: number;
  faults?: readonly Fault[];
  /** The server dies after so many requests: every later one is reset before it is handled. */
  stopAfter?: number;
  /** The account's clock: statuses expire by it. */
  now?: () => Date;
  /**
   * Milliseconds by which lists lag and late effects come about; default: real ones. With a clock of the
   * test's own nothing comes about by itself, but at the next request after it is due.
   */
  milliseconds?: () => number;
  /** Serves Membrane's proxy as well: `/connections/{id}/proxy/{path}`. `true` takes the defaults. */
  membrane?: boolean | SimulatedMembraneOptions;
}

export interface Simulator {
  /** The base URL, `http://127.0.0.1:PORT/api/v1`. */
  readonly url: string;
  readonly origin: string;
  readonly token: string;
  /** The live state: what a test looks at afterwards. */
  readonly account: SimulatedAccount;
  /** `null` where the Membrane face is off. */
  readonly membrane: MembraneFace | null;
  /** @throws {UserError} `invalid-fault` when no call of the API can match */
  addFault(fault: Fault): void;
  clearFaults(): void;
  /** @throws {UserError} `invalid-edit` when no call of the API can match */
  addEdit(edit: ScheduledEdit): void;
  /** What somebody else does to the account now. */
  edit<T>(change: (account: AccountEditor) => T): T;
  /** What `-late` faults still hold back comes about at once. */
  settle(): void;
  /** A plain seed that gives this account again. */
  snapshot(): Seed;
  /** Ends at once, open connections and unanswered requests included. */
  close(): Promise<void>;
}

/**
 * Serves a Chaport account over real HTTP, from memory.
 * @throws {UserError} `port-unavailable`, `invalid-fault`, `invalid-edit`
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { host = '127.0.0.1', port = 0, seed = DEFAULT_SEED, token = 'simulator-token' } = options;
  const now = options.now ?? (() => new Date());
  const milliseconds = options.milliseconds ?? (() => performance.now());
  const reality = { ...realityOf(options.dialects ?? []), ...options };
  const account = new SimulatedAccount(
    options.seats === undefined ? seed : { ...seed, seats: options.seats },
    now,
    reality,
  );
  const lists = new LaggingLists(account, options.lagMs ?? 0, milliseconds);
  const lateEffects = new LateEffects(milliseconds, options.milliseconds === undefined);
  const edits = new ScheduledEdits();
  for (const edit of options.edits ?? []) edits.add(edit);
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
    shapes: reality,
    edits,
    lists,
    lagById: options.lagById ?? false,
    lateEffects,
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
    addEdit: (edit) => edits.add(edit),
    edit: (change) => {
      try {
        return change(new AccountEditor(account));
      } finally {
        lists.note();
      }
    },
    settle: () => lateEffects.bringAboutAll(),
    snapshot: () => account.toSeed(),
    close: () => {
      lateEffects.clear();
      return closeServer(server, closing);
    },
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
