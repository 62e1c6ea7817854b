import { KINDS } from '../model/kinds/index.ts';
import { witnessesOf } from '../planner/plan.ts';
import type { Account } from './connect.ts';
import { readLists } from './plan.ts';

/** What `account:` in a file can pin of a live account. */
export interface Pins {
  /** The smallest id of a person: ids are unique over all accounts. */
  operatorId: string | undefined;
  baseUrl: string;
}

/** @throws {ChaportError} when the account cannot be read. */
export async function readPins(account: Account): Promise<Pins> {
  const people = KINDS.filter(({ isAdmin }) => isAdmin !== undefined).map(({ list }) => list);
  const { live, baseUrl } = await readLists(account, new Set(people));
  return { operatorId: witnessesOf(live).witnesses?.[0], baseUrl };
}
