import { normaliseEmail } from '../addresses.ts';
import { type DesiredOperator, ROLES } from '../desired.ts';
import type { Fields } from '../json.ts';
import type { LiveOperator } from '../live.ts';
import type { EffectSubject, ResourceKind, WantedObject } from '../resource-kind.ts';

/** E-mail is the login, unique per account; compared without regard to case (A / D) and encoding. */
export const operatorKey = normaliseEmail;

const WRITABLE = ['email', 'name', 'jobTitle', 'role', 'language', 'image'] as const;

export const operatorKind: ResourceKind = {
  name: 'operator',
  noun: { one: 'operator', many: 'operators' },
  list: 'operators',
  fields: WRITABLE,
  keyInWords: 'the key of an operator is the e-mail address',
  keyFields: ['email'],
  createDefaults: {},
  createNeeds: ['name'],
  words: { role: ROLES },
  liveDuplicates: 'error',
  wanted: (desired) =>
    desired.operators?.map((operator) => wantedOperator(operator, desired.owner?.email)) ?? null,
  live: (live) => (live.operators ?? []).map(liveOperator),
  pruneGlobs: (policy) => policy.prune.operators,
  globText: (fields) => operatorKey(String(fields.email)),
  keyParts: (fields) => [operatorKey(String(fields.email))],
  normalise: (fields) => fields,
  globsIgnoreCase: true,
  hideCredentials: (fields) => fields,
  effects: operatorEffects,
};

function liveOperator(operator: LiveOperator) {
  const { id, email, name, jobTitle, role, language, image } = operator;
  return { key: operatorKey(email), id, fields: { email, name, jobTitle, role, language, image } };
}

function wantedOperator(operator: DesiredOperator, owner: string | undefined): WantedObject {
  const fields: Fields = { email: operator.email };
  for (const field of WRITABLE) {
    const value = operator[field];
    if (value !== undefined) fields[field] = value;
  }
  // The owner's role cannot change (A), so no call is made for it; a default is not even meant for them.
  const isOwner = owner !== undefined && isSamePerson(operator, owner);
  const { role = null } = fields;
  if (isOwner) delete fields.role;
  return {
    key: operatorKey(operator.email),
    ...movedFromAddress(operator.movedFrom),
    absent: operator.absent,
    fields,
    ...(isOwner && role !== null && !operator.roleIsDefault
      ? { fixed: { fields: { role }, because: 'they own the account' } }
      : {}),
    extras: {},
    source: operator.source,
  };
}

/** What `movedFrom` says, in the form that every kind shares. */
export function movedFromAddress(movedFrom: string | undefined): Pick<WantedObject, 'previous'> {
  if (movedFrom === undefined) return {};
  return { previous: { key: operatorKey(movedFrom), fields: { email: movedFrom } } };
}

/** Whether an address is the entry's, now or before it moved. */
export function isSamePerson(operator: DesiredOperator, email: string): boolean {
  const key = operatorKey(email);
  return (
    operatorKey(operator.email) === key ||
    (operator.movedFrom !== undefined && operatorKey(operator.movedFrom) === key)
  );
}

function operatorEffects({ action, before, after, fields }: EffectSubject): string[] {
  const wasAdmin = before?.role === 'admin';
  if (action === 'create') {
    return ['sends an invitation e-mail', ...(after?.role === 'admin' ? ['becomes an admin'] : [])];
  }
  if (action === 'delete') {
    return ['loses access', ...(wasAdmin ? ['stops being an admin'] : []), 'cannot be undone'];
  }
  const effects: string[] = [];
  if (fields.some((field) => field.path === 'email')) effects.push('logs in with the new address');
  if (fields.some((field) => field.path === 'role')) {
    if (after?.role === 'admin') effects.push('becomes an admin');
    else if (wasAdmin) effects.push('stops being an admin');
  }
  return effects;
}
