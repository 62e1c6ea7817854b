import type { Acted } from '../errors.ts';
import type { Call, Problem } from '../http/call.ts';
import type { Pacer } from './pacer.ts';

export interface RetryOptions {
  pacer: Pacer;
  maxRetries: number;
}

/**
 * Milliseconds until a failed call is tried again; `null` where it is not. A wish of the server
 * to be left alone closes the gate for every call.
 */
export function planRetry(
  call: Call,
  number: number,
  problem: Problem,
  { pacer, maxRetries }: RetryOptions,
): number | null {
  const backoff = pacer.backoff(number);
  const wish = problem.retryAfter ?? null;
  if (wish !== null || problem.code === 'rate-limited') pacer.pauseAll(wish ?? backoff);
  const mayRepeat = call.nature !== 'create' || problem.acted === 'none';
  if (!problem.transient || !mayRepeat || number > maxRetries) return null;
  return Math.max(backoff, wish ?? 0);
}

const BY_DOUBT: readonly Acted[] = ['none', 'maybe', 'maybe-later'];

/** Of two attempts together: a later, harmless failure does not undo what an earlier one may have done. */
export function actedInAll(one: Acted, other: Acted): Acted {
  return BY_DOUBT.indexOf(one) > BY_DOUBT.indexOf(other) ? one : other;
}
