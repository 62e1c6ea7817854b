import { normaliseEmail } from '../model/addresses.ts';
import type { Difference } from '../model/errors.ts';
import type { Fields, FieldValue } from '../model/json.ts';
import { kindNamed } from '../model/kinds.ts';
import type { LiveState, NeededLists } from '../model/live.ts';
import type { Plan, PlannedChange } from '../model/plan.ts';
import type { LiveObject, ResourceKind } from '../model/resource-kind.ts';
import { type SecretBook, secretNamesIn } from '../model/secrets.ts';
import { normaliseUrl } from '../model/urls.ts';

/** The lists that the objects of a saved plan are in. */
export function listsOfPlan(plan: Plan): NeededLists {
  const needed: NeededLists = { operators: plan.account.owner !== undefined, webhooks: false };
  for (const change of plan.changes) needed[kindNamed(change.kind).list] = true;
  return needed;
}

/** The secrets that must be in the environment before a plan can be applied. */
export function secretsOfPlan(plan: Plan): string[] {
  const names = templatesOfPlan(plan).flatMap(secretNamesIn);
  return [...new Set(names)].sort();
}

/** Teaches a book that holds the plan's secrets how the plan writes the strings with secrets in them. */
export function addTemplatesOfPlan(plan: Plan, secrets: SecretBook): void {
  for (const template of templatesOfPlan(plan)) {
    const value = secrets.reveal(template);
    secrets.addTemplate(value, template);
    secrets.addTemplate(normaliseUrl(value), template);
    secrets.addTemplate(normaliseEmail(value), template);
  }
}

function templatesOfPlan(plan: Plan): string[] {
  return plan.changes.flatMap(({ before, after, secretFields = [], secretFieldsBefore = [] }) => [
    ...secretFields.map((field) => String(after?.[field])),
    ...secretFieldsBefore.map((field) => String(before?.[field])),
  ]);
}

/** What differs between the account that the plan saw and the account now, in the objects that it would touch. */
export function staleDifferences(plan: Plan, live: LiveState, secrets: SecretBook): Difference[] {
  return comparePlan(plan, live, secrets, ({ change, here, atKey }) => {
    if (change.before === null && change.action === 'create') {
      return here ? [difference(change, '', 'not there', 'there')] : [];
    }
    if (change.before === null) return [];
    if (!here) return [difference(change, '', 'there', 'not there')];
    const differences = fieldDifferences(change, change.before, here, secrets);
    // It is to move to a place that was free, and that someone else has now.
    if (isMove(change) && atKey) differences.push(difference(change, '', 'not there', 'there'));
    return differences;
  });
}

/** The changes of a plan that the account does not show. */
export function remainingChanges(plan: Plan, live: LiveState, secrets: SecretBook): PlannedChange[] {
  return comparePlan(plan, live, secrets, ({ change, here, byId }) => {
    if (change.action === 'delete') return byId ? [change] : [];
    if (!here || change.after === null) return [change];
    // What was found by its key has that key, in whatever spelling.
    const { keyFields } = kindNamed(change.kind);
    const declared = change.fields.filter(({ path }) => change.id !== undefined || !keyFields.includes(path));
    const wanted = Object.fromEntries(declared.map(({ path, after }) => [path, after]));
    return fieldDifferences(change, wanted, here, secrets).length > 0 ? [change] : [];
  });
}

interface Compared {
  change: PlannedChange;
  /** The object with the change's id, or with its key where the plan knew no id. */
  here: LiveObject | undefined;
  byId: LiveObject | undefined;
  /** The object that has the key which the change gives. */
  atKey: LiveObject | undefined;
}

function isMove(change: PlannedChange): boolean {
  const { keyFields } = kindNamed(change.kind);
  return change.action === 'update' && change.fields.some(({ path }) => keyFields.includes(path));
}

function comparePlan<T>(
  plan: Plan,
  live: LiveState,
  secrets: SecretBook,
  compare: (compared: Compared) => T[],
): T[] {
  const indexes = new Map<ResourceKind, { byId: Map<string, LiveObject>; byKey: Map<string, LiveObject> }>();
  const indexOf = (kind: ResourceKind) => {
    const known = indexes.get(kind);
    if (known) return known;
    const objects = kind.live(live);
    const made = {
      byId: new Map(objects.map((object) => [object.id, object])),
      byKey: new Map(objects.map((object) => [object.key, object])),
    };
    indexes.set(kind, made);
    return made;
  };
  return plan.changes.flatMap((change) => {
    const { byId, byKey } = indexOf(kindNamed(change.kind));
    const found = change.id === undefined ? undefined : byId.get(change.id);
    const atKey = change.after === null ? undefined : byKey.get(realKey(change, secrets));
    return compare({ change, here: change.id === undefined ? atKey : found, byId: found, atKey });
  });
}

function realKey(change: PlannedChange, secrets: SecretBook): string {
  const kind = kindNamed(change.kind);
  return kind.keyParts(realFields(change, secrets)).join(' ');
}

/** The fields as they are sent: every secret in its place. */
export function realFields(change: PlannedChange, secrets: SecretBook): Fields {
  const fields = { ...change.after };
  for (const field of change.secretFields ?? []) fields[field] = secrets.reveal(String(fields[field]));
  return kindNamed(change.kind).normalise(fields);
}

function fieldDifferences(
  change: PlannedChange,
  planned: Fields,
  here: LiveObject,
  secrets: SecretBook,
): Difference[] {
  const kind = kindNamed(change.kind);
  const hidden = kind.hideCredentials(here.fields);
  return kind.fields.flatMap((path) => {
    if (!(path in planned)) return [];
    const want = planned[path] ?? null;
    const have = here.fields[path] ?? null;
    // A plan shows a URL as the file has it, or with its credentials hidden.
    const spellings: FieldValue[] = [have];
    if (typeof have === 'string') spellings.push(secrets.conceal(have), secrets.mask(String(hidden[path])));
    // An e-mail address that differs in case alone is the same one.
    const identity = (value: FieldValue) =>
      kind.keyFields.includes(path) ? kind.keyParts({ ...here.fields, [path]: value }).join(' ') : value;
    if (spellings.map(identity).includes(identity(want))) return [];
    return difference(change, path, show(want), show(spellings.at(-1) ?? null));
  });
}

function difference(change: PlannedChange, path: string, planned: string, live: string): Difference {
  return { kind: change.kind, key: change.key, path, planned, live };
}

function show(value: FieldValue): string {
  return value === null ? '(empty)' : String(value);
}
