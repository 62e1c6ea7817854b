import type { ServerResponse } from 'node:http';
import { type Answer, errorAnswer } from './answers.ts';
import type { Fault } from './faults.ts';
import { membraneError } from './membrane-face.ts';
import { type ErrorShape, html, send, toWire, type WireAnswer } from './wire-answer.ts';

/** What a fault needs to spoil one answer. */
export interface SpoiltExchange {
  fault: Fault;
  /** The account's answer; `null` where it has not acted. */
  answer: Answer | null;
  /** The form of the errors that are the API's own. */
  errors: ErrorShape | undefined;
  response: ServerResponse;
  request: { path: string; authorization: string; body: string };
}

const LOGIN_PAGE =
  '<!doctype html><html><head><title>Chaport</title></head><body><h1>Log in</h1></body></html>';

/** The status lines of proxies in front of the API answer with HTML, the API itself with JSON. */
const FROM_PROXY = [502, 503, 504];

/** Puts the fault on the wire. Returns the status that was sent, `null` where none was. */
export function deliverFault(exchange: SpoiltExchange): number | null {
  const sight = sightOf(exchange.fault);
  const deliver = BROKEN[sight];
  return deliver ? deliver(exchange) : send(exchange.response, spoiltAnswer(sight, exchange));
}

/** What the client sees of a fault: its kind without the word for when the account acts. */
function sightOf({ kind }: Fault): string {
  return kind.replace(/(?<!-retry)-(?:before|after|late)$/, '');
}

/** Faults in which no whole answer arrives. */
const BROKEN: Partial<Record<string, (exchange: SpoiltExchange) => number | null>> = {
  reset,
  timeout: () => null,
  truncated: truncate,
  trickle,
};

/** Confirmations that confirm nothing: 200, and a body that is not what it seems. */
const SAYS: Partial<Record<string, object>> = {
  'says-error': { error: { message: 'Simulated error' } },
  'says-errors': { errors: [{ message: 'Simulated error' }] },
  'says-unsuccessful': { success: false },
  'says-not-ok': { ok: false },
  'says-null': { result: null },
  'wrong-body': { status: 'ok' },
};

/** Faults with a whole answer that is not the account's own. */
function spoiltAnswer(sight: string, { fault, answer, errors, request }: SpoiltExchange): WireAnswer {
  const own = toWire(answer ?? { status: 200 }, errors);
  const says = SAYS[sight];
  if (says) return toWire({ status: 200, body: says });
  switch (sight) {
    case 'html':
      return html(200, LOGIN_PAGE);
    case 'says-done':
      return own;
    case 'empty':
      return { status: 200, headers: {}, body: '' };
    case 'wrong-type':
      return { ...own, headers: { 'content-type': 'text/plain; charset=utf-8' } };
    case 'cut-json':
      return {
        ...own,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        status: own.status === 204 ? 200 : own.status,
        body: firstHalf(own.body),
      };
    case '429-retry-after':
    case '503-retry-after': {
      const status = Number(sight.slice(0, 3));
      const headers = { 'retry-after': String(fault.retryAfter ?? 1) };
      return toWire({ ...errorAnswer(status, 'Slow down'), headers }, errors);
    }
    case 'redirect': {
      const location = fault.location ?? `https://elsewhere.example${request.path}`;
      return { status: 307, headers: { location }, body: '' };
    }
    case 'echo':
      return toWire(errorAnswer(400, echoOf(request)), errors);
    case 'membrane-401':
      return toWire(membraneError(401, 'bad_request', 'not_authenticated', 'Access token has expired'));
    case 'membrane-429':
      return toWire(membraneError(429, 'bad_request', 'rate_limit_exceeded', 'Too many requests'));
    case 'membrane-500':
      return toWire(membraneError(500, 'internal', 'internal', 'Something went wrong'));
    default:
      return statusAnswer(Number(sight), errors);
  }
}

function statusAnswer(status: number, errors: ErrorShape | undefined): WireAnswer {
  if (FROM_PROXY.includes(status))
    return html(status, `<html><body><h1>${status} Simulated</h1></body></html>`);
  return toWire(errorAnswer(status, `Simulated ${status}`), errors);
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
