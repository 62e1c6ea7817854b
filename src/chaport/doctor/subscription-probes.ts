import type { Fields } from '../../model/json.ts';
import { idOfCreated } from '../api/answers.ts';
import type { Observed } from '../client.ts';
import { ChaportError } from '../errors.ts';
import { below } from '../wire/collection.ts';
import { KNOWN_OF_WEBHOOK, webhookOnTheWire } from '../wire/webhook.ts';
import { noteBadInput, noteErrorBody } from './note-errors.ts';
import { noteSubscriptions } from './note-lists.ts';
import { notePlace } from './note-url.ts';
import { noteChange, noteCreate } from './note-writes.ts';
import { isRefused } from './observer.ts';
import { lookFor, type ProbeRun } from './probe-run.ts';
import { isProbeAt } from './probe-url.ts';
import { readRawList, readRawObject } from './raw-list.ts';
import { isSameObject } from './read-facts.ts';
import { isObject, type Json, unknownKeysOf } from './shapes.ts';

/** The one subscription that is tried things on, and its double. */
export interface SubscriptionProbe {
  readonly url: string;
  /** Whatever of it may be there. */
  readonly ids: Set<string>;
  /** Those that a delete was sent for. */
  readonly deleted: Set<string>;
  /** Something was sent. */
  hasBegun: boolean;
  /** A create was sent, and nobody knows whether it was, or will be, done. */
  isUnsettled: boolean;
}

const EVENT = 'chat.started';
const OTHER_EVENT = 'chat.finished';
const { path: LIST } = webhookOnTheWire.list;

/** Creates the probe and tries on it what can be tried. It may be there still when this ends, however it ends. */
export async function probeSubscription(run: ProbeRun, probe: SubscriptionProbe): Promise<void> {
  const { findings } = run;
  const created = await create(run, probe);
  if (created.error?.acted === 'none') {
    if (!isRefused(created)) throw created.error;
    findings.note('subscription-create', 'refused', `answered ${created.status}`);
    noteErrorBody(findings, created.body);
    return;
  }
  // An answer that was lost is settled by the list.
  const shown = await findInList(run, probe, idIn(created));
  if (created.error && shown === null) throw created.error;
  findings.note(
    'subscription-create',
    'default',
    created.error ? 'it was taken' : `answered ${created.status}`,
  );
  if (created.error === null) noteCreate(findings, created);
  if (shown === null) return;
  probe.isUnsettled = false;
  const { id } = shown;
  probe.ids.add(id);
  const before = await readShape(run, id, shown);
  const isDoubled = await createDouble(run, probe, id);
  const event = await putOneField(run, { id, before, isDoubled });
  if (isDoubled === false && event === OTHER_EVENT) await createBesideOtherEvent(run, probe, id);
  await putAllFields(run, id, { event, targetUrl: probe.url, essential: true });
  await deleteTwice(run, probe, id);
}

async function create(run: ProbeRun, probe: SubscriptionProbe): Promise<Observed> {
  probe.hasBegun = true;
  const fields = { event: EVENT, targetUrl: probe.url, essential: true };
  // Until it is answered: an interruption may come first.
  probe.isUnsettled = true;
  const observed = await run.observer.call(webhookOnTheWire.create(fields), run.signals).catch((error) => {
    if (error instanceof ChaportError && error.acted === 'none') probe.isUnsettled = false;
    throw error;
  });
  const id = idIn(observed);
  if (id !== null) probe.ids.add(id);
  if (observed.error === null || observed.error.acted === 'none') probe.isUnsettled = false;
  return observed;
}

function idIn({ error, json }: Observed): string | null {
  return error ? null : idOfCreated(json);
}

async function findInList(
  run: ProbeRun,
  probe: SubscriptionProbe,
  known: string | null,
): Promise<(Json & { id: string }) | null> {
  let looks = 0;
  const found = await lookFor(run, async () => {
    looks += 1;
    const list = await readRawList(run.observer, LIST, run.signals);
    const entries = 'refused' in list ? [] : list.entries;
    const entry = entries.find((one) => (known === null ? isProbeAt(one, probe.url) : one.id === known));
    return entry ?? null;
  });
  if (found === null) {
    run.findings.note('list-now', 'late', 'not within the settle time');
    // By its id it may be there all the same.
    return known === null ? null : { id: known, targetUrl: undefined };
  }
  run.findings.note('list-now', looks === 1 ? 'default' : 'late', `seen at look ${looks}`);
  noteSubscriptions(run.findings, {
    path: LIST,
    entries: [found],
    hasOthers: false,
    isWrapped: true,
    pages: 1,
    nextLink: null,
  });
  if (typeof found.targetUrl === 'string') notePlace(run.findings, probe.url, found.targetUrl);
  return typeof found.id === 'string' ? { ...found, id: found.id } : null;
}

/** By its id, as it is before anything is tried on it. */
async function readShape(run: ProbeRun, id: string, listed: Json): Promise<Json | null> {
  const { object, isWrapped } = await read(run, id);
  if (object === null) return null;
  const { findings } = run;
  findings.note('object-shape', isWrapped ? 'default' : 'bare', isWrapped ? '{"result":{…}}' : '{…}');
  if (listed.targetUrl !== undefined) {
    const same = isSameObject(listed, object);
    findings.note('list-like-object', same ? 'default' : 'other', same ? 'the same' : 'they differ');
  }
  return object;
}

function read(run: ProbeRun, id: string) {
  return readRawObject(run.observer, below(LIST, id), run.signals);
}

/** `null`: it cannot be told whether a second one was taken. */
async function createDouble(run: ProbeRun, probe: SubscriptionProbe, first: string): Promise<boolean | null> {
  const { findings } = run;
  const second = await create(run, probe);
  if (second.error?.acted === 'none' && isRefused(second)) {
    findings.note('duplicates', 'refused', `answered ${second.status}`);
    noteErrorBody(findings, second.body);
    return false;
  }
  if (second.error) throw second.error;
  if (idIn(second) === first) {
    findings.note('duplicates', 'refused', `answered ${second.status} with the id of the first`);
    return false;
  }
  findings.note('duplicates', 'default', `answered ${second.status}`);
  findings.note('events-per-url', 'default', 'even the same event twice');
  return true;
}

/** Sends one field. Where no double is taken that is the event: it then can be told why. @returns the event that it has now. */
async function putOneField(
  run: ProbeRun,
  { id, before, isDoubled }: { id: string; before: Json | null; isDoubled: boolean | null },
): Promise<string> {
  const { findings } = run;
  const field: Fields = isDoubled === false ? { event: OTHER_EVENT } : { essential: false };
  const observed = await run.observer.call(webhookOnTheWire.update(id, field), run.signals);
  if (isRefused(observed)) {
    // A PUT of all fields shows whether it is the missing ones that are not liked.
    findings.note('put', 'replaces', `a PUT of one field answered ${observed.status}`);
    noteBadInput(findings, observed);
    noteUnknownKept(run, before);
    return EVENT;
  }
  if (observed.error) throw observed.error;
  noteChange(findings, observed);
  const { object: after } = await read(run, id);
  if (after === null || before === null) return EVENT;
  const now = plain(after);
  const was = plain(before);
  const [name = ''] = Object.keys(field);
  const others = Object.keys(was).filter((key) => key !== name && KNOWN_OF_WEBHOOK.includes(key));
  const isKept = others.every((key) => JSON.stringify(now[key]) === JSON.stringify(was[key]));
  if (!isKept) findings.note('put', 'replaces', 'a field that was not sent is another one now');
  else if (now[name] !== field[name]) findings.note('put', 'ignores', 'the field that was sent is as before');
  else findings.note('put', 'default', 'the fields that were not sent stayed');
  noteUnknownKept(run, before);
  return now.event === OTHER_EVENT ? OTHER_EVENT : EVENT;
}

/** One event in a list is an event as any. */
function plain(subscription: Json): Json {
  const { events, ...others } = subscription;
  return Array.isArray(events) && events.length === 1 ? { ...others, event: events[0] } : subscription;
}

function noteUnknownKept({ findings }: ProbeRun, subscription: Json | null): void {
  if (findings.is('put', 'default')) {
    findings.note('subscription-unknown-fields', 'default', 'PUT merges');
    findings.note('operator-unknown-fields', 'default', 'PUT merges');
    return;
  }
  if (!findings.is('put', 'replaces')) return;
  const hasUnknown = subscription !== null && unknownKeysOf([subscription], KNOWN_OF_WEBHOOK).length > 0;
  if (hasUnknown || findings.is('subscription-fields', 'more')) {
    findings.note('subscription-unknown-fields', 'cleared', 'PUT replaces, and there are such fields');
  }
  if (findings.is('operator-fields', 'more')) {
    findings.note('operator-unknown-fields', 'cleared', 'PUT replaces, and there are such fields');
  }
}

/** The probe has another event now: whether the first event is taken beside it. */
async function createBesideOtherEvent(run: ProbeRun, probe: SubscriptionProbe, first: string): Promise<void> {
  const observed = await create(run, probe);
  const { findings } = run;
  if (isRefused(observed)) findings.note('events-per-url', 'one', `answered ${observed.status}`);
  else if (observed.error) throw observed.error;
  else if (idIn(observed) !== first)
    findings.note('events-per-url', 'default', `answered ${observed.status}`);
}

async function putAllFields(run: ProbeRun, id: string, fields: Fields): Promise<void> {
  const { findings } = run;
  const observed = await run.observer.call(webhookOnTheWire.update(id, fields), run.signals);
  if (isRefused(observed)) {
    findings.note('subscription-update', 'refused', `answered ${observed.status}`);
    noteErrorBody(findings, observed.body);
    return;
  }
  if (observed.error) throw observed.error;
  noteChange(findings, observed);
  const { object } = await read(run, id);
  if (object === null) return;
  const { essential, event } = plain(object);
  const isSet = essential === fields.essential && event === fields.event;
  findings.note(
    'subscription-update',
    isSet ? 'default' : 'other',
    isSet ? 'all are set' : 'not all are set',
  );
}

async function deleteTwice(run: ProbeRun, probe: SubscriptionProbe, id: string): Promise<void> {
  const { findings } = run;
  probe.deleted.add(id);
  const remove = () => run.observer.call(webhookOnTheWire.delete(id), run.signals);
  const first = await remove();
  if (first.error && !isRefused(first)) throw first.error;
  if (first.error) {
    findings.note('deletes', 'stays', `answered ${first.status}`);
    return;
  }
  noteChange(findings, first);
  const isGone = await lookFor(run, async () => ((await isThere(run, id)) ? null : true));
  findings.note('deletes', isGone ? 'default' : 'stays', isGone ? 'it is gone' : 'it is there still');
  if (!isGone) return;
  const second = await remove();
  if (second.status === 404) findings.note('delete-gone', 'default', 'answered 404');
  else if (isRefused(second)) findings.note('delete-gone', 'refused', `answered ${second.status}`);
  else if (second.error === null) findings.note('delete-gone', 'succeeds', `answered ${second.status}`);
}

/** Whether any reading shows it. */
export async function isThere(run: ProbeRun, id: string): Promise<boolean> {
  const list = await readRawList(run.observer, LIST, run.signals);
  if (!('refused' in list) && list.entries.some((entry) => entry.id === id)) return true;
  const { object } = await read(run, id);
  return isObject(object);
}
