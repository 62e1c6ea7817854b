import { afterEach } from 'vitest';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/simulator/index.ts';

const running: Simulator[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
});

/** A simulator that is closed after the test. */
export async function startedSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator(options);
  running.push(simulator);
  return simulator;
}

export interface Called {
  status: number;
  /** Parsed JSON; the text where it is none, `undefined` where it is empty. */
  body: unknown;
  headers: Headers;
}

/** Calls `METHOD path` with the right token; `headers` may replace it. */
export async function call(
  simulator: Simulator,
  target: string,
  body?: unknown,
  options: { headers?: Record<string, string>; base?: string; signal?: AbortSignal } = {},
): Promise<Called> {
  const [method = '', path = ''] = target.split(' ');
  const response = await fetch(`${options.base ?? simulator.url}/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${simulator.token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    redirect: 'manual',
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    ...(options.signal ? { signal: options.signal } : {}),
  });
  const text = await response.text();
  return { status: response.status, body: parsed(text), headers: response.headers };
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The id that the account gave to the operator with this e-mail. */
export function idOf(simulator: Simulator, email: string): string {
  return simulator.account.operatorByEmail(email)?.id ?? `no operator ${email}`;
}

/** Milliseconds that pass only when told. */
export function movableMilliseconds() {
  let time = 0;
  return {
    milliseconds: () => time,
    advance: (by: number) => {
      time += by;
    },
  };
}

/** What the lists show, over HTTP. */
export async function listed(simulator: Simulator, path: 'operators' | 'events/subscriptions') {
  const { body } = await call(simulator, `GET ${path}`);
  return (body as { result: Record<string, unknown>[] }).result;
}

/** A clock that moves only when told. */
export function movableClock(start = '2026-11-22T10:00:00.000Z') {
  let time = Date.parse(start);
  return {
    now: () => new Date(time),
    advanceSeconds: (seconds: number) => {
      time += seconds * 1000;
    },
  };
}

/** A promise that the test settles itself. */
export function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
