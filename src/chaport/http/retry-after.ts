import type { Problem } from './call.ts';

/** A server that wants a longer pause than this is not waited for. Milliseconds. */
const LONGEST_RETRY_AFTER = 600_000;

/**
 * `Retry-After` in milliseconds from now on: seconds or a date (RFC 9110); `null` where it is absent or unreadable.
 * @param now milliseconds since the epoch.
 */
export function readRetryAfter(header: string | undefined, now: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  // Dates have letters: `Date.parse` would read other numbers as years.
  const date = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/** A wish to wait is granted, unless it is too long to be. */
export function waitAsAsked(
  reason: string,
  retryAfter: number | null,
): Pick<Problem, 'reason' | 'transient' | 'retryAfter'> {
  if (retryAfter === null || retryAfter <= LONGEST_RETRY_AFTER)
    return { reason, transient: true, retryAfter };
  const wish = `it asks to wait ${Math.ceil(retryAfter / 1000)} s, longer than the ${LONGEST_RETRY_AFTER / 1000} s that this program waits`;
  return { reason: `${reason}; ${wish}`, transient: false, retryAfter: null };
}
