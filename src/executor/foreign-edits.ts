import type { Fields } from '../model/json.ts';
import type { LiveObject } from '../model/live.ts';
import type { SecretBook } from '../model/secrets.ts';
import { realFields, realOf } from '../model/text.ts';
import { keyOf } from '../planner/saved-plan/differences.ts';
import { desiredKey, type Entry, ownFields } from './entry.ts';
import { fieldsThatIdentify, hasValue } from './sights.ts';

/** What a fresh reading says of a change that is about to be sent. */
export type EditJudgement =
  | { verdict: 'send'; fields: Fields }
  /** The account is as it wants already: no call is needed. */
  | { verdict: 'as-desired' }
  | { verdict: 'skip'; because: string };

/**
 * Holds an update or a delete against a fresh reading of its object: what somebody else has changed since the
 * plan is neither undone nor deleted.
 * @param keys further keys that the object may have, from this run's own changes.
 */
export function judge(
  entry: Entry,
  fresh: LiveObject | undefined,
  { secrets, keys }: { secrets: SecretBook; keys: readonly string[] },
): EditJudgement {
  if (entry.change.action === 'delete') return judgeDelete(entry, fresh, secrets);
  if (!fresh) return { verdict: 'skip', because: 'changed since the plan: it is no longer there' };
  if (entry.kind.passing) return judgePassing(entry, fresh, secrets, keys);
  return judgeUpdate(entry, fresh, secrets);
}

function judgeDelete(entry: Entry, fresh: LiveObject | undefined, secrets: SecretBook): EditJudgement {
  if (!fresh) return { verdict: 'as-desired' };
  const edited = fieldsThatIdentify(entry).filter(
    (path) => !hasValue(entry, fresh, path, entry.seen?.fields[path]),
  );
  if (entry.seen && edited.length === 0) return { verdict: 'send', fields: {} };
  return changedSince(entry, fresh, edited, secrets);
}

/** A passing kind (a status) is set whatever its value is by now, as long as it is the planned person's. */
function judgePassing(
  entry: Entry,
  fresh: LiveObject,
  secrets: SecretBook,
  keys: readonly string[],
): EditJudgement {
  const { kind, seen } = entry;
  const known = [...keys, desiredKey(entry), ...(seen ? [seen.key] : [])];
  if (known.includes(fresh.key)) return { verdict: 'send', fields: ownFields(entry) };
  return changedSince(entry, fresh, kind.keyFields, secrets);
}

function judgeUpdate(entry: Entry, fresh: LiveObject, secrets: SecretBook): EditJudgement {
  const { kind, change, desired, seen } = entry;
  const managed = Object.keys(change.before ?? {}).filter((path) => Object.hasOwn(kind.fields, path));
  const isDesired = (path: string) => hasValue(entry, fresh, path, desired?.[path]);
  const edited = managed.filter(
    (path) => !isDesired(path) && !(seen && hasValue(entry, fresh, path, seen.fields[path])),
  );
  if (edited.length > 0) return changedSince(entry, fresh, edited, secrets);
  if (managed.every(isDesired)) return { verdict: 'as-desired' };
  return { verdict: 'send', fields: laidOver(entry, fresh, managed) };
}

/** The planned fields over those that the object has now. What is empty and stays so is not sent. */
function laidOver({ kind, change, desired }: Entry, fresh: LiveObject, managed: readonly string[]): Fields {
  const changes = new Set(change.fields.map(({ path }) => path));
  const live = realFields(fresh.fields);
  const sent: Fields = { ...live };
  for (const path of managed) {
    // A key that does not change keeps the account's own spelling.
    if (!kind.keyFields.includes(path) || changes.has(path)) sent[path] = realOf(desired?.[path] ?? null);
  }
  const isEmpty = (path: string) => sent[path] === null && (live[path] ?? null) === null;
  return Object.fromEntries(Object.entries(sent).filter(([path]) => !isEmpty(path)));
}

function changedSince(
  entry: Entry,
  fresh: LiveObject,
  paths: readonly string[],
  secrets: SecretBook,
): EditJudgement {
  const edits = paths.map((path) => editInWords(entry, fresh, path, { from: entry.change.before, secrets }));
  return { verdict: 'skip', because: `changed since the plan: ${edits.join(', ')}` };
}

/** `role operator → admin`: as the plan shows it in `from`, and as the account has it now. */
export function editInWords(
  entry: Entry,
  now: LiveObject,
  path: string,
  { from, secrets }: { from: Fields | null; secrets: SecretBook },
): string {
  const before = wordsFor(from?.[path] ?? null);
  const after = shownOf(entry, now, path, secrets);
  return before === after ? `a part of ${path} that is not shown` : `${path} ${before} → ${after}`;
}

/** A live value as a document may hold it. */
export function shownOf({ kind }: Entry, object: LiveObject, path: string, secrets: SecretBook): string {
  const real = realFields(object.fields);
  const hidden = kind.hideCredentials(real)[path] ?? null;
  return typeof hidden === 'string' ? wordsFor(secrets.conceal(hidden)) : wordsFor(hidden);
}

function wordsFor(value: unknown): string {
  return value === null || value === '' ? '(empty)' : String(value);
}

/** The keys that this run's own changes give to the same object: in the account, or soon. */
export function keysOfSameObject(entry: Entry, entries: readonly Entry[]): string[] {
  const { change, kind } = entry;
  return entries
    .filter((other) => other !== entry && other.kind.list === kind.list && other.change.id === change.id)
    .flatMap((other) => (other.desired ? [keyOf(other.kind, other.desired)] : []));
}
