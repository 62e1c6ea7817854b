import type { Dispatcher } from 'undici';
import { describeNetworkError } from './network-failure.ts';
import type { HttpProxy } from './proxy.ts';
import { type TransportAnswer, TransportFailure, type TransportRequest } from './transport.ts';

/** No account's list comes near this; anything larger is not one. */
const LARGEST_ANSWER = 64 * 1024 * 1024;

export interface HttpSocket {
  send(url: string, request: TransportRequest, headers: Record<string, string>): Promise<TransportAnswer>;
  close(): Promise<void>;
}

/**
 * One HTTP request and its whole answer, over pooled sockets. Neither repeats nor redirects anything.
 * @param addressSetting what to check where the server is not found, for hints.
 */
export function openSocket(proxy: HttpProxy | null, connections: number, addressSetting: string): HttpSocket {
  let dispatcher: Promise<Dispatcher> | null = null;
  return {
    send: async (url, request, headers) => {
      dispatcher ??= openDispatcher(proxy, connections, request.timeoutSeconds);
      return sendOnce(await dispatcher, new URL(url), request, headers, { proxy, addressSetting });
    },
    close: async () => {
      // Not `close()`: a proxy that never answered would hold the process up.
      await (await dispatcher)?.destroy();
      dispatcher = null;
    },
  };
}

async function openDispatcher(
  proxy: HttpProxy | null,
  connections: number,
  timeoutSeconds: number,
): Promise<Dispatcher> {
  const connect = { timeout: milliseconds(timeoutSeconds) };
  // The time-out of the whole exchange is ours; these would only cut in between.
  const options = { connections, headersTimeout: 0, bodyTimeout: 0 };
  if (proxy === null) {
    const { Agent } = await import('./direct-dispatcher.ts');
    return new Agent({ ...options, connect });
  }
  const { createProxyAgent } = await import('./proxy-dispatcher.ts');
  return createProxyAgent({
    ...options,
    uri: proxy.url,
    proxyTls: connect,
    ...(proxy.authorization === null ? {} : { token: proxy.authorization }),
  });
}

function sendOnce(
  dispatcher: Dispatcher,
  url: URL,
  request: TransportRequest,
  headers: Record<string, string>,
  { proxy, addressSetting }: { proxy: HttpProxy | null; addressSetting: string },
): Promise<TransportAnswer> {
  return new Promise((resolve, reject) => {
    const progress = new Progress();
    const settle = (failure: TransportFailure | null) => {
      clearTimeout(timer);
      request.abort?.removeEventListener('abort', onAbort);
      const answer = progress.answer();
      if (answer === null) reject(failure ?? new TypeError('an answer without a status'));
      else resolve(failure === null ? answer : { ...answer, cut: failure });
    };
    // Settles at once: a request that still waits for its connection does not hear of an abort.
    const cutOff = (failure: TransportFailure) => {
      settle(failure);
      progress.cutOff(failure);
    };
    const onAbort = () => cutOff(interruption(progress.sent));
    const timer = setTimeout(
      () => cutOff(timeout(request.timeoutSeconds, progress.sent)),
      milliseconds(request.timeoutSeconds),
    );
    if (request.abort?.aborted) return onAbort();
    request.abort?.addEventListener('abort', onAbort, { once: true });

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: (controller) => progress.started(controller),
      onResponseStart: (_controller, status, answerHeaders) => progress.head(status, answerHeaders),
      onResponseData: (_controller, chunk) => {
        if (!progress.data(chunk)) cutOff(tooLarge());
      },
      onResponseEnd: () => settle(null),
      onResponseError: (_controller, error) =>
        settle(
          describeNetworkError(error, {
            host: url.host,
            proxyHost: proxy?.host ?? null,
            proxyGotCredentials: typeof proxy?.authorization === 'string',
            addressSetting,
            sent: progress.sent,
          }),
        ),
    };
    dispatcher.dispatch(
      {
        origin: url.origin,
        path: url.pathname + url.search,
        method: request.method,
        headers,
        body: request.body ?? null,
        // A request is never put behind another one on the same socket, nor repeated by the library.
        idempotent: false,
      },
      handler,
    );
  });
}

/** How far one request has come. */
class Progress {
  #controller: Dispatcher.DispatchController | null = null;
  #cut: TransportFailure | null = null;
  #head: { status: number; headers: TransportAnswer['headers'] } | null = null;
  readonly #chunks: Buffer[] = [];
  #size = 0;

  /** Whether a byte of it may have left. */
  get sent(): boolean {
    return this.#controller !== null;
  }

  started(controller: Dispatcher.DispatchController): void {
    if (this.#cut) controller.abort(this.#cut);
    else this.#controller = controller;
  }

  cutOff(failure: TransportFailure): void {
    this.#cut ??= failure;
    this.#controller?.abort(failure);
  }

  head(status: number, headers: Record<string, string | string[] | undefined>): void {
    if (status < 200) return;
    const flat = Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : value,
    ]);
    this.#head = { status, headers: Object.fromEntries(flat) };
  }

  /** `false`: too much. */
  data(chunk: Buffer): boolean {
    this.#size += chunk.length;
    if (this.#size > LARGEST_ANSWER) return false;
    this.#chunks.push(chunk);
    return true;
  }

  answer(): TransportAnswer | null {
    if (this.#head === null) return null;
    const body = new TextDecoder().decode(Buffer.concat(this.#chunks));
    return { ...this.#head, body };
  }
}

/** A longer timer than this would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

function milliseconds(seconds: number): number {
  return Math.min(seconds * 1000, LONGEST_TIMER);
}

function interruption(sent: boolean): TransportFailure {
  return new TransportFailure('interrupted', 'interrupted', {
    acted: sent ? 'maybe' : 'none',
    transient: false,
  });
}

function timeout(seconds: number, sent: boolean): TransportFailure {
  const message = sent ? `no complete answer within ${seconds} s` : `no connection within ${seconds} s`;
  return new TransportFailure(sent ? 'unavailable' : 'unreachable', message, {
    // It may still be at it.
    acted: sent ? 'maybe-later' : 'none',
    transient: true,
    hint: 'Try again later, or give it longer with --timeout.',
  });
}

function tooLarge(): TransportFailure {
  return new TransportFailure('unexpected-answer', 'the answer is larger than 64 MiB', {
    acted: 'maybe',
    transient: false,
  });
}
