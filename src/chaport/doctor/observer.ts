import type { Caller } from '../calls/call.ts';
import type { Observed, Observer } from '../client.ts';
import { ChaportError } from '../errors.ts';
import { readJson } from '../http/json-body.ts';
import type { Transport, TransportAnswer } from '../http/transport.ts';

/** A transport that remembers its last answer. */
export interface Remembering {
  transport: Transport;
  take(): TransportAnswer | null;
}

export function remembering(transport: Transport): Remembering {
  let last: TransportAnswer | null = null;
  return {
    transport: {
      ...transport,
      send: async (request) => {
        last = null;
        last = await transport.send(request);
        return last;
      },
    },
    take: () => last,
  };
}

/** @param call makes its calls over the remembering transport. */
export function createObserver({ transport, take }: Remembering, caller: Caller): Observer {
  return {
    baseUrl: transport.baseUrl,
    pathOfLink: transport.pathOfLink,
    call: async (call, signals) => {
      const error = await failureOf(caller(call, signals));
      if (error?.code === 'interrupted') throw error;
      const answer = take();
      if (answer === null || answer.cut) return { json: undefined, body: '', error };
      const { status, body } = answer;
      return { status, body, json: readJson(body), error };
    },
  };
}

async function failureOf(answer: Promise<unknown>): Promise<ChaportError | null> {
  try {
    await answer;
    return null;
  } catch (error) {
    if (error instanceof ChaportError) return error;
    throw error;
  }
}

/** Whether the API said no: not a gateway, and not nobody. */
export function isRefused({ error, status }: Observed): boolean {
  return error !== null && status !== undefined && !NOT_THE_API.includes(error.code);
}

const NOT_THE_API: readonly ChaportError['code'][] = [
  'unreachable',
  'unavailable',
  'rate-limited',
  'connection-unusable',
];
