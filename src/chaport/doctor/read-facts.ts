import { TOKEN_CHECK_PATH } from '../api/answers.ts';
import type { CallSignals, Observer } from '../client.ts';
import { ChaportError } from '../errors.ts';
import { below } from '../wire/collection.ts';
import { operatorOnTheWire } from '../wire/operator.ts';
import { webhookOnTheWire } from '../wire/webhook.ts';
import type { Findings } from './findings.ts';
import { noteErrorBody, noteUnknownId } from './note-errors.ts';
import { noteList, noteOperators, noteSubscriptions } from './note-lists.ts';
import { isRefused } from './observer.ts';
import { type NoList, type RawList, readRawList, readRawObject } from './raw-list.ts';
import { isObject, type Json } from './shapes.ts';

/** What the lists hold; `null` for one that is refused. */
export interface AccountView {
  operators: RawList | null;
  subscriptions: RawList | null;
}

export interface Inspection {
  observer: Observer;
  findings: Findings;
  signals: CallSignals;
}

const VENDORS = ['https://app.chaport.com/api/v1', 'https://app.chaport.ru/api/v1'];

/**
 * Looks at the account with GET alone: the token check, both lists, one object of each by its id, and an id that
 * nobody has.
 * @throws {ChaportError} where nobody answers.
 */
export async function readFacts(inspection: Inspection): Promise<AccountView> {
  const { observer, findings, signals } = inspection;
  const { baseUrl } = observer;
  const vendor = VENDORS.find((url) => url === baseUrl);
  if (vendor) findings.note('base-address', 'default', vendor);
  const check = await observer.call({ method: 'GET', path: TOKEN_CHECK_PATH, nature: 'probe' }, signals);
  if (check.error && !isRefused(check)) throw check.error;
  const lists = [
    await readRawList(observer, operatorOnTheWire.list.path, signals),
    await readRawList(observer, webhookOnTheWire.list.path, signals),
  ] as const;
  if (check.error && lists.every(isRefusedList)) throw check.error;
  if (lists.every(isRefusedList)) findings.note('lists-answer', 'refused', 'both are refused');
  findings.note('token-check', check.error ? 'refused' : 'default', `answered ${check.status}`);
  if (check.error) noteErrorBody(findings, check.body);
  const [operators, subscriptions] = lists.map((list) => takeList(list, findings));
  if (operators) {
    noteOperators(findings, operators);
    if (operators.entries.length === 0)
      throw new ChaportError('unexpected-answer', `GET ${operators.path}: an account always has its owner`);
  }
  if (subscriptions) noteSubscriptions(findings, subscriptions);
  await readOne(operators, inspection);
  await readOne(subscriptions, inspection);
  await readNobody(operators, inspection);
  return { operators: operators ?? null, subscriptions: subscriptions ?? null };
}

function isRefusedList(list: RawList | NoList): list is NoList {
  return 'refused' in list;
}

function takeList(list: RawList | NoList, findings: Findings): RawList | null {
  if (isRefusedList(list)) {
    findings.note('lists-answer', 'refused', `GET ${list.path}: ${list.refused}`);
    return null;
  }
  noteList(findings, list);
  return list;
}

/** The first of a list, by its id. */
async function readOne(list: RawList | null | undefined, inspection: Inspection): Promise<void> {
  const [first] = list?.entries ?? [];
  if (!list || typeof first?.id !== 'string') return;
  const { observer, findings, signals } = inspection;
  const { object, isWrapped, observed } = await readRawObject(observer, below(list.path, first.id), signals);
  if (object === null) {
    findings.note('list-like-object', 'other', `GET ${list.path}/{id} answered ${observed.status}`);
    return;
  }
  findings.note('object-shape', isWrapped ? 'default' : 'bare', isWrapped ? '{"result":{…}}' : '{…}');
  const same = isSameObject(first, object);
  findings.note('list-like-object', same ? 'default' : 'other', same ? 'the same' : 'they differ');
}

/** A person by their id; `null` where they are not there. */
export async function readPerson(
  { observer, signals }: Pick<Inspection, 'observer' | 'signals'>,
  id: string,
): Promise<Json | null> {
  const { object } = await readRawObject(observer, below(operatorOnTheWire.list.path, id), signals);
  return object;
}

/** Keys in any order. */
export function isSameObject(one: Json, other: Json): boolean {
  return sorted(one) === sorted(other);
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    isObject(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

/** As long as ids are here, so that it is not refused for its form. */
const NOBODY = 'f'.repeat(24);

async function readNobody(operators: RawList | null | undefined, inspection: Inspection): Promise<void> {
  const { observer, findings, signals } = inspection;
  const path = below(operators?.path ?? operatorOnTheWire.list.path, NOBODY);
  const { observed } = await readRawObject(observer, path, signals);
  noteUnknownId(findings, observed);
}
