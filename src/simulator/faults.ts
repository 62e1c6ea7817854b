import { UserError } from '../model/errors.ts';
import { API_CALLS, type CallPattern, callMatches, matchesSomeRoute, parseCall } from './calls.ts';

/** Answers with this status, without having acted. */
const STATUS_KINDS = ['400', '401', '403', '404', '408', '409', '429', '500', '502', '503', '504'] as const;
/** The account acts, then answers with this status. */
const STATUS_AFTER_KINDS = ['408-after', '500-after', '502-after', '503-after', '504-after'] as const;
/** Nothing is done, and the answer is wrong or missing. */
const BEFORE_KINDS = [
  /** The connection is reset. */
  'reset-before',
  /** No answer comes, ever. */
  'timeout-before',
  /** 429 with `Retry-After`. */
  '429-retry-after',
  /** 503 with `Retry-After`. */
  '503-retry-after',
  /** A login page: HTML with 200. */
  'html-before',
  /** 307 to another address. */
  'redirect',
  /** 400, and the message repeats the token and the body that were sent. */
  'echo',
  /** Errors of Membrane's own, not of the app behind it. */
  'membrane-401',
  'membrane-429',
  'membrane-500',
] as const;
/** The account acts, and the answer is wrong or missing. */
const AFTER_KINDS = [
  'reset-after',
  'timeout-after',
  /** The connection breaks in the middle of the body. */
  'truncated',
  /** A whole HTTP answer whose JSON stops in the middle. */
  'cut-json',
  /** HTML with 200. */
  'html',
  /** 200 without a body. */
  'empty',
  /** The right body, called text/plain. */
  'wrong-type',
  /** 200 and JSON, but nothing that the call answers with. */
  'wrong-body',
  /** The body comes one byte at a time and never ends. */
  'trickle',
] as const;

export const FAULT_KINDS = [...STATUS_KINDS, ...STATUS_AFTER_KINDS, ...BEFORE_KINDS, ...AFTER_KINDS] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** Something that goes wrong with a call. */
export interface Fault {
  /**
   * `[METHOD ]PATH`, the path below the base URL; `*` is any method, or any one part of a path:
   * `POST operators`, `PUT operators/*`, `subscriptions` (short for `events/subscriptions`), `*` for every call.
   */
  call: string;
  kind: FaultKind;
  /** How many calls it strikes; default 1. */
  times?: number | 'forever';
  /** How many matching calls it lets pass first; default 0. */
  skip?: number;
  /** `Retry-After` of the kinds that have it: seconds or an HTTP date; default 1. */
  retryAfter?: number | string;
  /** Where `redirect` points; default `https://elsewhere.example/` and the path. */
  location?: string;
  /** Milliseconds between the bytes of `trickle`; default 100. */
  intervalMs?: number;
}

/** Whether the account acts although the answer is spoilt. */
export function actsBefore(kind: FaultKind): boolean {
  return [...STATUS_AFTER_KINDS, ...AFTER_KINDS].some((after) => after === kind);
}

const SPELLING = 'CALL=KIND[:VALUE][xTIMES|xforever][+SKIP]';
const FAULT_TEXT = /^(?<kind>[a-z0-9-]+?)(?::(?<value>.+?))?(?:x(?<times>\d+|forever))?(?:\+(?<skip>\d+))?$/;

/**
 * Reads `CALL=KIND[:VALUE][xTIMES|xforever][+SKIP]`: `POST operators=reset-after`,
 * `GET operators=503x3+1` (passes one, strikes three), `*=429-retry-after:5xforever`.
 * VALUE is the seconds or date of `Retry-After`, the address of `redirect`, or the milliseconds of `trickle`.
 * @throws {UserError} `invalid-fault`
 */
export function parseFault(text: string): Fault {
  const equals = text.indexOf('=');
  const groups = equals === -1 ? undefined : FAULT_TEXT.exec(text.slice(equals + 1))?.groups;
  if (!groups)
    throw invalidFault(`"${text}" is not a fault`, `Write ${SPELLING}: "POST operators=reset-after".`);
  const { kind: kindText, value, times, skip } = groups;
  const kind = FAULT_KINDS.find((known) => known === kindText);
  if (kind === undefined) {
    throw invalidFault(`"${kindText}" is no kind of fault`, `The kinds are ${FAULT_KINDS.join(', ')}.`);
  }
  const fault: Fault = {
    call: text.slice(0, equals).trim(),
    kind,
    ...(value === undefined ? {} : kindValue(kind, value)),
    ...(times === undefined ? {} : { times: times === 'forever' ? times : Number(times) }),
    ...(skip === undefined ? {} : { skip: Number(skip) }),
  };
  checkedCall(fault.call);
  return fault;
}

function kindValue(kind: FaultKind, value: string): Partial<Fault> {
  if (kind.endsWith('-retry-after')) {
    if (/^\d+$/.test(value)) return { retryAfter: Number(value) };
    if (!Number.isNaN(Date.parse(value))) return { retryAfter: value };
  }
  if (kind === 'redirect' && URL.canParse(value)) return { location: value };
  if (kind === 'trickle' && /^[1-9]\d*$/.test(value)) return { intervalMs: Number(value) };
  throw invalidFault(
    `"${value}" is no value for the fault ${kind}`,
    'Only 429-retry-after and 503-retry-after (seconds or a date), redirect (a URL) and trickle (milliseconds) take one.',
  );
}

function invalidFault(message: string, hint: string): UserError {
  return new UserError('invalid-fault', message, { hint });
}

function checkedCall(call: string): CallPattern {
  const pattern = parseCall(call);
  if (pattern === null || !matchesSomeRoute(pattern)) {
    throw invalidFault(
      `the API has no call "${call}"`,
      `The calls are ${API_CALLS.join(', ')}, or * for all.`,
    );
  }
  return pattern;
}

/** The faults that wait for their calls. */
export class FaultList {
  #waiting: { fault: Fault; pattern: CallPattern; toSkip: number; left: number }[] = [];

  /** @throws {UserError} `invalid-fault` when no call of the API can match */
  add(fault: Fault): void {
    const { times = 1, skip = 0 } = fault;
    this.#waiting.push({
      fault,
      pattern: checkedCall(fault.call),
      toSkip: skip,
      left: times === 'forever' ? Number.POSITIVE_INFINITY : times,
    });
  }

  clear(): void {
    this.#waiting = [];
  }

  /** The fault that strikes this call: the first that is due. The others that match only count the call as passed. */
  take(method: string, path: string): Fault | null {
    let struck: Fault | null = null;
    for (const entry of this.#waiting) {
      if (!callMatches(entry.pattern, method, path)) continue;
      if (entry.toSkip > 0) entry.toSkip -= 1;
      else if (struck === null && entry.left > 0) {
        entry.left -= 1;
        struck = entry.fault;
      }
    }
    return struck;
  }
}
