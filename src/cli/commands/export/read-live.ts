import { readWholeAccount } from '../../../operations/export.ts';
import type { LiveAccount } from '../../../operations/plan.ts';
import { type AccountFlags, openAccount } from '../../account/open-account.ts';
import type { Terminal } from '../../terminal/terminal.ts';

/** The account with all that it has; the connection to it is closed again. */
export async function readLive(flags: AccountFlags, terminal: Terminal): Promise<LiveAccount> {
  const account = await openAccount(flags, terminal);
  try {
    return await readWholeAccount(account);
  } finally {
    await account.close();
  }
}
