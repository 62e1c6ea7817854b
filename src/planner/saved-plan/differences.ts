import type { Difference } from '../../model/errors.ts';
import type { FieldValue } from '../../model/json.ts';
import { type Kind, kindNamed, liveObjects } from '../../model/kinds/index.ts';
import type { LiveObject, LiveState } from '../../model/live.ts';
import type { Plan, PlannedChange } from '../../model/plan.ts';
import type { SecretBook } from '../../model/secrets.ts';
import { realFields, realOf, type Value, type Values, WrittenText } from '../../model/text.ts';
import { desiredValues, seenValues } from './filled-values.ts';

/** What differs between the account that the plan saw and the account now, in the objects that it would touch. */
export function staleDifferences(plan: Plan, live: LiveState, secrets: SecretBook): Difference[] {
  return comparePlan(plan, live, secrets, (compared) => {
    const { change, object, atKey } = compared;
    if (change.id === undefined) {
      return atKey && change.action === 'create' ? [difference(change, '', 'not there', 'there')] : [];
    }
    if (!object) return [difference(change, '', 'there', 'not there')];
    const seen = seenValues(change, secrets) ?? {};
    const differences = fieldDifferences(change, pick(seen, fieldsThatCount(change)), object, secrets);
    // It is to move to a place that was free, and that someone else has now.
    if (isMove(change) && atKey) differences.push(difference(change, '', 'not there', 'there'));
    return differences;
  });
}

/** Those in which the account must still be what the plan saw. */
function fieldsThatCount({ kind: name, action }: PlannedChange): string[] {
  const kind = kindNamed(name);
  const incidental = action === 'delete' ? kind.incidental : [];
  // What is set for a while and changed by hand refuses nothing; it needs only whom it is set for.
  const fields = kind.passing ? kind.keyFields : Object.keys(kind.fields);
  return fields.filter((field) => !incidental.includes(field));
}

function pick(seen: Values, fields: readonly string[]): Values {
  return Object.fromEntries(Object.entries(seen).filter(([field]) => fields.includes(field)));
}

/** The changes of a plan that the account does not show. */
export function remainingChanges(plan: Plan, live: LiveState, secrets: SecretBook): PlannedChange[] {
  return comparePlan<PlannedChange>(plan, live, secrets, ({ change, object, atKey }) => {
    if (change.action === 'delete') return object ? [change] : [];
    const here = change.id === undefined ? atKey : object;
    if (!here) return [change];
    const desired = desiredValues(change, secrets) ?? {};
    const paths = change.fields.map(({ path }) => path);
    return fieldDifferences(change, pick(desired, paths), here, secrets).length > 0 ? [change] : [];
  });
}

interface Compared {
  change: PlannedChange;
  /** The object with the change's id. */
  object: LiveObject | undefined;
  /** The object that has the key which the change gives. */
  atKey: LiveObject | undefined;
}

export function isMove(change: PlannedChange): boolean {
  const { keyFields } = kindNamed(change.kind);
  return change.action === 'update' && change.fields.some(({ path }) => keyFields.includes(path));
}

function comparePlan<T>(
  { changes }: Plan,
  live: LiveState,
  secrets: SecretBook,
  compare: (compared: Compared) => T[],
): T[] {
  const indexes = new Map<string, { byId: Map<string, LiveObject>; byKey: Map<string, LiveObject> }>();
  const indexOf = (kind: Kind) => {
    const known = indexes.get(kind.name);
    if (known) return known;
    const objects = liveObjects(kind, live);
    const made = {
      byId: new Map(objects.map((object) => [object.id, object])),
      byKey: new Map(objects.map((object) => [object.key, object])),
    };
    indexes.set(kind.name, made);
    return made;
  };
  return changes.flatMap((change) => {
    const kind = kindNamed(change.kind);
    const { byId, byKey } = indexOf(kind);
    const desired = desiredValues(change, secrets);
    return compare({
      change,
      object: change.id === undefined ? undefined : byId.get(change.id),
      atKey: desired ? byKey.get(keyOf(kind, desired)) : undefined,
    });
  });
}

/** The key behind fields, in the spelling that is compared. */
export function keyOf(kind: Kind, values: Values): string {
  return kind
    .keyParts(kind.normalise(realFields(values)))
    .map(realOf)
    .join(' ');
}

function fieldDifferences(
  change: PlannedChange,
  planned: Values,
  here: LiveObject,
  secrets: SecretBook,
): Difference[] {
  const kind = kindNamed(change.kind);
  const live = realFields(here.fields);
  const hidden = kind.hideCredentials(live);
  return Object.keys(kind.fields).flatMap((path) => {
    if (!(path in planned)) return [];
    const want = planned[path] ?? null;
    const have = live[path] ?? null;
    const shown = typeof have === 'string' ? secrets.conceal(String(hidden[path])) : have;
    // A plan shows a foreign text as it is, or with what may be a credential hidden.
    const spellings: FieldValue[] = want instanceof WrittenText ? [have] : [have, shown];
    const same = (value: FieldValue) =>
      identity(kind, path, value, here) === identity(kind, path, realOf(want), here);
    if (spellings.some(same)) return [];
    return difference(change, path, show(want), show(shown));
  });
}

/** An e-mail address that differs in case alone is the same one. */
function identity(kind: Kind, path: string, value: FieldValue, { fields }: LiveObject): FieldValue {
  return kind.keyFields.includes(path) ? keyOf(kind, { ...fields, [path]: value }) : value;
}

function difference(change: PlannedChange, path: string, planned: string, live: string): Difference {
  return { kind: change.kind, key: change.key, path, planned, live };
}

function show(value: Value): string {
  return value === null ? '(empty)' : String(value);
}
