import { isDeepStrictEqual } from 'node:util';
import { addressKey } from '../../model/addresses.ts';
import { digestOf, fingerprintOf } from '../../model/digest.ts';
import { RefusedError } from '../../model/errors.ts';
import { kindNamed, phaseOfChange } from '../../model/kinds/index.ts';
import type { Plan, PlannedChange } from '../../model/plan.ts';
import type { SecretBook } from '../../model/secrets.ts';
import { differingFields } from '../field-changes.ts';
import { secretsOfPlan } from './filled-values.ts';

/**
 * Whether a plan is one that this program could have made: what it shows is what it does. Asks no account.
 * @param called how complaints name it.
 * @throws {RefusedError} where it was edited.
 */
export function checkUnedited(plan: Plan, called = 'the plan'): void {
  const fault = faultOf(plan);
  if (fault === null) return;
  throw new RefusedError('plan-edited', `${called} was changed after it was saved: ${fault}`, {
    hint: 'change the configuration instead, and plan again',
  });
}

/**
 * Whether a plan may be applied, as far as it says itself.
 * @throws {RefusedError} where it was edited or made for a look, or a guard refuses it.
 */
export function checkIntegrity(plan: Plan, called = 'the plan'): void {
  checkUnedited(plan, called);
  checkForMoreThanALook(plan);
  const [refusal] = plan.refusals;
  if (refusal)
    throw new RefusedError(refusal.code, `a guard of the policy refuses this plan: ${refusal.message}`);
  checkOwner(plan);
}

/** @throws {RefusedError} for a plan as of another time, which nobody may hold an apply to. */
export function checkForMoreThanALook(plan: Plan): void {
  if (plan.at !== undefined) {
    throw new RefusedError('planned-for-a-look', `the plan was made as of ${plan.at}, for a look`, {
      hint: 'plan again without --at',
    });
  }
}

function faultOf(plan: Plan): string | null {
  if (digestOf(plan) !== plan.digest) return 'its digest does not match';
  const touched = new Set<string>();
  for (const change of plan.changes) {
    const { action, kind, key, id } = change;
    const name = `${kindNamed(kind).noun.one} ${key}`;
    // What is to be created has no id yet.
    const object = JSON.stringify([kind, id ?? null, id === undefined ? key : null]);
    if (touched.has(object)) return `${name} stands in it twice`;
    touched.add(object);
    phaseOfChange(change);
    const fault = faultOfChange(change, plan);
    if (fault !== null) return `${action} ${name} ${fault}`;
  }
  const counts = (['create', 'update', 'delete'] as const).every(
    (action) => plan.summary[action] === plan.changes.filter((change) => change.action === action).length,
  );
  return counts ? null : 'it counts other changes than it makes';
}

function faultOfChange(change: PlannedChange, { changes }: Plan): string | null {
  const { action, kind: kindName, id, before, after, fields } = change;
  const kind = kindNamed(kindName);
  const order = Object.keys(kind.fields);
  if (hidesEffects(change)) return 'hides what it does';
  if (id === undefined && action === 'update') {
    const isCreated = changes.some(
      (other) => other.action === 'create' && other.kind === kind.partOf && other.key === change.key,
    );
    if (!isCreated) return 'belongs to nothing that it creates';
  }
  if (before && after) {
    const managed = (values: object) => Object.keys(values).filter((field) => order.includes(field));
    if (!isDeepStrictEqual(managed(before).sort(), managed(after).sort()))
      return 'shows other fields than it sends';
  }
  if (action === 'delete') {
    const told = fields.filter(({ path }) => path in before);
    return told.some(({ path, before: value }) => value !== before[path])
      ? 'shows another object than it deletes'
      : null;
  }
  const paths = differingFields(before, withoutUnshown(after, order), order);
  const isKeyOfPart = (path: string) => kind.partOf !== undefined && kind.keyFields.includes(path);
  const expected = paths.filter((path) => before !== null || !isKeyOfPart(path));
  const shown = fields.map(({ path }) => path);
  if (!isDeepStrictEqual(shown, expected)) return 'shows other fields than it changes';
  const isTrue = fields.every(
    ({ path, before: old, after: next }) =>
      old === (before?.[path] ?? null) && next === (after[path] ?? null),
  );
  return isTrue ? null : 'shows other values than it sends';
}

/** Of people, whom it cannot be undone for: headline and impact are told from the effects. */
function hidesEffects({ action, kind: name, before, after, fields, effects }: PlannedChange): boolean {
  const kind = kindNamed(name);
  if (kind.isAdmin === undefined) return false;
  const shown = new Set(effects.map(({ code }) => code));
  const paths = fields.map(({ path }) => path);
  return kind.effects({ action, before, after, paths }).some(({ code }) => !shown.has(code));
}

function withoutUnshown<T extends object>(after: T, order: readonly string[]): T {
  return Object.fromEntries(Object.entries(after).filter(([field]) => order.includes(field))) as T;
}

/** The owner cannot be deleted and their role cannot change (A), whoever wrote the plan. */
function checkOwner({ account, changes }: Plan): void {
  if (account.owner === undefined) return;
  const owner = addressKey(account.owner);
  for (const { kind: name, key, before, after, action } of changes) {
    const kind = kindNamed(name);
    if (kind.isAdmin === undefined || addressKey(key) !== owner) continue;
    const isDemoted = before !== null && after !== null && kind.isAdmin(before) && !kind.isAdmin(after);
    if (action === 'delete' || isDemoted) {
      throw new RefusedError(
        'owner',
        `${kind.noun.one} ${key} is the account owner, who is never deleted and never demoted`,
        {
          hint: 'change the configuration, and plan again',
        },
      );
    }
  }
}

/**
 * Whether the secrets are the ones that the plan was made with, as far as it can tell.
 * @throws {RefusedError} where one has another value.
 */
export function checkSecrets(plan: Plan, secrets: SecretBook): void {
  const others = secretsOfPlan(plan).filter((name) => {
    const planned = plan.secrets[name] ?? null;
    return planned !== null && planned !== fingerprintOf(name, secrets.valueOf(name) ?? '');
  });
  if (others.length === 0) return;
  const names = others.join(', ');
  throw new RefusedError(
    'other-secrets',
    `${names} ${others.length === 1 ? 'has another value' : 'have other values'} than when the plan was made`,
    { hint: 'set the secrets as they were then, or plan again with the new ones' },
  );
}
