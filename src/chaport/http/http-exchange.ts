import { STATUS_CODES } from 'node:http';
import type { ChaportErrorCode } from '../errors.ts';
import { excerptOf, isHtml } from './error-text.ts';
import { LONGEST_RETRY_AFTER, readRetryAfter } from './retry-after.ts';
import {
  type GatewayProblem,
  type HttpMethod,
  type Transport,
  type TransportAnswer,
  TransportFailure,
} from './transport.ts';

/**
 * What may be done about a call whose answer is lost. `read`: wants a JSON answer, harmless to
 * repeat. `probe`: the same, but any answer that is no web page will do. `repeatable`: a write
 * that leads to the same state however often it is made. `create`: must never be made twice.
 */
type CallNature = 'read' | 'probe' | 'repeatable' | 'create';

export interface Call {
  method: HttpMethod;
  /** Below the base URL. */
  path: string;
  nature: CallNature;
  /** Sent as JSON. */
  body?: Readonly<Record<string, unknown>>;
}

/** Why one attempt did not succeed. */
export interface Problem {
  code: ChaportErrorCode;
  /** A clause, unmasked. */
  reason: string;
  hint?: string | undefined;
  status?: number;
  /** Whether it may be different a little later. */
  transient: boolean;
  /** Whether the server may have acted on the request. */
  mayHaveActed: boolean;
  /** Whether it may act even now: it, or what stands behind a gateway, was too slow. */
  mayActLater?: boolean;
  /** Milliseconds that the server asks every call to wait. */
  retryAfter?: number | null;
}

export type Verdict =
  | { done: true; status: number; json: unknown }
  | { done: false; status?: number; problem: Problem };

export interface ExchangeOptions {
  transport: Transport;
  timeoutSeconds: number;
  mask: (text: string) => string;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** Makes one request and says what came of it. */
export async function attempt(
  call: Call,
  options: ExchangeOptions,
  abort: AbortSignal | undefined,
): Promise<Verdict> {
  try {
    const answer = await options.transport.send({
      method: call.method,
      path: call.path,
      body: call.body === undefined ? undefined : JSON.stringify(call.body),
      timeoutSeconds: options.timeoutSeconds,
      abort,
    });
    const problem = judge(call, answer, options);
    const { status } = answer;
    return problem ? { done: false, status, problem } : { done: true, status, json: readJson(answer.body) };
  } catch (error) {
    if (!(error instanceof TransportFailure)) throw error;
    return { done: false, problem: fromFailure(call, error) };
  }
}

function fromFailure(call: Call, failure: TransportFailure): Problem {
  const { code, hint, sent, transient } = failure;
  const mayHaveActed = sent && isWrite(call);
  const mayActLater = mayHaveActed && failure.tooSlow;
  return { code, reason: failure.message, hint, transient, mayHaveActed, mayActLater };
}

function isWrite(call: Call): boolean {
  return call.method !== 'GET';
}

/** `null`: the call succeeded. */
function judge(call: Call, answer: TransportAnswer, options: ExchangeOptions): Problem | null {
  const { status } = answer;
  if (answer.cut?.code === 'interrupted') return { ...fromFailure(call, answer.cut), status };
  if (status >= 200 && status < 300) return judgeSuccess(call, answer, options.transport);
  const gateway = options.transport.explainGateway(answer);
  if (gateway) return stoppedOnTheWay(call, answer, gateway, options);
  if (status === 404 && call.method === 'DELETE') return null;
  if (status >= 300 && status < 400) return redirected(call, answer, options);
  const reason = reasonOf('the server', answer, options);
  const retryAfter = retryAfterOf(answer, options);
  return explainStatus(call, status, { reason, retryAfter }, options.transport);
}

function retryAfterOf({ headers }: TransportAnswer, { now }: ExchangeOptions): number | null {
  return readRetryAfter(headers['retry-after'], now());
}

function reasonOf(who: string, { status, body, cut }: TransportAnswer, { mask }: ExchangeOptions): string {
  const words = cut ? '' : excerptOf(body, mask);
  const title = STATUS_CODES[status];
  return `${who} answered ${status}${title ? ` ${title}` : ''}${words && words !== title ? `: ${words}` : ''}`;
}

/** The API did not say this, and may not even have been asked. */
function stoppedOnTheWay(
  call: Call,
  answer: TransportAnswer,
  gateway: GatewayProblem,
  options: ExchangeOptions,
): Problem {
  const mayHaveActed = gateway.mayHavePassedOn && isWrite(call);
  const problem = {
    code: gateway.code,
    reason: reasonOf(gateway.who, answer, options),
    hint: gateway.hint,
    status: answer.status,
    mayHaveActed,
    mayActLater: mayHaveActed && gateway.tooSlow,
  };
  if (!gateway.transient) return { ...problem, transient: false };
  return {
    ...problem,
    ...waitAsAsked(problem.reason, retryAfterOf(answer, options)),
  };
}

/** A wish to wait is granted, unless it is too long to be. */
function waitAsAsked(
  reason: string,
  retryAfter: number | null,
): Pick<Problem, 'reason' | 'transient' | 'retryAfter'> {
  if (retryAfter === null || retryAfter <= LONGEST_RETRY_AFTER)
    return { reason, transient: true, retryAfter };
  const wish = `it asks to wait ${Math.ceil(retryAfter / 1000)} s, longer than the ${LONGEST_RETRY_AFTER / 1000} s that this program waits`;
  return { reason: `${reason}; ${wish}`, transient: false, retryAfter: null };
}

function explainStatus(
  call: Call,
  status: number,
  { reason, retryAfter }: { reason: string; retryAfter: number | null },
  { unauthorisedHint, notFoundHint }: Transport,
): Problem {
  const lasting = (code: ChaportErrorCode, hint?: string): Problem => ({
    code,
    reason,
    hint,
    status,
    transient: false,
    mayHaveActed: false,
  });
  if (isTransient(status)) {
    const code = status === 429 ? 'rate-limited' : 'unavailable';
    return {
      code,
      ...waitAsAsked(reason, retryAfter),
      hint: status === 429 ? 'Try again later, or with a lower --concurrency.' : undefined,
      status,
      // Too many requests is said before a request is handled.
      mayHaveActed: status !== 429 && isWrite(call),
      mayActLater: status === 504 && isWrite(call),
    };
  }
  switch (status) {
    case 401:
      return lasting('unauthorised', unauthorisedHint);
    case 403:
      return isWrite(call) ? lasting('rejected') : lasting('unauthorised', unauthorisedHint);
    case 404:
      return lasting('not-found', isWrite(call) && call.nature !== 'create' ? undefined : notFoundHint);
    case 407:
      return {
        ...lasting('unreachable', 'A proxy wants a user name and a password: put them into HTTPS_PROXY.'),
      };
    case 409:
      return lasting('conflict');
    default:
      return lasting(isWrite(call) ? 'rejected' : 'unexpected-answer');
  }
}

function isTransient(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

function redirected(
  call: Call,
  { status, headers }: TransportAnswer,
  { mask, transport }: ExchangeOptions,
): Problem {
  // Masked before it is parsed: parsing puts a host into lower case.
  const location = mask(headers.location ?? '');
  const target = URL.canParse(location) ? new URL(location).origin : '';
  const where = target !== '' && target !== 'null' ? target : 'another address';
  return {
    code: 'unexpected-answer',
    reason: `the server answered ${status} and points to ${where}, which is not followed`,
    hint: `Check ${transport.addressSetting}: is it the API’s own address, and is no login or proxy page in between?`,
    status,
    transient: false,
    mayHaveActed: isWrite(call),
  };
}

/** A 2xx is believed only where its body is whole and not somebody else's page. */
function judgeSuccess(
  call: Call,
  { status, headers, body, cut }: TransportAnswer,
  { addressSetting }: Transport,
): Problem | null {
  const unreadable = (reason: string, more: Partial<Problem> = {}): Problem => ({
    code: 'unavailable',
    reason,
    status,
    transient: true,
    mayHaveActed: isWrite(call),
    ...more,
  });
  if (cut) {
    const { code, transient, hint, tooSlow } = cut;
    return unreadable(cut.message, { code, transient, hint, mayActLater: tooSlow && isWrite(call) });
  }
  const text = body.trim();
  if (isHtml(text)) {
    return unreadable('the server answered with a web page, not JSON', {
      // What a login page in between looks like. A write that met one is settled by reading.
      code: isWrite(call) ? 'unavailable' : 'unauthorised',
      hint: `Is ${addressSetting} right? Is a login or proxy page in between?`,
    });
  }
  if (call.nature === 'probe') return null;
  if (text === '') return isWrite(call) ? null : unreadable(`the server answered ${status} without a body`);
  if (readJson(body) !== undefined) return null;
  const type = headers['content-type']?.split(';')[0]?.trim() || 'no content type';
  return unreadable(`the answer is not JSON (${type}, ${Buffer.byteLength(body)} bytes)`, {
    hint: `Is ${addressSetting} right? Does a proxy in between change answers?`,
  });
}

/** `undefined` where it is none. */
function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
