import { isDeepStrictEqual } from 'node:util';
import type { Fields, FieldValue } from './json.ts';
import { kindNamed } from './kinds/index.ts';
import type { Plan, PlannedChange } from './plan.ts';

/** A value that two plans have differently; `null` where one has none. */
export interface ValueDifference {
  /** `jobTitle`, `account.owner`, `secrets.HOOK_KEY`. */
  path: string;
  /** Of a change: whether what the account had differs, or what it is to have. */
  side?: 'before' | 'after';
  old: FieldValue;
  new: FieldValue;
}

/** A change that both plans make, but not in the same way. */
export interface DifferingChange {
  change: PlannedChange;
  fields: ValueDifference[];
}

/** How one plan differs from another. */
export interface PlanComparison {
  /** Whether both do the same: their digests are equal. Statuses are no part of that. */
  isSame: boolean;
  digests: { old: string; new: string };
  /** What is not about a change: which account, which secrets. */
  setting: ValueDifference[];
  onlyOld: PlannedChange[];
  onlyNew: PlannedChange[];
  differing: DifferingChange[];
  /** The changes are the same, and made in another order. */
  isReordered: boolean;
}

/** What has become another plan since the old one: which changes came and went, and what differs in those that stayed. */
export function comparePlans(old: Plan, next: Plan): PlanComparison {
  const left = new Map(namedChanges(old.changes));
  const shared: { was: PlannedChange; change: PlannedChange }[] = [];
  const onlyNew: PlannedChange[] = [];
  for (const [name, change] of namedChanges(next.changes)) {
    const was = left.get(name);
    if (was) shared.push({ was, change });
    else onlyNew.push(change);
    left.delete(name);
  }
  const differing = shared
    .map(({ was, change }) => ({ change, fields: changeDifferences(was, change) }))
    .filter(({ fields }) => fields.length > 0);
  const isSame = old.digest === next.digest;
  const setting = settingDifferences(old, next);
  const explained = [setting, [...left.values(), ...onlyNew], differing.map(({ change }) => change)].flat();
  const explains = explained.some((item) => !('kind' in item) || !kindNamed(item.kind).passing);
  return {
    isSame,
    digests: { old: old.digest, new: next.digest },
    setting,
    onlyOld: [...left.values()],
    onlyNew,
    differing,
    isReordered: !isSame && !explains,
  };
}

/** The same name for the same change of the same object; several with one key are told apart by their ids. */
function namedChanges(changes: readonly PlannedChange[]): [string, PlannedChange][] {
  const nameOf = ({ kind, action, key }: PlannedChange) => JSON.stringify([kind, action, key]);
  const taken = new Map<string, number>();
  for (const change of changes) taken.set(nameOf(change), (taken.get(nameOf(change)) ?? 0) + 1);
  return changes.map((change) => {
    const name = nameOf(change);
    return [taken.get(name) === 1 ? name : `${name} ${change.id}`, change];
  });
}

function changeDifferences(was: PlannedChange, is: PlannedChange): ValueDifference[] {
  const order = Object.keys(kindNamed(is.kind).fields);
  // Of a field that one of the files does not manage nobody noted what the account had.
  const isKnown = (path: string) =>
    [was, is].every(({ before }) => before !== null && Object.hasOwn(before, path));
  return [
    ...valueDifferences({ id: was.id ?? null }, { id: is.id ?? null }),
    ...(['before', 'after'] as const).flatMap((side) =>
      valueDifferences(was[side] ?? {}, is[side] ?? {}, order)
        .filter(({ path }) => side === 'after' || isKnown(path))
        .map((row) => ({ ...row, side })),
    ),
  ];
}

function settingDifferences(old: Plan, next: Plan): ValueDifference[] {
  const settingOf = ({ account, secrets }: Plan): Fields => ({
    'account.baseUrl': account.baseUrl,
    'account.owner': account.owner ?? null,
    ...Object.fromEntries(Object.entries(secrets).map(([name, hash]) => [`secrets.${name}`, hash])),
  });
  return valueDifferences(settingOf(old), settingOf(next));
}

function valueDifferences(old: Fields, next: Fields, order: readonly string[] = []): ValueDifference[] {
  const paths = new Set([...order, ...Object.keys(old), ...Object.keys(next)]);
  return [...paths].flatMap((path) => {
    const is = { old: ownValue(old, path), new: ownValue(next, path) };
    const areThere = Object.hasOwn(old, path) === Object.hasOwn(next, path);
    return areThere && isDeepStrictEqual(is.old, is.new) ? [] : [{ path, ...is }];
  });
}

function ownValue(fields: Fields, path: string): FieldValue {
  return (Object.hasOwn(fields, path) ? fields[path] : null) ?? null;
}
