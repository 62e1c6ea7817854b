import { ROLES } from '../model/kinds/operator.ts';
import type { StoredText } from './account-objects.ts';
import type { EmailSpelling, UrlSpelling } from './spellings.ts';

/** What the account does with what it is told, where the real one's ways are not known (grade D). */
export interface AccountRules {
  /** Other spellings in which it keeps the addresses and URLs that it is given; what is there already stays. */
  emailSpellings?: readonly EmailSpelling[];
  urlSpellings?: readonly UrlSpelling[];
  /** A second subscription with the same event and URL, or with the same URL. Default: both are taken. */
  refusesTwice?: 'event and URL' | 'URL';
  /** `""` is no way to clear a field; `null` is. */
  refusesEmptyText?: boolean;
  /** What a new operator needs beside e-mail and name. */
  createNeeds?: readonly ('language' | 'role')[];
  /** `lastStatus` once a timed status is over: the one before (default), the same, or `offline`. */
  statusAfterTtl?: 'before' | 'stays' | 'offline';
  /** Every object has a `createdAt`. */
  notesCreation?: boolean;
}

/** Why the account refuses a call; the API face turns it into a status code. */
export type RefusalReason = 'invalid' | 'forbidden' | 'not-found' | 'conflict';

export class AccountRefusal extends Error {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, message: string) {
    super(message);
    this.name = 'AccountRefusal';
    this.reason = reason;
  }
}

export function refuseUnknownRole(role: StoredText): void {
  if (typeof role === 'string' && !ROLES.some((known) => known === role)) {
    throw new AccountRefusal('invalid', `role: must be one of ${ROLES.join(', ')}`);
  }
}

export function refuseMissing(input: object, needed: readonly string[]): void {
  for (const field of needed) {
    if (Object.getOwnPropertyDescriptor(input, field)?.value === undefined) {
      throw new AccountRefusal('invalid', `${field}: is required`);
    }
  }
}

export function refuseEmptyTexts(input: Readonly<Record<string, unknown>>): void {
  for (const field of ['language', 'jobTitle', 'image']) {
    if (input[field] === '') throw new AccountRefusal('invalid', `${field}: must not be empty`);
  }
}

/** @throws {AccountRefusal} `not-found` */
export function found<T extends { id: string }>(list: readonly T[], id: string, noun: string): T {
  const item = list.find((candidate) => candidate.id === id);
  if (!item) throw new AccountRefusal('not-found', `There is no ${noun} with the id ${id}`);
  return item;
}
