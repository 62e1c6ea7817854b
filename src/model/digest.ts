import { createHash } from 'node:crypto';
import type { DesiredObject, DesiredState, Policy, PolicyGlob } from './desired.ts';
import type { Fields } from './json.ts';
import { KINDS, kindNamed, sectionOf } from './kinds/index.ts';
import type { ResourceKind } from './kinds/kind.ts';
import type { Plan, PlannedChange } from './plan.ts';
import type { Values } from './text.ts';

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

/**
 * The hex SHA-256 over what the files ask for, statuses left out. Comments, the order of entries and the file
 * that each stands in do not count; a secret counts by its name and its fingerprint.
 */
export function stateHash({
  owner,
  account,
  policy,
  sections,
  secrets,
}: Omit<DesiredState, 'config'>): string {
  const objects = KINDS.filter(({ passing }) => !passing).map((kind) => {
    const entries = sections[sectionOf(kind)];
    const wished = entries && kind.desired(entries, owner?.email ?? null);
    return [kind.name, wished?.map((object) => statedPart(kind, object)).sort() ?? null];
  });
  const state = {
    owner: owner && String(owner.email),
    account,
    policy: policyPart(policy),
    objects,
    secrets: secrets.names.map((name) => [name, fingerprintOf(name, secrets.valueOf(name) ?? '')]),
  };
  return sha256(JSON.stringify(state));
}

/** An object as the files write it, beginning with its key. */
function statedPart(
  kind: ResourceKind,
  { previous, identity, fields, fixed, ...object }: DesiredObject,
): string {
  const { absent, extras, onlyAtCreation = false, until = null } = object;
  const keyOf = (keyFields: Values) => kind.keyParts(keyFields).map(String);
  const wished = [fields, fixed?.fields ?? {}, extras].map(inOrder);
  return JSON.stringify([
    keyOf(identity ?? fields),
    previous ? keyOf(previous.fields) : null,
    absent,
    wished,
    onlyAtCreation,
    until,
  ]);
}

function policyPart({ prune, maxDeletes, protect, minAdmins, unmanaged }: Policy) {
  const globs = (list: readonly PolicyGlob[]) => list.map(({ glob }) => String(glob)).sort();
  const claims = inOrder(prune).flatMap(([section, list]) =>
    list.length > 0 ? [[section, globs(list)]] : [],
  );
  return { prune: claims, maxDeletes, protect: globs(protect), minAdmins, unmanaged: inOrder(unmanaged) };
}

/** The entries of a record by name; whatever is a text is as the files write it. */
function inOrder<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
