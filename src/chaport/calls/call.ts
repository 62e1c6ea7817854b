import type { CallSignals, RequestEvent } from '../client.ts';
import { type Acted, ChaportError } from '../errors.ts';
import type { Call, Problem } from '../http/call.ts';
import { type AnswerVerdict, attempt, type ExchangeOptions } from '../http/http-exchange.ts';
import { isStopped } from './pacer.ts';
import { actedInAll, planRetry, type RetryOptions } from './retry.ts';
import type { Slots } from './slots.ts';

export interface CallerOptions extends ExchangeOptions, RetryOptions {
  slots: Slots;
  onRequest?: ((event: RequestEvent) => void) | undefined;
}

export interface CallAnswer {
  /** Missing where it was given up. */
  status?: number;
  /** `undefined` where the answer had no JSON. */
  json: unknown;
  attempts: number;
  /** Its turn said no more. */
  givenUp?: true;
}

/** Asked before each attempt: see `AttemptTurn`. */
export interface CallTurn {
  prepare(): Promise<void>;
  /** What to send in place of the call. */
  take(): Call | 'not-yet' | 'no-more';
}

export type Caller = (call: Call, signals?: CallSignals, turn?: CallTurn) => Promise<CallAnswer>;

/** Makes calls: paced, repeated where that is safe, told to the log. */
export function createCaller(options: CallerOptions): Caller {
  return async (call, signals = {}, turn = undefined) => {
    let attempts = 0;
    let acted: Acted = 'none';
    let pause = 0;
    for (;;) {
      await options.pacer.wait(pause, signals);
      // Before a slot is taken: `prepare` may wait for a call that needs a slot itself.
      await turn?.prepare();
      const taken = await options.slots.use(() => takeTurn(turn, call, attempts + 1, options, signals));
      if (taken === null) throw interrupted(call, options, { attempts, acted });
      if (taken === 'no-more') return { json: undefined, attempts, givenUp: true };
      pause = 0;
      if (taken === 'not-yet') continue;
      attempts += 1;
      const { verdict, retryIn } = taken;
      if (verdict.done) return { status: verdict.status, json: verdict.json, attempts };
      acted = actedInAll(acted, verdict.problem.acted);
      if (verdict.problem.code === 'interrupted' || retryIn === null) {
        throw toError(call, options, verdict.problem, { attempts, acted });
      }
      pause = retryIn;
    }
  };
}

interface Attempted {
  verdict: AnswerVerdict;
  /** Milliseconds; `null`: it is not tried again. */
  retryIn: number | null;
}

/** `null`: stopped before it was sent. */
async function takeTurn(
  turn: CallTurn | undefined,
  planned: Call,
  number: number,
  options: CallerOptions,
  signals: CallSignals,
): Promise<Attempted | 'not-yet' | 'no-more' | null> {
  // Another call may have been told to wait while this one stood in line.
  await options.pacer.wait(0, signals);
  if (isStopped(signals)) return null;
  const call = turn ? turn.take() : planned;
  return typeof call === 'string' ? call : send(call, number, options, signals);
}

async function send(
  call: Call,
  number: number,
  options: CallerOptions,
  signals: CallSignals,
): Promise<Attempted> {
  const started = performance.now();
  const verdict = await attempt(call, options, signals.abort);
  const milliseconds = Math.round(performance.now() - started);
  const retryIn = verdict.done ? null : planRetry(call, number, verdict.problem, options);
  options.onRequest?.({
    method: call.method,
    url: options.mask(options.transport.urlOf(call.path)),
    attempt: number,
    milliseconds,
    ...(verdict.status === undefined ? {} : { status: verdict.status }),
    ...(verdict.done ? {} : { error: options.mask(verdict.problem.reason) }),
    ...(retryIn === null ? {} : { retryIn }),
  });
  return { verdict, retryIn };
}

function toError(
  call: Call,
  options: CallerOptions,
  problem: Problem,
  { attempts, acted }: { attempts: number; acted: Acted },
): ChaportError {
  const tries = attempts > 1 ? ` (${attempts} attempts)` : '';
  const { hint, status } = problem;
  return new ChaportError(
    problem.code,
    options.mask(`${call.method} ${call.path}: ${problem.reason}${tries}`),
    {
      attempts,
      acted,
      reason: options.mask(problem.reason),
      ...(hint === undefined ? {} : { hint: options.mask(hint) }),
      ...(status === undefined ? {} : { status }),
    },
  );
}

function interrupted(
  call: Call,
  { mask }: CallerOptions,
  state: { attempts: number; acted: Acted },
): ChaportError {
  const when = state.attempts === 0 ? 'stopped before it was sent' : 'stopped before it was tried again';
  return new ChaportError('interrupted', mask(`${call.method} ${call.path}: ${when}`), {
    ...state,
    reason: when,
  });
}
