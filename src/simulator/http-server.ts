import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { SimulatedAccount } from './account.ts';
import { AccountEditor } from './account-editor.ts';
import { type Answer, type AnswerShapes, errorAnswer } from './answers.ts';
import { callOf } from './calls.ts';
import { deliverFault } from './fault-delivery.ts';
import { actsOf, DEFAULT_LATE_MS } from './fault-kinds.ts';
import type { Fault, FaultList } from './faults.ts';
import type { LaggingLists } from './lagging-lists.ts';
import type { LateEffects } from './late-effects.ts';
import {
  actionAsked,
  actionOutput,
  answerOfMembrane,
  type MembraneFace,
  type MembranePath,
  parseMembranePath,
  proxiedPath,
  refuseConnection,
  refuseToken,
} from './membrane-face.ts';
import type { RequestRecord } from './request-record.ts';
import { handleApiRequest } from './routes.ts';
import type { ScheduledEdits } from './scheduled-edits.ts';
import { send, toWire } from './wire-answer.ts';

/** Below the origin, where the API lives. */
export const BASE_PATH = '/api/v1';
/** The longest body that is read, in bytes. */
const MAX_BODY = 1024 * 1024;

export interface ServerHooks {
  /** Called when the n-th request has arrived whole, before anything is done. Awaited. */
  onRequest?: (n: number, request: RequestRecord) => void | Promise<void>;
  /** Called when the n-th request was handled, before its answer is sent. Awaited. */
  onHandled?: (n: number, request: RequestRecord) => void | Promise<void>;
}

export interface ServerContext extends ServerHooks {
  account: SimulatedAccount;
  shapes: AnswerShapes;
  faults: FaultList;
  edits: ScheduledEdits;
  lists: LaggingLists;
  /** Whether what is read by id lags as the lists do. */
  lagById: boolean;
  lateEffects: LateEffects;
  token: string;
  latencyMs: number;
  now: () => Date;
  /** Known once the server listens. */
  origin: () => string;
  membrane: () => MembraneFace | null;
  /** Aborted when the simulator closes. */
  closed: AbortSignal;
}

/** The HTTP side: reads requests, lets the account and the faults decide, writes answers and the log. */
export function createHttpServer(context: ServerContext): Server {
  const server = createServer((request, response) => {
    exchange(context, request, response).catch((error: unknown) => {
      if (context.closed.aborted || response.destroyed) return;
      if (response.headersSent) response.destroy();
      else send(response, toWire(errorAnswer(500, `The simulator failed: ${String(error)}`)));
    });
  });
  // An idle connection that the server closes just as a client uses it would be a fault that nobody asked for.
  server.keepAliveTimeout = 120_000;
  server.requestTimeout = 0;
  return server;
}

async function exchange(context: ServerContext, request: IncomingMessage, response: ServerResponse) {
  const target = new URL(request.url ?? '/', 'http://localhost');
  const face = faceOf(context, target.pathname);
  const { method = 'GET' } = request;
  const record: RequestRecord = {
    number: context.account.requests.length + 1,
    method,
    path: face.path,
    url: request.url ?? '/',
    via: face.membranePath ? 'membrane' : 'chaport',
    call: face.isApi ? callOf(method, face.path) : null,
    headers: headersOf(request),
    body: undefined,
    at: context.now(),
    answeredAt: null,
    handled: false,
    status: null,
  };
  context.account.requests.push(record);
  const body = await readBody(request);
  if (body === null) {
    record.status = send(
      response,
      toWire({ ...errorAnswer(413, 'The body is too large'), headers: { connection: 'close' } }),
    );
    return;
  }
  record.body = parsedBody(body);
  const asked = askedByAction(context, face, target.searchParams, record);
  if (asked && !('status' in asked)) Object.assign(record, { ...asked, body: parsedBody(asked.body) });
  if (context.latencyMs > 0) await delay(context.latencyMs, undefined, { signal: context.closed });
  await context.onRequest?.(record.number, record);
  const editor = new AccountEditor(context.account);
  context.lateEffects.bringAboutDue();
  context.edits.make('before', editor, record);
  context.lists.note();

  const fault = context.faults.take(record.method, record.path);
  if (fault) record.fault = fault.kind;
  const answer = act(context, record, fault, (account) =>
    answerTo(context, account, record, { query: target.searchParams, body, face, asked }),
  );
  context.edits.make('after', editor, record);
  context.lists.note();
  await context.onHandled?.(record.number, record);

  const { errors } = context.shapes;
  if (fault === null) record.status = send(response, toWire(answer ?? { status: 500 }, errors));
  else {
    const { authorization = '' } = record.headers;
    record.status = deliverFault({
      fault,
      answer,
      errors,
      response,
      request: { path: record.path, authorization, body },
    });
  }
  if (record.status !== null) record.answeredAt = context.now();
}

/** Lets the account act on a call when the fault that struck it says so. `null` where it has not acted yet. */
function act(
  context: ServerContext,
  record: RequestRecord,
  fault: Fault | null,
  answerOf: (account: SimulatedAccount) => Answer,
): Answer | null {
  if (fault?.kind === 'says-done') return answerOf(context.account.rehearsal());
  const acts = fault === null ? 'first' : actsOf(fault.kind);
  if (acts === 'late') {
    context.lateEffects.after(fault?.lateMs ?? DEFAULT_LATE_MS, () => {
      const { status } = answerOf(context.account);
      context.lists.note();
      Object.assign(record, { handled: true, late: { at: context.now(), status } });
    });
  }
  if (acts !== 'first') return null;
  record.handled = true;
  return answerOf(context.account);
}

interface Face {
  /** Below the API's base URL; for foreign paths the whole path. */
  path: string;
  membranePath: MembranePath | null;
  /** Whether it is a path of the API, on either face. */
  isApi: boolean;
}

function faceOf(context: ServerContext, pathname: string): Face {
  const membrane = context.membrane();
  const membranePath = membrane ? parseMembranePath(pathname) : null;
  if (membrane && membranePath) {
    const path = membranePath.route === 'proxy' ? proxiedPath(membrane, membranePath.target) : null;
    return { path: path ?? pathname, membranePath, isApi: path !== null };
  }
  const isApi = pathname.startsWith(`${BASE_PATH}/`);
  return { path: isApi ? pathname.slice(BASE_PATH.length) : pathname, membranePath: null, isApi };
}

/** The call of the API that an action of Membrane makes; an answer where it makes none. */
function askedByAction(
  context: ServerContext,
  { membranePath }: Face,
  query: URLSearchParams,
  { headers, body, method }: RequestRecord,
): (Pick<RequestRecord, 'method' | 'path' | 'call'> & { body: string }) | Answer | null {
  const membrane = context.membrane();
  if (!membrane || (membranePath?.route !== 'run' && membranePath?.route !== 'act')) return null;
  const refusal = refuseToken(membrane, headers.authorization);
  if (refusal) return refusal;
  if (method !== 'POST') return errorAnswer(405, `${method} runs no action`);
  const asked = actionAsked(membrane, membranePath, query, body);
  return 'status' in asked ? asked : { ...asked, call: callOf(asked.method, asked.path) };
}

interface Asked {
  query: URLSearchParams;
  body: string;
  face: Face;
  asked: ReturnType<typeof askedByAction>;
}

function answerTo(
  context: ServerContext,
  account: SimulatedAccount,
  record: RequestRecord,
  { query, body, face, asked }: Asked,
): Answer {
  const { authorization } = record.headers;
  const membrane = context.membrane();
  if (membrane && face.membranePath) {
    if (asked && 'status' in asked) return asked;
    if (asked)
      return actionOutput(face.membranePath, askAccount(context, account, record, query, asked.body));
    const refusal = refuseToken(membrane, authorization);
    if (refusal) return refusal;
    if (face.membranePath.route !== 'proxy')
      return answerOfMembrane(membrane, record.method, face.membranePath, query);
    const unusable = refuseConnection(membrane, face.membranePath.selector);
    if (unusable) return unusable;
    if (!face.isApi) return errorAnswer(404, 'There is nothing here');
  } else if (!face.isApi) {
    return errorAnswer(404, `There is no ${record.path}`);
  } else if (authorization !== `Bearer ${context.token}`) {
    const message =
      authorization === undefined ? 'The access token is missing' : 'The access token is not valid';
    const status = context.shapes.badTokenStatus ?? 401;
    return { ...errorAnswer(status, message), headers: { 'www-authenticate': 'Bearer' } };
  }
  return askAccount(context, account, record, query, body);
}

function askAccount(
  context: ServerContext,
  account: SimulatedAccount,
  { method, path, headers }: RequestRecord,
  query: URLSearchParams,
  body: string,
): Answer {
  const { shapes } = context;
  const lists = () => context.lists.shown();
  const objects = context.lagById ? lists : () => account;
  const contentType = headers['content-type'] ?? '';
  return handleApiRequest(
    { account, shapes, lists, objects },
    { method, path, query, body, contentType, baseUrl: context.origin() + BASE_PATH },
  );
}

function headersOf(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );
}

/** The body's text; `null` when it is too large. What is too much is read and thrown away, so that the answer arrives. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= MAX_BODY) chunks.push(chunk);
  }
  return size > MAX_BODY ? null : Buffer.concat(chunks).toString('utf8');
}

function parsedBody(body: string): unknown {
  if (body === '') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
