import type { AttemptTurn } from '../chaport/client.ts';
import type { ChaportError } from '../chaport/errors.ts';
import type { Fields } from '../model/json.ts';
import { tooManyFailed } from './dependencies.ts';
import { applied, type Entry, end, INTERRUPTED, ownFields, skipped } from './entry.ts';
import { type EditJudgement, judge, keysOfSameObject } from './foreign-edits.ts';
import type { Reading } from './readings.ts';
import { asChaportError, begin, isStopping, notDone, type Run } from './run.ts';

/** Makes an update or a delete. Does not throw for a failed call: the entry says what became of it. */
export async function makeChange(entry: Entry, run: Run): Promise<void> {
  const { change, kind, result } = entry;
  const id = change.id ?? idOfBearer(entry, run.entries);
  if (id === undefined) {
    const bearer = kind.partOf ?? kind.name;
    skipped(
      entry,
      `skipped because the id of its ${bearer} is not known: the account's list does not show it`,
    );
    return;
  }
  result.id = id;
  const turn = new FreshTurn(entry, run);
  const { writer, signals } = run;
  try {
    const { attempts, givenUp, found } =
      change.action === 'delete'
        ? await writer.delete(kind.name, id, signals, turn)
        : await writer.update(kind.name, id, ownFields(entry), signals, turn);
    if (givenUp) {
      await turn.giveUp(attempts);
      return;
    }
    entry.said = 'done';
    entry.foundNothing = found === false;
    applied(entry, { attempts });
  } catch (error) {
    const failure = asChaportError(error);
    if (failure.acted === 'none') notDone(entry, failure);
    else await settleLost(entry, run, failure.message, failure.attempts);
  }
}

/** What is part of an object that this run creates goes to the id that the create was given. */
function idOfBearer({ change, kind }: Entry, entries: readonly Entry[]): string | undefined {
  return entries.find((other) => other.kind.name === kind.partOf && other.change.key === change.key)?.result
    .id;
}

/** The answer was lost for good: the account tells. The last look decides again. */
async function settleLost(entry: Entry, run: Run, error: string, attempts: number): Promise<void> {
  entry.said = 'lost';
  end(entry, 'unknown', { attempts, error });
  if (isStopping(run)) return;
  const watched = await run.watch.until([entry.kind.list], () => entry.isSeen);
  if (entry.isSeen) applied(entry, { attempts });
  else if (watched === 'missing') end(entry, isStopping(run) ? 'unknown' : 'failed', { attempts, error });
  else if (watched !== 'seen') {
    const more = `; reading the account to settle it failed too: ${watched.message}`;
    end(entry, 'unknown', { attempts, error: error + more });
  }
}

/** Lets each attempt rest on a reading that is not older than two seconds. */
class FreshTurn implements AttemptTurn {
  readonly #entry: Entry;
  readonly #run: Run;
  #waitedFor: Reading | undefined;
  #trouble: ChaportError | undefined;
  #judgement: EditJudgement | undefined;

  constructor(entry: Entry, run: Run) {
    this.#entry = entry;
    this.#run = run;
  }

  async prepare(): Promise<void> {
    const { change, kind } = this.#entry;
    if (change.id === undefined || isStopping(this.#run)) return;
    try {
      this.#waitedFor = await this.#run.readings.fresh(kind.list);
    } catch (error) {
      this.#trouble = asChaportError(error);
    }
  }

  take(): Fields | 'not-yet' | 'no-more' {
    if (this.#trouble) return 'no-more';
    const judgement = this.#judge();
    if (judgement === undefined) return 'not-yet';
    this.#judgement = judgement;
    if (judgement.verdict !== 'send') return 'no-more';
    begin(this.#entry, this.#run);
    return judgement.fields;
  }

  /** Writes down why it was not sent, or not again. */
  async giveUp(attempts: number): Promise<void> {
    const entry = this.#entry;
    if (this.#trouble) await this.#giveUpUnread(this.#trouble, attempts);
    else if (this.#judgement?.verdict === 'skip') skipped(entry, this.#judgement.because, attempts);
    else {
      entry.isSeen = true;
      entry.said = 'done';
      applied(entry, { attempts });
    }
  }

  async #giveUpUnread(trouble: ChaportError, attempts: number): Promise<void> {
    const entry = this.#entry;
    if (attempts > 0) await settleLost(entry, this.#run, trouble.message, attempts);
    else if (trouble.code === 'interrupted') skipped(entry, INTERRUPTED);
    else skipped(entry, `skipped because the account could not be read right before it: ${trouble.message}`);
  }

  /** `undefined`: there is no reading to rest on. */
  #judge(): EditJudgement | undefined {
    const entry = this.#entry;
    const { change, kind } = entry;
    const { entries, readings, secrets, clock } = this.#run;
    const because = change.action === 'delete' ? tooManyFailed(entries) : this.#tooLate(clock.now());
    if (because !== null) return { verdict: 'skip', because };
    if (change.id === undefined) return { verdict: 'send', fields: ownFields(entry) };
    const reading = readings.serving(kind.list, this.#waitedFor);
    if (!reading) return undefined;
    entry.base = reading.byId(kind, change.id);
    return judge(entry, entry.base, { secrets, keys: keysOfSameObject(entry, entries) });
  }

  #tooLate(now: number): string | null {
    const { change, kind } = this.#entry;
    const end = change.after && kind.holdsUntil?.(change.after);
    if (!end || Date.parse(end) > now) return null;
    this.#entry.isExcused = true;
    return `until ${end} has passed, so it was not set`;
  }
}
