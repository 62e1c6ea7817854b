import { addressKey } from '../../model/addresses.ts';
import { RefusedError } from '../../model/errors.ts';
import type { Fields } from '../../model/json.ts';
import { KINDS, type Kind, kindNamed, liveObjects } from '../../model/kinds/index.ts';
import type { LiveObject, LiveState } from '../../model/live.ts';
import type { Plan } from '../../model/plan.ts';
import type { SecretBook } from '../../model/secrets.ts';
import { realFields, type Values, WrittenText } from '../../model/text.ts';
import { isMove, keyOf, staleDifferences } from './differences.ts';
import { seenValues } from './filled-values.ts';

/**
 * Whether the account is the one that a saved plan was made for, and still what the plan saw.
 * @throws {RefusedError} where it is not; nothing was called then.
 */
export function checkAgainstLive(plan: Plan, live: LiveState, secrets: SecretBook): void {
  checkAccount(plan, live, secrets);
  const differences = [...strangers(plan, live, secrets), ...staleDifferences(plan, live, secrets)];
  if (differences.length > 0) {
    throw new RefusedError('stale-plan', 'the account has changed since the plan was made', {
      hint: 'plan again, and look at the new plan',
      differences,
    });
  }
  checkAdmins(plan, live);
}

const peopleKinds = (): Kind[] => KINDS.filter(({ isAdmin }) => isAdmin !== undefined);

function checkAccount({ account }: Plan, live: LiveState, secrets: SecretBook): void {
  const people = peopleKinds().flatMap((kind) => liveObjects(kind, live));
  const { owner, witnesses = [] } = account;
  const isOwner = ({ key }: LiveObject) =>
    owner !== undefined && [key, secrets.conceal(key)].map(addressKey).includes(addressKey(owner));
  if (owner !== undefined && !people.some(isOwner)) {
    throw new RefusedError(
      'wrong-account',
      `the plan was made for the account of ${owner}, who is no operator of this one`,
      { hint: 'use the token of that account' },
    );
  }
  if (witnesses.length === 0) {
    throw new RefusedError(
      'wrong-account',
      'the plan has no witnesses, so nobody can tell which account it was made for',
      { hint: 'plan again: `chaportctl plan --out FILE` notes the ids of some of its people' },
    );
  }
  if (!people.some(({ id }) => witnesses.includes(id))) {
    throw new RefusedError(
      'wrong-account',
      'none of the people that the plan saw is in this account: it was made for another one',
      { hint: 'use the token of that account, or plan again for this one' },
    );
  }
}

/** Each id is the object that the plan shows: never another one. */
function strangers({ changes }: Plan, live: LiveState, secrets: SecretBook) {
  return changes.flatMap((change) => {
    const { id, kind: name, key } = change;
    const kind = kindNamed(name);
    const object = liveObjects(kind, live).find((candidate) => candidate.id === id);
    const seen = seenValues(change, secrets);
    if (id === undefined || !object || seen === null || isMove(change)) return [];
    const shown = kind.keyParts(seen).map(String).join(' ');
    // What belongs to somebody who moves in this plan has their new key already.
    const moves = changes.some((other) => other.kind === kind.partOf && other.id === id && other.key === key);
    const isNamed = moves || keyOf(kind, fieldsOfKey(kind, key)) === object.key;
    const isSame = isNamed && keyOf(kind, seen) === object.key;
    if (shown === key || kind.looseKey?.(asShown(seen)) === key || isSame) return [];
    return [{ kind: name, key, path: '', planned: key, live: shown }];
  });
}

/** The fields that a key is made of: only the last of them may have blanks. */
function fieldsOfKey({ keyFields }: Kind, key: string): Fields {
  const words = key.split(' ');
  return Object.fromEntries(
    keyFields.map((field, index) => [
      field,
      index === keyFields.length - 1 ? words.slice(index).join(' ') : (words[index] ?? ''),
    ]),
  );
}

function asShown(values: Values): Fields {
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => [
      field,
      value instanceof WrittenText ? value.shown : value,
    ]),
  );
}

/** One admin stays, whatever the policy of the files was. */
function checkAdmins({ changes }: Plan, live: LiveState): void {
  for (const kind of peopleKinds()) {
    const isAdmin = (fields: Values) => kind.isAdmin?.(realFields(fields)) === true;
    const active = liveObjects(kind, live).filter(
      ({ readOnly }) => (kind.whyIdle?.(readOnly) ?? null) === null,
    );
    const people = new Map(active.map(({ id, fields }) => [id, fields]));
    const hadAdmin = [...people.values()].some(isAdmin);
    for (const { kind: name, id = '', after } of changes) {
      if (name !== kind.name) continue;
      if (after === null) people.delete(id);
      else if (id === '' || people.has(id)) people.set(id, { ...people.get(id), ...after });
    }
    if (hadAdmin && ![...people.values()].some(isAdmin)) {
      throw new RefusedError('min-admins', 'the plan would leave no admin at all; the last admin must stay', {
        hint: 'change the configuration, and plan again',
      });
    }
  }
}
