import type { Acted, ChaportErrorCode } from '../errors.ts';
import type { HttpMethod } from './transport.ts';

/**
 * What may be done about a call whose answer is lost. `read`: wants a JSON answer, harmless to
 * repeat. `probe`: the same, but any answer that is no web page will do. `repeatable`: a write
 * that leads to the same state however often it is made. `create`: must never be made twice.
 */
export type CallNature = 'read' | 'probe' | 'repeatable' | 'create';

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
  acted: Acted;
  /** Milliseconds that the server asks every call to wait. */
  retryAfter?: number | null;
}

export function isWrite(call: Call): boolean {
  return call.method !== 'GET';
}

/** What a server may have done that got this call: a read leaves nothing behind. */
export function actedOn(call: Call, acted: Acted): Acted {
  return isWrite(call) ? acted : 'none';
}
