import { UserError } from '../model/errors.ts';

export type ChaportErrorCode =
  /** No connection: name not found, refused, TLS, proxy. */
  | 'unreachable'
  /** 401 or 403 on a read, or an HTML login page. */
  | 'unauthorised'
  /** Membrane passes nothing on: the connection is unknown, has lost its credentials, or is not set up. */
  | 'connection-unusable'
  /** 400, 403 or 422: the server does not want this change. Or any call's 2xx whose JSON tells of an error. */
  | 'rejected'
  | 'not-found'
  /** 409: it exists already. */
  | 'conflict'
  /** 429 until the retries ran out. */
  | 'rate-limited'
  /** 5xx, reset, time-out, truncated or unreadable answer until the retries ran out. */
  | 'unavailable'
  /** The answer is well-formed but not what an account can be. */
  | 'unexpected-answer'
  /** Stopped by a signal before it was sent or answered. */
  | 'interrupted';

/**
 * What the server may have done for a call that failed. `none`: nothing, for certain. `maybe`: the
 * account shows it. `maybe-later`: it may act even after a look at the account.
 */
export type Acted = 'none' | 'maybe' | 'maybe-later';

/** A call that did not succeed. The message is one masked sentence that names the call. */
export class ChaportError extends UserError {
  override readonly code: ChaportErrorCode;
  readonly status: number | undefined;
  /** The same without call and attempts, for whoever knows what was to be changed. */
  readonly reason: string;
  /** Of all attempts together. A read never acts. */
  readonly acted: Acted;
  /** Requests that were sent; 0 when none was. */
  readonly attempts: number;

  constructor(
    code: ChaportErrorCode,
    message: string,
    options: {
      hint?: string;
      status?: number;
      reason?: string;
      acted?: Acted;
      attempts?: number;
      cause?: unknown;
    } = {},
  ) {
    super(code, message, options);
    this.name = 'ChaportError';
    this.code = code;
    this.status = options.status;
    this.reason = options.reason ?? message;
    this.acted = options.acted ?? 'none';
    this.attempts = options.attempts ?? 1;
  }
}
