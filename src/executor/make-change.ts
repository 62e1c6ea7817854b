import type { CallSignals, ChaportReader, ChaportWriter } from '../chaport/client.ts';
import { ChaportError } from '../chaport/errors.ts';
import type { Fields } from '../model/json.ts';
import { kindNamed } from '../model/kinds.ts';
import type { PlannedChange } from '../model/plan.ts';
import type { Outcome } from '../model/report.ts';
import type { LiveObject, ResourceKind } from '../model/resource-kind.ts';
import type { SecretBook } from '../model/secrets.ts';
import { realFields } from '../planner/plan-against-live.ts';

export interface Account {
  reader: ChaportReader;
  writer: ChaportWriter;
  secrets: SecretBook;
  signals: CallSignals;
}

/** How one change ended. */
export interface Settlement {
  outcome: Outcome;
  attempts: number;
  id?: string;
  error?: string;
  /** Skipped because the account has it already: what depends on it can go on. */
  alreadyThere?: true;
}

/** Makes one change, and settles by reading whatever was lost on the way. Does not throw for a failed call. */
export async function makeChange(
  change: PlannedChange,
  id: string | undefined,
  account: Account,
): Promise<Settlement> {
  const fields = fieldsToSend(change, account.secrets);
  if (change.action === 'create') return createOnce(change, fields, account);
  if (id === undefined) throw new TypeError(`${change.kind} ${change.key} has no id`);
  const kind = kindNamed(change.kind);
  const { writer, signals } = account;
  try {
    const { attempts } =
      change.action === 'delete'
        ? await writer.delete(change.kind, id, signals)
        : await writer.update(change.kind, id, fields, signals);
    return { outcome: 'applied', attempts, id };
  } catch (error) {
    const failure = asChaportError(error);
    if (!failure.answerLost) return { ...notDone(failure), id };
    return { ...(await settleByReading(failure, account, kind, isDone(change, id, fields))), id };
  }
}

/** Null means clear; what was empty and stays so is not sent. */
function fieldsToSend(change: PlannedChange, secrets: SecretBook): Fields {
  const entries = Object.entries(realFields(change, secrets));
  return Object.fromEntries(
    entries.filter(([field, value]) => value !== null || (change.before?.[field] ?? null) !== null),
  );
}

/** A create whose answer was lost is sent again only when the account, read twice, does not have the object. */
async function createOnce(change: PlannedChange, fields: Fields, account: Account): Promise<Settlement> {
  const kind = kindNamed(change.kind);
  const key = kind.keyParts(fields).join(' ');
  const look = async () => (await readObjects(account, kind)).find((object) => object.key === key);
  let attempts = 0;
  for (let sent = 1; ; sent += 1) {
    const failure = await account.writer.create(change.kind, fields, account.signals).catch(asChaportError);
    attempts += failure.attempts;
    if (!(failure instanceof ChaportError)) {
      const id = failure.id ?? (await idOf(look));
      return { outcome: 'applied', attempts, ...(id === undefined ? {} : { id }) };
    }
    const settled = await settleCreate(failure, { kind, account, look, sent, attempts });
    if (settled) return settled;
  }
}

interface CreateState {
  kind: ResourceKind;
  account: Account;
  look: () => Promise<LiveObject | undefined>;
  /** How often the create was sent. */
  sent: number;
  attempts: number;
}

/** How a create that was not confirmed ended; `null` where it surely did not happen and may be sent again. */
async function settleCreate(
  failure: ChaportError,
  { kind, account, look, sent, attempts }: CreateState,
): Promise<Settlement | null> {
  if (!failure.answerLost && failure.code !== 'conflict') return { ...notDone(failure), attempts };
  if (account.signals.stop?.aborted) return { outcome: 'unknown', attempts, error: failure.message };
  try {
    const found = await look();
    // A conflict after a lost answer is with our own.
    if (found && (failure.answerLost || sent > 1)) return { outcome: 'applied', attempts, id: found.id };
    if (found) return { ...createdElsewhere(kind), attempts, id: found.id };
    if (failure.code === 'conflict' || sent > account.writer.maxRetries) {
      return { outcome: 'failed', attempts, error: failure.message };
    }
    await account.writer.waitBeforeRetry(sent, account.signals);
    // A slow server may have acted in the meantime.
    const late = await look();
    return late ? { outcome: 'applied', attempts, id: late.id } : null;
  } catch (readFailure) {
    return unsettled(failure, asChaportError(readFailure), attempts);
  }
}

function createdElsewhere(kind: ResourceKind): Omit<Settlement, 'attempts'> {
  return {
    outcome: 'skipped',
    alreadyThere: true,
    error: `the account has this ${kind.noun.one} already: it was created elsewhere since the plan was made`,
  };
}

async function readObjects(account: Account, kind: ResourceKind): Promise<LiveObject[]> {
  const needed = { operators: false, webhooks: false, [kind.list]: true };
  return kind.live(await account.reader.readAccount(needed, account.signals));
}

/** Whether an update or delete can be seen in the account. */
function isDone(change: PlannedChange, id: string, fields: Fields) {
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

async function settleByReading(
  failure: ChaportError,
  account: Account,
  kind: ResourceKind,
  isDoneIn: (objects: readonly LiveObject[]) => boolean,
): Promise<Settlement> {
  const { attempts } = failure;
  if (account.signals.stop?.aborted) return { outcome: 'unknown', attempts, error: failure.message };
  try {
    return isDoneIn(await readObjects(account, kind))
      ? { outcome: 'applied', attempts }
      : { outcome: 'failed', attempts, error: failure.message };
  } catch (readFailure) {
    return unsettled(failure, asChaportError(readFailure), attempts);
  }
}

function unsettled(failure: ChaportError, readFailure: ChaportError, attempts: number): Settlement {
  const error = `${failure.message}; reading the account to settle it failed too: ${readFailure.message}`;
  return { outcome: 'unknown', attempts, error };
}

function notDone(failure: ChaportError): Settlement {
  if (failure.code === 'interrupted' && failure.attempts === 0) {
    return { outcome: 'skipped', attempts: 0, error: 'interrupted before it was sent' };
  }
  return { outcome: 'failed', attempts: failure.attempts, error: failure.message };
}

/** @throws the error itself when it is a bug of ours and no failed call. */
function asChaportError(error: unknown): ChaportError {
  if (error instanceof ChaportError) return error;
  throw error;
}

/** The id of an object that was surely created; not knowing it is no failure. */
async function idOf(look: () => Promise<LiveObject | undefined>): Promise<string | undefined> {
  try {
    return (await look())?.id;
  } catch (error) {
    asChaportError(error);
    return undefined;
  }
}
