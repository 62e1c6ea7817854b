import type { ChaportErrorCode } from './errors.ts';

/** Where the account is reached. Another way to it is another member here and another `Transport`. */
export type Via = DirectVia;

/** Straight to the API with its own access token. `baseUrl` comes from `parseBaseUrl`, `token` from `parseToken`. */
export interface DirectVia {
  kind: 'direct';
  baseUrl: string;
  token: string;
}

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface TransportRequest {
  method: HttpMethod;
  /** Below the base URL, with its query: `/operators?page=2`. */
  path: string;
  /** JSON text. */
  body?: string | undefined;
  /** For the whole exchange, from connecting to the last byte of the answer. */
  timeoutSeconds: number;
  /** Cuts the exchange off. */
  abort?: AbortSignal | undefined;
}

/** An answer whose head came. Names of headers are in lower case. */
export interface TransportAnswer {
  status: number;
  headers: Readonly<Record<string, string | undefined>>;
  /** What came of the body. */
  body: string;
  /** Why the body is not all there, where that is so. */
  cut?: TransportFailure;
}

/** No answer. The message is one clause without the call's name; it may hold secrets and is not to be shown unmasked. */
export class TransportFailure extends Error {
  readonly code: ChaportErrorCode;
  /** Whether the request may have reached the server. */
  readonly sent: boolean;
  /** Whether the same request may succeed a little later. */
  readonly transient: boolean;
  readonly hint: string | undefined;
  /** No answer came in time: the server may still be at it. */
  readonly tooSlow: boolean;

  constructor(
    code: ChaportErrorCode,
    message: string,
    options: { sent: boolean; transient: boolean; hint?: string | undefined; tooSlow?: boolean },
  ) {
    super(message);
    this.name = 'TransportFailure';
    this.code = code;
    this.sent = options.sent;
    this.transient = options.transient;
    this.hint = options.hint;
    this.tooSlow = options.tooSlow ?? false;
  }
}

/** The seam: where a request goes and how it is authorised. Nothing above it knows. */
export interface Transport {
  /** As it stands in documents; `links.next` of answers are resolved against it. */
  readonly baseUrl: string;
  /** What to do about a 401. */
  readonly unauthorisedHint: string;
  /** Where a request for this path goes, for the log. */
  urlOf(path: string): string;
  /** @throws {TransportFailure} when no answer came. Redirects come back as answers. */
  send(request: TransportRequest): Promise<TransportAnswer>;
  close(): Promise<void>;
}
