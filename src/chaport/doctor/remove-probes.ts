import { ChaportError } from '../errors.ts';
import { below } from '../wire/collection.ts';
import { webhookOnTheWire } from '../wire/webhook.ts';
import { isRefused } from './observer.ts';
import type { ProbeRun } from './probe-run.ts';
import { isProbeAt } from './probe-url.ts';
import { readRawList, readRawObject } from './raw-list.ts';
import type { SubscriptionProbe } from './subscription-probes.ts';

const { path: LIST } = webhookOnTheWire.list;
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 2000;

/** What could not be removed, or may be there. */
export interface LeftBehind {
  ids: string[];
  /** Whether more may be there, under the URL of the probe. */
  isUnsure: boolean;
}

/**
 * Removes every subscription of a probe, and reads until none is shown: what DELETE says counts for nothing.
 * A stop does not end this, since what is left would stay for ever.
 */
export async function removeProbes(run: ProbeRun, probe: SubscriptionProbe): Promise<LeftBehind> {
  const { clock, settleMs } = run;
  const cleaning = { ...run, signals: { abort: run.signals.abort } };
  const ends = clock.elapsed() + settleMs;
  let shown: string[] | null = null;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    shown = await trying(() => readShown(cleaning, probe));
    const isOver = clock.elapsed() >= ends || (run.signals.abort?.aborted ?? false);
    if (shown?.length === 0 && (!probe.isUnsettled || isOver)) return { ids: [], isUnsure: false };
    if (shown?.length === 0 && isOver) break;
    const known: readonly string[] = shown ?? [...probe.ids];
    for (const id of known) {
      probe.deleted.add(id);
      await trying(() => cleaning.observer.call(webhookOnTheWire.delete(id), cleaning.signals));
    }
    if (isOver) {
      // The last deletes may have done it.
      shown = await trying(() => readShown(cleaning, probe));
      break;
    }
    if (known.length === 0 || pause > FIRST_PAUSE) await clock.sleep(pause, run.signals.abort);
  }
  return { ids: shown ?? [...probe.ids], isUnsure: shown === null };
}

/** The ids that the list or a reading by id shows. */
async function readShown(run: ProbeRun, probe: SubscriptionProbe): Promise<string[]> {
  const list = await readRawList(run.observer, LIST, run.signals);
  if ('refused' in list) throw new ChaportError('unexpected-answer', `GET ${LIST}: ${list.refused}`);
  const ours = list.entries.filter((entry) => isProbeAt(entry, probe.url)).map(({ id }) => String(id));
  for (const id of ours) probe.ids.add(id);
  const shown = new Set(ours);
  for (const id of probe.ids) {
    if (shown.has(id)) continue;
    const inList = list.entries.some((entry) => entry.id === id);
    const { object, observed } = await readRawObject(run.observer, below(LIST, id), run.signals);
    // What was never deleted is there, whatever a lagging list says.
    if (inList || object !== null || !isRefused(observed) || !probe.deleted.has(id)) shown.add(id);
  }
  return [...shown];
}

/** `null` where it failed: whether there is anything left is asked again. */
async function trying<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ChaportError) return null;
    throw error;
  }
}
