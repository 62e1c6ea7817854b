import { onTestFinished } from 'vitest';
import type { Clock } from '../../src/chaport/calls/pacer.ts';
import type { ChaportClient, RequestEvent } from '../../src/chaport/client.ts';
import { type ClientOptions, createClient } from '../../src/chaport/create-client.ts';
import { ChaportError } from '../../src/chaport/errors.ts';
import { SecretBook } from '../../src/model/secrets.ts';

/** With characters that every encoding writes in its own way. */
export const TOKEN = 'zq/kv+4f9a"c=77';

export interface TestClient extends ChaportClient {
  events: RequestEvent[];
  clock: TestClock;
}

/** Time that passes only when somebody sleeps; remembers for how long. */
export class TestClock implements Clock {
  time = Date.parse('2026-11-22T10:00:00Z');
  /** Milliseconds that were slept, whatever happens to `time`. */
  passed = 0;
  slept: number[] = [];
  /** Runs while somebody sleeps. */
  whileSleeping: (() => void) | undefined;

  now(): number {
    return this.time;
  }

  elapsed(): number {
    return this.passed;
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    this.slept.push(milliseconds);
    this.whileSleeping?.();
    if (signal?.aborted) return;
    this.time += milliseconds;
    this.passed += milliseconds;
  }
}

/** A client over real HTTP whose pauses take no time and have their full length (no jitter). */
export function makeClient(baseUrl: string, options: Partial<ClientOptions> = {}): TestClient {
  const clock = new TestClock();
  const events: RequestEvent[] = [];
  const client = createClient({
    via: { kind: 'direct', baseUrl, token: TOKEN },
    timeoutSeconds: 5,
    maxRetries: 3,
    secrets: new SecretBook(),
    proxyEnv: {},
    connections: 4,
    onRequest: (event) => events.push(event),
    random: () => 1,
    clock,
    ...options,
  });
  onTestFinished(() => client.close());
  return { ...client, events, clock };
}

/** The error that a call ends with. Fails the test when it ends well. */
export async function failureOf(call: Promise<unknown>): Promise<ChaportError> {
  const outcome = await call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('value' in outcome) throw new Error(`the call succeeded: ${JSON.stringify(outcome.value)}`);
  if (outcome.error instanceof ChaportError) return outcome.error;
  throw outcome.error;
}

export function operatorJson(number: number, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { id: `id-${number}`, email: `person${number}@acme.example`, name: `Person ${number}`, ...more };
}
