import type { DesiredState } from '../model/desired.ts';
import { RefusedError } from '../model/errors.ts';
import { KINDS, liveObjects } from '../model/kinds/index.ts';
import type { LiveState } from '../model/live.ts';
import { normaliseUrl } from '../model/urls.ts';
import type { Claims } from './claims.ts';
import type { Presenter } from './presenter.ts';

/**
 * The guard against the wrong token and the wrong address: what `account` pins must be so.
 * @throws {RefusedError} where it is another account: that is said alone, without a plan.
 */
export function checkAccount(
  { owner, account }: DesiredState,
  live: LiveState,
  baseUrl: string,
  { ownerKeys }: Claims,
  presenter: Presenter,
): void {
  const { operatorId, baseUrls } = account;
  if (baseUrls !== null && !baseUrls.some((url) => plainUrl(url) === plainUrl(baseUrl))) {
    const pinned = baseUrls.map((url) => presenter.text(url)).join(' or ');
    throw wrongAccount(
      `account.baseUrl is ${pinned}, and the address in use is ${baseUrl}`,
      'use the address that the file is about (`--base-url`), or correct account.baseUrl',
    );
  }
  const people = KINDS.filter((kind) => kind.isAdmin !== undefined);
  if (people.some(({ list }) => (live[list] ?? null) === null)) return;
  const everyone = people.flatMap((kind) => liveObjects(kind, live));
  const hint = (pin: string) => `use the token of the account that the file is about, or correct ${pin}`;
  if (owner !== null && !everyone.some(({ key }) => ownerKeys.has(key))) {
    throw wrongAccount(
      `account.owner ${presenter.text(owner.email)} is no operator of this account`,
      hint('account.owner'),
    );
  }
  if (operatorId !== null && !everyone.some(({ id }) => id === operatorId)) {
    throw wrongAccount(
      `account.operatorId ${presenter.text(operatorId)} is the id of no operator of this account`,
      hint('account.operatorId'),
    );
  }
}

function wrongAccount(message: string, hint: string): RefusedError {
  return new RefusedError('wrong-account', `${message}: it is the wrong account`, { hint });
}

function plainUrl(url: string): string {
  return normaliseUrl(url).replace(/\/+$/, '');
}
