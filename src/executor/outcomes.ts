import type { LiveObject } from '../model/live.ts';
import type { SecretBook } from '../model/secrets.ts';
import { found } from './creates.ts';
import { applied, type Entry, end } from './entry.ts';
import { editInWords, shownOf } from './foreign-edits.ts';
import type { Reading } from './readings.ts';
import { changedFields, hasValue, sightOf } from './sights.ts';

const NOT_YET =
  "confirmed, but not in the account's list yet; plan again in a while, and do not apply again before";

/** Whether another look may show what the server said is done. */
export function isAwaited(entry: Entry, reading: Reading): boolean {
  return entry.said === 'done' && !entry.isSeen && sightOf(entry, reading) === 'as-before';
}

/** What became of a change, by the last reading: that is believed, and not what the server said. */
export function decide(entry: Entry, reading: Reading, secrets: SecretBook): void {
  if (entry.said === 'nothing' || entry.isRespelled) return;
  const sight = sightOf(entry, reading);
  if (sight === 'shown') {
    if (entry.said === 'lost') found(entry);
    return;
  }
  if (entry.said === 'lost') return;
  if (entry.kind.passing) decidePassing(entry, reading, secrets);
  else if (sight === 'changed' || entry.isSeen) decideChanged(entry, reading, secrets);
  else decideUnseen(entry);
}

function decideUnseen(entry: Entry): void {
  if (!entry.foundNothing) end(entry, 'unknown', { error: NOT_YET });
  else
    end(entry, 'failed', { error: "the server does not know it (404), but the account's list still has it" });
}

/** It is there as wished, and nobody can use it. */
export function noteIdle({ kind, change, result }: Entry, reading: Reading): void {
  if (change.action !== 'create' || result.outcome !== 'applied') return;
  const object = reading.byId(kind, result.id);
  const why = (object && kind.whyIdle?.(object.readOnly)) ?? null;
  if (why !== null) result.note = [...(result.note === undefined ? [] : [result.note]), why].join('; ');
}

const GONE = 'changed since: it is no longer there';

/**
 * A person may change their own status at any time: where it is neither the old nor the planned one, they did
 * so afterwards. Where it is still the old one, our change had no effect.
 */
function decidePassing(entry: Entry, reading: Reading, secrets: SecretBook): void {
  const { kind, change, result } = entry;
  const bearer = reading.byId(kind, result.id);
  if (!bearer) {
    if (change.id === undefined) end(entry, 'unknown', { error: NOT_YET });
    else end(entry, 'failed', { error: GONE });
    return;
  }
  const words = change.fields.map(({ path }) => shownOf(entry, bearer, path, secrets)).join(', ');
  if (changedFields(entry, bearer).length > 0 || entry.isSeen) {
    applied(entry, { note: `it is ${words} by now: somebody has changed it since` });
  } else {
    end(entry, 'failed', { error: `confirmed, but the account still shows ${words}` });
  }
}

function decideChanged(entry: Entry, reading: Reading, secrets: SecretBook): void {
  const { kind, change, result } = entry;
  const object = reading.byId(kind, result.id);
  if (!object) {
    end(entry, 'failed', { error: GONE });
    return;
  }
  const edits = unwantedFields(entry, object).map((path) =>
    editInWords(entry, object, path, { from: change.after ?? change.before, secrets }),
  );
  const what = edits.length === 0 ? 'it is there again' : edits.join(', ');
  end(entry, 'failed', { error: `changed since: ${what}` });
}

function unwantedFields(entry: Entry, object: LiveObject): string[] {
  const { kind, change, desired } = entry;
  if (desired === null) return changedFields(entry, object);
  const paths = change.action === 'create' ? kind.keyFields : change.fields.map(({ path }) => path);
  return paths.filter((path) => !hasValue(entry, object, path, desired[path]));
}
