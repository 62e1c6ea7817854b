import type { CallSignals, RequestEvent } from '../client.ts';
import { ChaportError } from '../errors.ts';
import {
  attempt,
  type Call,
  type ExchangeOptions,
  type Problem,
  type Verdict,
} from '../http/http-exchange.ts';
import { isStopped, type Pacer } from './pacer.ts';
import type { Slots } from './slots.ts';

export interface CallerOptions extends ExchangeOptions {
  pacer: Pacer;
  slots: Slots;
  maxRetries: number;
  onRequest?: ((event: RequestEvent) => void) | undefined;
}

export interface CallAnswer {
  status: number;
  /** `undefined` where the answer had no JSON. */
  json: unknown;
  attempts: number;
}

export type Caller = (call: Call, signals?: CallSignals) => Promise<CallAnswer>;

/** Makes calls: paced, repeated where that is safe, told to the log. */
export function createCaller(options: CallerOptions): Caller {
  return async (call, signals = {}) => {
    let attempts = 0;
    // Of any attempt: a later, harmless failure does not undo what an earlier one may have done.
    let mayHaveActed = false;
    let pause = 0;
    for (;;) {
      await options.pacer.wait(pause, signals);
      const turn = await options.slots.use(() => takeTurn(call, attempts + 1, options, signals));
      if (turn === null) throw interrupted(call, options, { attempts, answerLost: mayHaveActed });
      attempts += 1;
      const { verdict, retryIn } = turn;
      if (verdict.done) return { status: verdict.status, json: verdict.json, attempts };
      mayHaveActed ||= verdict.problem.mayHaveActed;
      if (verdict.problem.code === 'interrupted' || retryIn === null) {
        throw toError(call, options, verdict.problem, { attempts, answerLost: mayHaveActed });
      }
      pause = retryIn;
    }
  };
}

interface Turn {
  verdict: Verdict;
  /** Milliseconds; `null`: it is not tried again. */
  retryIn: number | null;
}

/** `null`: stopped before it was sent. */
async function takeTurn(
  call: Call,
  number: number,
  options: CallerOptions,
  signals: CallSignals,
): Promise<Turn | null> {
  // Another call may have been told to wait while this one stood in line.
  await options.pacer.wait(0, signals);
  if (isStopped(signals)) return null;
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

function planRetry(call: Call, number: number, problem: Problem, options: CallerOptions): number | null {
  const backoff = options.pacer.backoff(number);
  const wish = problem.retryAfter ?? null;
  if (wish !== null || problem.code === 'rate-limited') options.pacer.pauseAll(wish ?? backoff);
  const mayRepeat = call.nature !== 'create' || !problem.mayHaveActed;
  if (!problem.transient || !mayRepeat || number > options.maxRetries) return null;
  return Math.max(backoff, wish ?? 0);
}

function toError(
  call: Call,
  options: CallerOptions,
  problem: Problem,
  { attempts, answerLost }: { attempts: number; answerLost: boolean },
): ChaportError {
  const tries = attempts > 1 ? ` (${attempts} attempts)` : '';
  const { hint, status } = problem;
  return new ChaportError(
    problem.code,
    options.mask(`${call.method} ${call.path}: ${problem.reason}${tries}`),
    {
      attempts,
      answerLost,
      mayActLater: problem.mayActLater ?? false,
      ...(hint === undefined ? {} : { hint: options.mask(hint) }),
      ...(status === undefined ? {} : { status }),
    },
  );
}

function interrupted(
  call: Call,
  { mask }: CallerOptions,
  state: { attempts: number; answerLost: boolean },
): ChaportError {
  const when = state.attempts === 0 ? 'stopped before it was sent' : 'stopped before it was tried again';
  return new ChaportError('interrupted', mask(`${call.method} ${call.path}: ${when}`), state);
}
