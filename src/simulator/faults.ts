import { UserError } from '../model/errors.ts';
import { urlFrom } from '../model/urls.ts';
import { type CallPattern, callMatches, checkedCall } from './calls.ts';
import { actsOf, FAULT_KINDS, FAULT_SPELLING, type FaultKind } from './fault-kinds.ts';

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
  /** Milliseconds until the account acts, of the `-late` kinds; default 500. */
  lateMs?: number;
}

const FAULT_TEXT = /^(?<kind>[a-z0-9-]+?)(?::(?<value>.+?))?(?:x(?<times>\d+|forever))?(?:\+(?<skip>\d+))?$/;

/**
 * Reads `CALL=KIND[:VALUE][xTIMES|xforever][+SKIP]`: `POST operators=reset-after`,
 * `GET operators=503x3+1` (passes one, strikes three), `*=429-retry-after:5xforever`,
 * `POST subscriptions=502-late:300`. VALUE is the seconds or date of `Retry-After`, the address of
 * `redirect`, or the milliseconds of `trickle` and of the `-late` kinds.
 * @throws {UserError} `invalid-fault`
 */
export function parseFault(text: string): Fault {
  const equals = text.indexOf('=');
  const groups = equals === -1 ? undefined : FAULT_TEXT.exec(text.slice(equals + 1))?.groups;
  if (!groups)
    throw invalidFault(`"${text}" is not a fault`, `Write ${FAULT_SPELLING}: "POST operators=reset-after".`);
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
  checkedCall(fault.call, 'invalid-fault');
  return fault;
}

function kindValue(kind: FaultKind, value: string): Partial<Fault> {
  if (kind.endsWith('-retry-after')) {
    if (/^\d+$/.test(value)) return { retryAfter: Number(value) };
    if (!Number.isNaN(Date.parse(value))) return { retryAfter: value };
  }
  if (kind === 'redirect' && urlFrom(value)) return { location: value };
  if (kind === 'trickle' && /^[1-9]\d*$/.test(value)) return { intervalMs: Number(value) };
  if (actsOf(kind) === 'late' && /^\d+$/.test(value)) return { lateMs: Number(value) };
  throw invalidFault(
    `"${value}" is no value for the fault ${kind}`,
    'Only 429-retry-after and 503-retry-after (seconds or a date), redirect (a URL), trickle and what ends with -late (milliseconds) take one.',
  );
}

function invalidFault(message: string, hint: string): UserError {
  return new UserError('invalid-fault', message, { hint });
}

/** The faults that wait for their calls. */
export class FaultList {
  #waiting: { fault: Fault; pattern: CallPattern; toSkip: number; left: number }[] = [];

  /** @throws {UserError} `invalid-fault` when no call of the API can match */
  add(fault: Fault): void {
    const { times = 1, skip = 0 } = fault;
    this.#waiting.push({
      fault,
      pattern: checkedCall(fault.call, 'invalid-fault'),
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
