import { DEFAULT_STATUS_TTL, statusKind } from '../../model/kinds/status.ts';
import { below } from '../wire/collection.ts';
import { operatorOnTheWire } from '../wire/operator.ts';
import { statusOnTheWire } from '../wire/status.ts';
import { noteErrorBody } from './note-errors.ts';
import { isRefused } from './observer.ts';
import { type Aftermath, failureOf, type Person } from './person-probe.ts';
import { type ProbeRun, throwIfStopped } from './probe-run.ts';
import { readRawObject } from './raw-list.ts';
import type { Json } from './shapes.ts';

/** How long a status is tried, in seconds, and how much later it must be over. */
const TRIED = 60;
const LATER = 2;

export interface ShownStatus {
  lastStatus: unknown;
  realStatus: unknown;
}

/** The word that can be set again; `null` where there is none. */
export function statusWordOf({ lastStatus }: Json): string | null {
  return typeof lastStatus === 'string' && /^[a-z][a-z-]*$/.test(lastStatus) ? lastStatus : null;
}

/** Sets the word that is there already, for a minute, and gives it back where something is left of that. */
export async function probeStatus(
  run: ProbeRun,
  { id }: Person,
  before: Json,
  word: string,
): Promise<Aftermath> {
  const was = { lastStatus: before.lastStatus, realStatus: before.realStatus };
  const stopped = await failureOf(() => tryStatus(run, id, was, word));
  let changed: Aftermath['changed'] = 'unknown';
  const unread = await failureOf(async () => {
    for (let tries = 0; tries < 2 && !(await isAsBefore(run, id, was)); tries += 1) {
      const call = statusOnTheWire.update(id, { status: word, ttl: DEFAULT_STATUS_TTL });
      await run.observer.call(call, { abort: run.signals.abort });
    }
    changed = (await isAsBefore(run, id, was)) ? [] : [statusKind.name];
  });
  return { changed, stopped: stopped ?? unread };
}

async function tryStatus(run: ProbeRun, id: string, was: ShownStatus, word: string): Promise<void> {
  const { findings, signals, clock } = run;
  const call = statusOnTheWire.update(id, { status: word, ttl: TRIED });
  const observed = await run.observer.call(call, signals);
  if (isRefused(observed)) {
    findings.note('status-set', 'refused', `answered ${observed.status}`);
    noteErrorBody(findings, observed.body);
    return;
  }
  if (observed.error) throw observed.error;
  const during = await read(run, id);
  const isSet = during.lastStatus === word;
  findings.note(
    'status-set',
    isSet ? 'default' : 'other',
    isSet ? 'lastStatus has it' : 'lastStatus has not',
  );
  const isReal = during.realStatus === word;
  findings.note(
    'status-real',
    isReal ? 'default' : 'other',
    isReal ? 'realStatus has it' : 'realStatus has not',
  );
  await clock.sleep((TRIED + LATER) * 1000, signals.stop);
  throwIfStopped(signals);
  const after = await read(run, id);
  // The same word as before: whether it stays or comes back looks alike.
  if (after.lastStatus === was.lastStatus) return;
  findings.note('status-after', 'lapses', 'lastStatus is another word when it is over');
}

async function read({ observer, signals }: ProbeRun, id: string): Promise<ShownStatus> {
  const path = below(operatorOnTheWire.list.path, id);
  const { object } = await readRawObject(observer, path, signals);
  return { lastStatus: object?.lastStatus, realStatus: object?.realStatus };
}

async function isAsBefore(run: ProbeRun, id: string, was: ShownStatus): Promise<boolean> {
  const now = await read({ ...run, signals: { abort: run.signals.abort } }, id);
  return now.lastStatus === was.lastStatus && now.realStatus === was.realStatus;
}
