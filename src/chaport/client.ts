import type { Fields } from '../model/json.ts';
import type { KindName } from '../model/kinds/names.ts';
import type { LiveState, NeededLists } from '../model/live.ts';
import type { ChaportError } from './errors.ts';
import type { Call } from './http/call.ts';

/** How a run ends calls early. */
export interface CallSignals {
  /** Aborted: no new request starts, and waits between attempts end at once. */
  stop?: AbortSignal | undefined;
  /** Aborted: the request under way is cut off as well. */
  abort?: AbortSignal | undefined;
}

/** Reads the account, and can do nothing else: what the planner's side of the program gets. */
export interface ChaportReader {
  /** The base URL as it stands in documents. */
  readonly baseUrl: string;
  /**
   * The wanted lists, side by side: one GET each, more only where the answer has `links.next`.
   * @throws {ChaportError} also for an account without operators, or a list that is cut short.
   */
  readAccount(needed: NeededLists, signals?: CallSignals): Promise<LiveState>;
  /** `GET /me.json`: whether the token works. */
  checkToken(signals?: CallSignals): Promise<void>;
}

export interface CallResult {
  /** The id that a create answered with; `null` where the answer had none (then list and look). */
  id: string | null;
  /** Requests sent, 1 where the first one did it. */
  attempts: number;
  /** A delete's 404: the server did not know the id. Missing for anything else. */
  found?: false;
  /** The caller's `AttemptTurn` said no: nothing was sent, or not again after earlier attempts failed. */
  givenUp?: true;
}

/** Asked before each attempt of a write, repetitions included: whether it is made, and of what. */
export interface AttemptTurn {
  /** Waits for what the attempt rests on. It stands in no line meanwhile, so it may make calls itself. */
  prepare?(): Promise<void>;
  /** Right before the request, when its turn has come: the fields to send, if any; `not-yet`: `prepare` anew; `no-more`: give up. */
  take(): Fields | 'not-yet' | 'no-more';
}

/** Makes one change each. Waits, retries what is safe to repeat, and never sends a create blindly again. */
export interface ChaportWriter {
  /**
   * @throws {ChaportError} unless `acted` of it is `none`, the caller must read the account
   * before it sends the create again.
   */
  create(kind: KindName, fields: Fields, signals?: CallSignals, turn?: AttemptTurn): Promise<CallResult>;
  /**
   * `fields`: every writable one, real values. A missing key is not sent; `null` for an operator's
   * `jobTitle` or `image` clears it (sent as `""`), for any other field it is not sent. So a caller
   * leaves out what is empty and stays so. For a status: `status` and `ttl` (seconds) or
   * `validUntil`; `id` is the operator's. What a `turn` gives is sent in their place.
   */
  update(
    kind: KindName,
    id: string,
    fields: Fields,
    signals?: CallSignals,
    turn?: AttemptTurn,
  ): Promise<CallResult>;
  /** A 404 counts as done, with `found: false`: a reading tells whether it is gone. */
  delete(kind: KindName, id: string, signals?: CallSignals, turn?: AttemptTurn): Promise<CallResult>;
}

/** One request that has ended, for a log. Texts are masked. */
export interface RequestEvent {
  method: string;
  url: string;
  /** 1 for a call's first request. */
  attempt: number;
  milliseconds: number;
  /** Missing where no answer came. */
  status?: number;
  /** Why it did not succeed. */
  error?: string;
  /** Milliseconds until the call is tried again; missing where it is not. */
  retryIn?: number;
}

/** What came of a call, whatever it was. */
export interface Observed {
  /** Missing where no whole answer came. */
  status?: number;
  /** `undefined` where it is none. */
  json: unknown;
  body: string;
  /** Why the call did not succeed; `null` where it did. */
  error: ChaportError | null;
}

/** Makes one call after the other, and shows their answers as they are. */
export interface Observer {
  /** As it stands in documents. */
  readonly baseUrl: string;
  /** See `Transport.pathOfLink`. */
  pathOfLink(link: string, current: string): string | null;
  /** Paced and repeated as any other call. @throws {ChaportError} `interrupted` */
  call(call: Call, signals: CallSignals): Promise<Observed>;
}

export interface ChaportClient {
  reader: ChaportReader;
  writer: ChaportWriter;
  /** For looking at answers themselves, as `doctor` does. */
  observer: Observer;
  /** How and as whom the account is reached: a clause such as `directly`, unescaped. Asks nobody. */
  describeWay(): Promise<string>;
  /** Closes the connections. */
  close(): Promise<void>;
}
