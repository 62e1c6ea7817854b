import { addressKey } from '../model/addresses.ts';
import { KINDS } from '../model/kinds/index.ts';
import type { LiveState } from '../model/live.ts';
import { realFields } from '../model/text.ts';
import { isEmail } from '../model/text-rules.ts';

/** The admins' addresses that a file may hold, in order: one of them is the owner's. */
export function ownerCandidates(live: LiveState): string[] {
  return logins(live)
    .filter(({ address, isAdmin }) => isAdmin && isEmail(address))
    .map(({ address }) => address)
    .sort();
}

/** The address that somebody of the account logs in with, as the account spells it. */
export function findLogin(live: LiveState, address: string): string | undefined {
  return logins(live).find((login) => addressKey(login.address) === addressKey(address))?.address;
}

function logins(live: LiveState): { address: string; isAdmin: boolean }[] {
  return KINDS.flatMap((kind) => {
    const { isAdmin } = kind;
    if (!isAdmin) return [];
    return kind
      .live(live[kind.list] ?? [])
      .map(({ fields }) => ({ address: String(fields.email), isAdmin: isAdmin(realFields(fields)) }));
  });
}
