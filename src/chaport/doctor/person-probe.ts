import { addressKey } from '../../model/addresses.ts';
import type { Fields, FieldValue } from '../../model/json.ts';
import type { Observed } from '../client.ts';
import { ChaportError } from '../errors.ts';
import { below } from '../wire/collection.ts';
import { KNOWN_OF_OPERATOR, operatorOnTheWire, WRITABLE_OF_OPERATOR } from '../wire/operator.ts';
import type { Findings } from './findings.ts';
import { noteBadInput } from './note-errors.ts';
import { noteChange } from './note-writes.ts';
import { isRefused } from './observer.ts';
import type { ProbeRun } from './probe-run.ts';
import { type RawList, readRawObject } from './raw-list.ts';
import { isSameObject } from './read-facts.ts';
import { type Json, unknownKeysOf } from './shapes.ts';

/** The person whom the user names, as the list shows them. */
export interface Person {
  id: string;
  email: string;
  listed: Json;
}

export function findPerson(list: RawList | null, email: string): Person | null {
  const listed = list?.entries.find((entry) => addressKey(String(entry.email)) === addressKey(email));
  return typeof listed?.id === 'string' ? { id: listed.id, email: String(listed.email), listed } : null;
}

/** Why a person is left out of the probes; `null` where they are not. */
export function reasonToLeaveOut(
  { findings }: ProbeRun,
  { listed }: Person,
  object: Json | null,
): string | null {
  if (object === null) return 'they cannot be read by their id';
  if (!isSameObject(steady(listed), steady(object))) return 'the list and the reading by id differ';
  if (!/^[\x21-\x7e]+$/.test(String(object.email)) || /[A-Z]/.test(String(object.email)))
    return 'their address might be kept in another spelling';
  const hasUnknown = unknownKeysOf([object], KNOWN_OF_OPERATOR).length > 0;
  if (hasUnknown && !findings.is('put', 'default'))
    return 'there are fields that we do not know, and PUT was not seen to keep those';
  return null;
}

/** Without what changes while somebody works. */
function steady({ lastActivityAt, lastLoginAt, lastStatus, realStatus, ...others }: Json): Json {
  return others;
}

/** How a person is after a probe on them. */
export interface Aftermath {
  /** What is not as it was; `unknown`: it could not be read. */
  changed: readonly string[] | 'unknown';
  /** Why it ended early. */
  stopped: ChaportError | null;
}

/** A PUT of what may be written as it is, read back. What differs is sent once more. */
export async function probePerson(run: ProbeRun, { id }: Person, before: Json): Promise<Aftermath> {
  const path = below(operatorOnTheWire.list.path, id);
  const fields = writableOf(before);
  const put = (signals: ProbeRun['signals']) =>
    run.observer.call({ method: 'PUT', path, nature: 'repeatable', body: fields }, signals);
  const stopped = await failureOf(async () => {
    const observed = await put(run.signals);
    if (observed.error && !isRefused(observed)) throw observed.error;
    notePut(run.findings, observed, Object.values(fields).includes(''));
  });
  if (stopped?.acted === 'none') return { changed: [], stopped };
  let changed: Aftermath['changed'] = 'unknown';
  const unread = await failureOf(async () => {
    changed = await putBack(run, path, before, put);
  });
  return { changed, stopped: stopped ?? unread };
}

function notePut(findings: Findings, observed: Observed, hasEmpty: boolean): void {
  const seen = `answered ${observed.status}`;
  if (!isRefused(observed)) {
    noteChange(findings, observed);
    if (hasEmpty) findings.note('clearing', 'default', 'taken for a field that is empty');
    return;
  }
  if (hasEmpty) findings.note('clearing', 'refused', `a field that is empty was sent: ${seen}`);
  else findings.note('operator-writable', 'refused', seen);
  noteBadInput(findings, observed);
}

/** `null` where the work was done. */
export async function failureOf(work: () => Promise<void>): Promise<ChaportError | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof ChaportError) return error;
    throw error;
  }
}

function writableOf(person: Json): Fields {
  const given = WRITABLE_OF_OPERATOR.flatMap((name) => {
    const value = person[name];
    return isFieldValue(value) ? [[name, value] as const] : [];
  });
  return Object.fromEntries(given);
}

function isFieldValue(value: unknown): value is FieldValue {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** Sends it once more where something differs. @returns the names of what differs still. */
async function putBack(
  run: ProbeRun,
  path: string,
  before: Json,
  put: (signals: ProbeRun['signals']) => Promise<Observed>,
): Promise<string[]> {
  const signals = { abort: run.signals.abort };
  const differing = async () => {
    const { object } = await readRawObject(run.observer, path, signals);
    return object === null ? [...WRITABLE_OF_OPERATOR] : differencesOf(steady(before), steady(object));
  };
  const changed = await differing();
  if (changed.length === 0) {
    run.findings.note('operator-writable', 'default', 'read back as it was');
    return [];
  }
  run.findings.note('operator-writable', 'changed', `${changed.length} fields`);
  await put(signals);
  return differing();
}

function differencesOf(before: Json, after: Json): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.filter((name) => JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null));
}
