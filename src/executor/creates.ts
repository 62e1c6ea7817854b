import { ChaportError } from '../chaport/errors.ts';
import type { Fields } from '../model/json.ts';
import { applied, type Entry, end, ownFields } from './entry.ts';
import { asChaportError, begin, isStopping, notDone, type Run } from './run.ts';

/**
 * Creates an object and never makes it twice. One whose answer was lost may still be acted on: it is looked for
 * until the settle time is over. Then it is sent again, once, where the server itself keeps such objects unique.
 */
export async function create(entry: Entry, run: Run): Promise<void> {
  const fields = ownFields(entry);
  const sentBefore = await send(entry, fields, run, 0);
  if (sentBefore === null) return;
  await send(entry, fields, run, sentBefore);
}

/** @returns the attempts so far where it is to be sent again, else `null`: the entry says what became of it. */
async function send(entry: Entry, fields: Fields, run: Run, sentBefore: number): Promise<number | null> {
  const { writer, signals } = run;
  const turn = {
    take: () => {
      begin(entry, run);
      return fields;
    },
  };
  const answer = await writer.create(entry.kind.name, fields, signals, turn).catch(asChaportError);
  const attempts = sentBefore + answer.attempts;
  if (!(answer instanceof ChaportError)) {
    entry.said = 'done';
    entry.isOwn = answer.id !== null;
    applied(entry, { attempts, ...(answer.id === null ? {} : { id: answer.id }) });
    return null;
  }
  const mayBeOurs = answer.acted !== 'none' || sentBefore > 0;
  if (!mayBeOurs && answer.code !== 'conflict') {
    notDone(entry, answer, attempts);
    return null;
  }
  entry.isElsewhere = !mayBeOurs;
  const isMissing = await lookFor(entry, run, answer, attempts);
  const maySendAgain = entry.kind.liveDuplicates === 'error' && sentBefore === 0 && isLost(answer);
  return isMissing && maySendAgain ? attempts : null;
}

/** @returns whether the account was looked at and does not have it. */
async function lookFor(entry: Entry, run: Run, failure: ChaportError, attempts: number): Promise<boolean> {
  entry.said = 'lost';
  end(entry, 'unknown', { attempts, error: failure.reason });
  if (isStopping(run)) return false;
  const watched = await run.watch.until([entry.kind.list], () => entry.isSeen);
  if (entry.isSeen) found(entry);
  else if (watched instanceof ChaportError) {
    const more = `; reading the account to settle it failed too: ${watched.message}`;
    end(entry, 'unknown', { error: failure.reason + more });
  } else if (!isStopping(run)) {
    endMissing(entry, failure);
    return true;
  }
  return false;
}

function endMissing(entry: Entry, failure: ChaportError): void {
  // Refused, though the account does not show why; or answered unexpectedly, for example by a redirect.
  if (entry.isElsewhere || !(isLost(failure) || failure.code === 'conflict')) {
    end(entry, 'failed', { error: failure.reason });
    return;
  }
  const once = entry.kind.liveDuplicates === 'surplus' ? ', so it was not sent again' : '';
  const more = `; it is not in the account's list, and it may still come about${once}`;
  end(entry, 'unknown', { error: failure.reason + more });
}

/** A reading shows what was not confirmed. */
export function found(entry: Entry): void {
  if (!entry.isElsewhere) {
    applied(entry);
    return;
  }
  const { noun } = entry.kind;
  entry.holds = true;
  entry.isExcused = true;
  end(entry, 'skipped', {
    error: `the account has this ${noun.one} already: it was created elsewhere since the plan was made`,
  });
}

/** Whether the answer was lost, so that the server may have acted or act yet. */
function isLost({ acted, code }: ChaportError): boolean {
  return acted !== 'none' && code !== 'unexpected-answer';
}
