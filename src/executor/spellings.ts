import type { LiveObject } from '../model/live.ts';
import type { PlannedChange } from '../model/plan.ts';
import { realOf, type Value } from '../model/text.ts';
import { hostOf, urlFrom } from '../model/urls.ts';
import { applied, desiredKey, type Entry, end } from './entry.ts';
import { shownOf } from './foreign-edits.ts';
import { removeOwn } from './remove-own.ts';
import type { Run } from './run.ts';

/**
 * Looks up by id what this run created, and notes where the account spells its key otherwise. If the spelling
 * makes it another key, the next run would create the object again: so a webhook, which the account may have
 * twice, is removed, and an operator never is.
 * @param stillWanted the changes of a plan made after this run.
 */
export async function tellSpellings(run: Run, stillWanted: readonly PlannedChange[]): Promise<void> {
  for (const entry of run.entries) {
    const object = run.readings.peek(entry.kind.list)?.byId(entry.kind, entry.result.id);
    if (!entry.isOwn || !object) continue;
    const spelling = spellingOf(entry, object, run);
    if (spelling === null) continue;
    const note = `the account keeps it as ${spelling}: write it so`;
    if (object.key === desiredKey(entry)) applied(entry, { note });
    else if (!entry.isSeen && isSpelling(entry, object)) {
      entry.isRespelled = true;
      applied(entry, { note });
      const isDesired = stillWanted.some(
        ({ action, kind, key }) =>
          action === 'create' && kind === entry.kind.name && key === entry.change.key,
      );
      if (isDesired && entry.kind.liveDuplicates === 'surplus') await removeAgain(entry, object, note, run);
    }
  }
}

async function removeAgain(entry: Entry, object: LiveObject, note: string, run: Run): Promise<void> {
  const failure = await removeOwn(entry, object, run);
  if (failure === null) {
    await run.watch.until(
      [entry.kind.list],
      () => !run.readings.latest(entry.kind.list).byId(entry.kind, object.id),
    );
  }
  const fate = failure === null ? 'this one was removed again' : `this one could not be removed: ${failure}`;
  end(entry, 'failed', { error: `${note}; ${fate}` });
}

/** The account's own spelling as it may be shown; `null` where it is the one that was sent. */
function spellingOf(entry: Entry, object: LiveObject, { secrets }: Run): string | null {
  const { kind, desired } = entry;
  const differing = kind.keyFields.filter(
    (path) => realOf(object.fields[path] ?? null) !== realOf(desired?.[path] ?? null),
  );
  if (differing.length === 0) return null;
  return differing.map((path) => shownOf(entry, object, path, secrets)).join(' ');
}

/** Whether another key may be the account's way to write the one that it was given, and not somebody's edit. */
function isSpelling({ kind, desired }: Entry, { fields }: LiveObject): boolean {
  return kind.keyFields.every((path) => hostIn(fields[path]) === hostIn(desired?.[path]));
}

/** Of a URL or an e-mail address; of anything else the text itself. */
function hostIn(value: Value = null): string {
  const text = String(realOf(value));
  return hostOf(urlFrom(text) ? text : `http://${text}`);
}
