import type { Fields } from '../model/json.ts';
import { kindNamed } from '../model/kinds.ts';
import type { PlannedChange } from '../model/plan.ts';
import type { LiveObject, ResourceKind } from '../model/resource-kind.ts';
import type { SecretBook } from '../model/secrets.ts';
import { realFields } from '../planner/plan-against-live.ts';
import { createOnce } from './create-once.ts';
import {
  type Account,
  asChaportError,
  findByKey,
  notDone,
  readObjects,
  type Settlement,
  settleLost,
} from './settlement.ts';

/** Makes one change, and settles by reading whatever was lost on the way. Does not throw for a failed call. */
export async function makeChange(
  change: PlannedChange,
  knownId: string | undefined,
  account: Account,
): Promise<Settlement> {
  const kind = kindNamed(change.kind);
  const fields = fieldsToSend(change, account.secrets);
  if (change.action === 'create') return createOnce(kind, fields, account);
  const id = knownId ?? (await findId(kind, fields, account));
  if (typeof id !== 'string') return id;
  const { writer, signals } = account;
  try {
    const { attempts } =
      change.action === 'delete'
        ? await writer.delete(change.kind, id, signals)
        : await writer.update(change.kind, id, fields, signals);
    return { outcome: 'applied', attempts, id };
  } catch (error) {
    const failure = asChaportError(error);
    if (failure.acted === 'none') return { ...notDone(failure), id };
    const isDone = doneCheck(change, id, fields);
    return settleLost(failure, account, kind, (objects) =>
      isDone(objects)
        ? { outcome: 'applied', attempts: failure.attempts, id }
        : { outcome: 'failed', attempts: failure.attempts, id, error: failure.message },
    );
  }
}

/** Null means clear; what was empty and stays so is not sent. */
function fieldsToSend(change: PlannedChange, secrets: SecretBook): Fields {
  const entries = Object.entries(realFields(change, secrets));
  return Object.fromEntries(
    entries.filter(([field, value]) => value !== null || (change.before?.[field] ?? null) !== null),
  );
}

/** The id that a create was not answered with. */
async function findId(kind: ResourceKind, fields: Fields, account: Account): Promise<string | Settlement> {
  const unknown = (reason: string): Settlement => ({
    outcome: 'skipped',
    attempts: 0,
    error: `skipped because the id of its ${kind.partOf ?? kind.name} is not known: ${reason}`,
  });
  if (account.signals.stop?.aborted) return unknown('interrupted');
  try {
    const found = findByKey(await readObjects(account, kind), kind, fields);
    return found?.id ?? unknown('the account does not show it');
  } catch (error) {
    return unknown(asChaportError(error).message);
  }
}

/** Whether an update or delete can be seen in the account. */
function doneCheck(change: PlannedChange, id: string, fields: Fields) {
  return (objects: readonly LiveObject[]) => {
    const object = objects.find((candidate) => candidate.id === id);
    if (change.action === 'delete') return object === undefined;
    const changed = change.fields.map((field) => field.path);
    return (
      object !== undefined &&
      changed.every((path) => (object.fields[path] ?? null) === (fields[path] ?? null))
    );
  };
}
