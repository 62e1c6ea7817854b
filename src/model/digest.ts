import { createHash } from 'node:crypto';
import type { Fields } from './json.ts';
import { kindNamed } from './kinds/index.ts';
import type { Plan, PlannedChange } from './plan.ts';

/**
 * `sha256:` and the hex SHA-256 over what will be done: the compact JSON of format, account, changes and
 * secrets, statuses left out. So a comment in the file, an unmanaged object or a person at lunch is no
 * other plan.
 */
export function digestOf({
  formatVersion,
  account,
  changes,
  secrets,
}: Pick<Plan, 'formatVersion' | 'account' | 'changes' | 'secrets'>): string {
  const reviewed = {
    formatVersion,
    account: { baseUrl: account.baseUrl, owner: account.owner ?? null },
    changes: changes.filter(({ kind }) => !kindNamed(kind).passing).map(reviewedPart),
    secrets,
  };
  return `sha256:${sha256(JSON.stringify(reviewed))}`;
}

function reviewedPart(change: PlannedChange) {
  const { action, kind, key, id = null, before, after } = change;
  return { action, kind, key, id, before: action === 'delete' ? essential(kind, before) : before, after };
}

/** A deleted object without what a colleague may change of it. */
function essential(kind: string, fields: Fields): Fields {
  const { incidental } = kindNamed(kind);
  return Object.fromEntries(Object.entries(fields).filter(([field]) => !incidental.includes(field)));
}

/** Shorter secrets have no fingerprint: it would help to guess them. */
const FINGERPRINT_MINIMUM = 12;

/** Enough of a hash to see that a secret is another one, too little to learn it; `null` for a short one. */
export function fingerprintOf(name: string, value: string): string | null {
  return value.length < FINGERPRINT_MINIMUM ? null : sha256(`${name}\0${value}`).slice(0, 4);
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
