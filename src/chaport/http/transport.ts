import type { Acted, ChaportErrorCode } from '../errors.ts';

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
  /** What the server may have done if it was asked for a change: `none` where no byte of the request left. */
  readonly acted: Acted;
  /** Whether the same request may succeed a little later. */
  readonly transient: boolean;
  readonly hint: string | undefined;

  constructor(
    code: ChaportErrorCode,
    message: string,
    options: { acted: Acted; transient: boolean; hint?: string | undefined },
  ) {
    super(message);
    this.name = 'TransportFailure';
    this.code = code;
    this.acted = options.acted;
    this.transient = options.transient;
    this.hint = options.hint;
  }
}

/** An error of what stands between this program and the API. */
export interface GatewayProblem {
  /** Who says it, `Membrane`. */
  who: string;
  code: ChaportErrorCode;
  hint: string | undefined;
  /** Whether it may be different a little later. */
  transient: boolean;
  /** What the API may have done if it was asked for a change: `none` where it did not get the request. */
  acted: Acted;
}

/** The seam: where a request goes and how it is authorised. Nothing above it knows. */
export interface Transport {
  /** As it stands in documents. */
  readonly baseUrl: string;
  /** What to do about a 401. */
  readonly unauthorisedHint: string;
  /** What to do about a 404 of a whole list. */
  readonly notFoundHint: string;
  /** The setting that says where the server is, for hints: `--base-url`. */
  readonly addressSetting: string;
  /** Where a request for this path goes, for the log. */
  urlOf(path: string): string;
  /** How and as whom the account is reached, for `ping`: a clause, unescaped, without secrets. */
  describeWay(): Promise<string>;
  /**
   * Where a link in an answer to `current` leads, as a path to send; `null` where it leads out of
   * the API: the credentials never follow it there.
   */
  pathOfLink(link: string, current: string): string | null;
  /** What is wrong on the way to the API; `null` where the answer is the API's own. */
  explainGateway(answer: TransportAnswer): GatewayProblem | null;
  /** @throws {TransportFailure} when no answer came. Redirects come back as answers. */
  send(request: TransportRequest): Promise<TransportAnswer>;
  close(): Promise<void>;
}
