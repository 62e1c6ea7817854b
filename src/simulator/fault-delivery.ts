import type { ServerResponse } from 'node:http';
import type { Fault, FaultKind } from './faults.ts';
import { membraneError } from './membrane-face.ts';
import { type Answer, errorAnswer } from './routes.ts';

/** What a fault needs to spoil one answer. */
export interface SpoiltExchange {
  fault: Fault;
  /** The account's answer; `null` where it has not acted. */
  answer: Answer | null;
  response: ServerResponse;
  request: { path: string; authorization: string; body: string };
}

/** An answer as it goes over the wire. */
export interface WireAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export function toWire({ status, body, headers = {} }: Answer): WireAnswer {
  if (body === undefined) return { status, headers, body: '' };
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  };
}

/** Sends a whole answer. */
export function send(response: ServerResponse, { status, headers, body }: WireAnswer): number {
  const length = status === 204 ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  response.writeHead(status, { ...headers, ...length });
  response.end(body);
  return status;
}

const HTML = '<!doctype html><html><head><title>Chaport</title></head><body><h1>Log in</h1></body></html>';
const html = (body: string): WireAnswer => ({
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body,
});

/** The status lines of proxies in front of the API answer with HTML, the API itself with JSON. */
const FROM_PROXY = ['502', '503', '504'];

/** Puts the fault on the wire. Returns the status that was sent, `null` where none was. */
export function deliverFault(exchange: SpoiltExchange): number | null {
  const { fault, response } = exchange;
  const deliver = BROKEN[fault.kind];
  return deliver ? deliver(exchange) : send(response, spoiltAnswer(exchange));
}

/** Faults in which no whole answer arrives. */
const BROKEN: Partial<Record<FaultKind, (exchange: SpoiltExchange) => number | null>> = {
  'reset-before': reset,
  'reset-after': reset,
  'timeout-before': () => null,
  'timeout-after': () => null,
  truncated: truncate,
  trickle,
};

/** Faults with a whole answer that is not the account's own. */
function spoiltAnswer({ fault, answer, request }: SpoiltExchange): WireAnswer {
  const own = toWire(answer ?? { status: 200 });
  const json = { 'content-type': 'application/json; charset=utf-8' };
  switch (fault.kind) {
    case 'html':
    case 'html-before':
      return html(HTML);
    case 'empty':
      return { status: 200, headers: {}, body: '' };
    case 'wrong-type':
      return { ...own, headers: { 'content-type': 'text/plain; charset=utf-8' } };
    case 'wrong-body':
      return { status: 200, headers: json, body: '{"status":"ok"}' };
    case 'cut-json':
      return {
        ...own,
        headers: json,
        status: own.status === 204 ? 200 : own.status,
        body: firstHalf(own.body),
      };
    case '429-retry-after':
    case '503-retry-after': {
      const status = Number(fault.kind.slice(0, 3));
      const headers = { 'retry-after': String(fault.retryAfter ?? 1) };
      return toWire({ ...errorAnswer(status, 'Slow down'), headers });
    }
    case 'redirect': {
      const location = fault.location ?? `https://elsewhere.example${request.path}`;
      return { status: 307, headers: { location }, body: '' };
    }
    case 'echo':
      return toWire(errorAnswer(400, echoOf(request)));
    case 'membrane-401':
      return toWire(membraneError(401, 'bad_request', 'not_authenticated', 'Access token has expired'));
    case 'membrane-429':
      return toWire(membraneError(429, 'bad_request', 'rate_limit_exceeded', 'Too many requests'));
    case 'membrane-500':
      return toWire(membraneError(500, 'internal', 'internal', 'Something went wrong'));
    default:
      return statusAnswer(Number(fault.kind.slice(0, 3)));
  }
}

function statusAnswer(status: number): WireAnswer {
  if (!FROM_PROXY.includes(String(status))) return toWire(errorAnswer(status, `Simulated ${status}`));
  return { ...html(`<html><body><h1>${status} Simulated</h1></body></html>`), status };
}

/** What a careless server would tell back: everything it was sent, as it is and percent-encoded. */
function echoOf({ path, authorization, body }: SpoiltExchange['request']): string {
  return `Refused ${path} with ${authorization} (${encodeURIComponent(authorization)}) and ${body}`;
}

function firstHalf(body: string): string {
  return body.length < 2 ? '{"result":{"id":"' : body.slice(0, Math.ceil(body.length / 2));
}

function reset({ response }: SpoiltExchange): null {
  response.socket?.resetAndDestroy();
  return null;
}

/** Promises the whole body, sends half of it, and breaks the connection. */
function truncate({ answer, response }: SpoiltExchange): number {
  const { status, headers, body } = toWire(answer ?? { status: 200 });
  const sent = status === 204 ? 200 : status;
  response.writeHead(sent, { ...headers, 'content-length': String(Buffer.byteLength(body) + 20) });
  response.write(firstHalf(body), () => response.destroy());
  return sent;
}

/** One byte after another, and the last one never comes. Ends when the client gives up or the simulator closes. */
function trickle({ fault, answer, response }: SpoiltExchange): number {
  const { status, headers, body } = toWire(answer ?? { status: 200 });
  const bytes = Buffer.from(body.slice(0, -1));
  let sent = 0;
  response.writeHead(status === 204 ? 200 : status, { ...headers, 'transfer-encoding': 'chunked' });
  response.flushHeaders();
  const timer = setInterval(() => {
    // After the body, blanks: the connection never falls silent.
    response.write(sent < bytes.length ? bytes.subarray(sent, sent + 1) : ' ');
    sent += 1;
  }, fault.intervalMs ?? 100);
  response.once('close', () => clearInterval(timer));
  return status === 204 ? 200 : status;
}
