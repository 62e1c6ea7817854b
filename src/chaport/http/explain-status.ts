import { urlFrom } from '../../model/urls.ts';
import type { Acted, ChaportErrorCode } from '../errors.ts';
import { actedOn, type Call, isWrite, type Problem } from './call.ts';
import { waitAsAsked } from './retry-after.ts';
import type { Transport, TransportAnswer } from './transport.ts';

/** What a status other than 2xx and 3xx means. */
export function explainStatus(
  call: Call,
  status: number,
  { reason, retryAfter }: { reason: string; retryAfter: number | null },
  { unauthorisedHint, notFoundHint }: Transport,
): Problem {
  const lasting = (code: ChaportErrorCode, hint?: string): Problem => ({
    code,
    reason,
    hint,
    status,
    transient: false,
    acted: 'none',
  });
  if (isTransient(status)) {
    const code = status === 429 ? 'rate-limited' : 'unavailable';
    return {
      code,
      ...waitAsAsked(reason, retryAfter),
      hint: status === 429 ? 'Try again later, or with a lower --concurrency.' : undefined,
      status,
      acted: actedOn(call, whatAServerDid(status, retryAfter)),
    };
  }
  switch (status) {
    case 401:
      return lasting('unauthorised', unauthorisedHint);
    case 403:
      return isWrite(call) ? lasting('rejected') : lasting('unauthorised', unauthorisedHint);
    case 404:
      return lasting('not-found', isWrite(call) && call.nature !== 'create' ? undefined : notFoundHint);
    case 407:
      return lasting('unreachable', 'A proxy wants a user name and a password: put them into HTTPS_PROXY.');
    case 409:
      return lasting('conflict');
    default:
      return lasting(isWrite(call) ? 'rejected' : 'unexpected-answer');
  }
}

function isTransient(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

function whatAServerDid(status: number, retryAfter: number | null): Acted {
  // Said before a request is handled: too many of them, or come back then.
  if (status === 429 || (status === 503 && retryAfter !== null)) return 'none';
  return status === 504 ? 'maybe-later' : 'maybe';
}

/** None is followed: the credentials would go along. */
export function explainRedirect(
  call: Call,
  { status, headers }: TransportAnswer,
  { mask, transport }: { mask: (text: string) => string; transport: Transport },
): Problem {
  // Masked before it is parsed: parsing puts a host into lower case.
  const location = mask(headers.location ?? '');
  const target = urlFrom(location)?.origin ?? '';
  const where = target !== '' && target !== 'null' ? target : 'another address';
  return {
    code: 'unexpected-answer',
    reason: `the server answered ${status} and points to ${where}, which is not followed`,
    hint: `Check ${transport.addressSetting}: is it the API’s own address, and is no login or proxy page in between?`,
    status,
    transient: false,
    acted: actedOn(call, 'maybe'),
  };
}
