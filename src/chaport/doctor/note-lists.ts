import { addressKey } from '../../model/addresses.ts';
import { ROLES } from '../../model/kinds/operator.ts';
import { STATUS_VALUES } from '../../model/kinds/status.ts';
import { KNOWN_OF_OPERATOR, operatorOnTheWire } from '../wire/operator.ts';
import { KNOWN_OF_WEBHOOK, webhookOnTheWire } from '../wire/webhook.ts';
import type { WireList } from '../wire/wire-kind.ts';
import type { Findings } from './findings.ts';
import type { RawList } from './raw-list.ts';
import { fieldsOf, type Json, unknownKeysOf, wordsOf } from './shapes.ts';

/** Events that are known to deliver. */
const EVENTS = ['chat.started', 'chat.finished'];
const CREATED_AT = 'createdAt';

/** What a list of either kind shows of lists. */
export function noteList(findings: Findings, { isWrapped, pages, nextLink, entries }: RawList): void {
  findings.note('lists-answer', 'default', 'answered 200');
  findings.note('list-shape', isWrapped ? 'default' : 'bare', isWrapped ? '{"result":[…]}' : '[…]');
  const seen = `${entries.length} in ${pages === 1 ? 'one answer' : `${pages} pages`}`;
  findings.note('list-pages', nextLink === null ? 'default' : `next-${nextLink}`, seen);
  if (entries.length === 0) return;
  const hex = entries.filter(({ id }) => /^[0-9a-f]{24}$/.test(String(id))).length;
  findings.note('ids', hex === entries.length ? 'default' : 'other', `${hex} of ${entries.length} are`);
  const dated = entries.filter((entry) => Object.hasOwn(entry, CREATED_AT)).length;
  findings.note('creation-time', dated === 0 ? 'default' : 'shown', `${dated} of ${entries.length} do`);
}

export function noteOperators(findings: Findings, { entries, hasOthers }: RawList): void {
  const isReadable = !hasOthers && canBeRead(operatorOnTheWire.list, entries);
  const hasMore = unknownKeysOf(entries, KNOWN_OF_OPERATOR).length > 0;
  const seen = `${entries.length} × {${fieldsOf(entries, KNOWN_OF_OPERATOR)}}`;
  findings.note('operator-fields', readingOfFields(isReadable, hasMore), seen);
  noteWords(entries.map(({ role }) => role).filter(isGiven), ROLES, (reading, text) => {
    findings.note('roles', reading, text);
  });
  const statuses = entries.flatMap(({ lastStatus, realStatus }) => [lastStatus, realStatus]).filter(isGiven);
  noteWords(statuses, STATUS_VALUES, (reading, text) => findings.note('status-words', reading, text));
  const addresses = entries.map(({ email }) => addressKey(String(email)));
  const twice = addresses.length - new Set(addresses).size;
  findings.note('email-unique', twice === 0 ? 'default' : 'twice', `${twice} more than once`);
  const deactivated = entries.filter((entry) => entry.deactivated === true).length;
  if (deactivated > 0) findings.note('deactivated', 'default', `${deactivated} of ${entries.length} are`);
}

export function noteSubscriptions(findings: Findings, { entries, hasOthers }: RawList): void {
  if (entries.length === 0 && !hasOthers) return;
  const isReadable = !hasOthers && canBeRead(webhookOnTheWire.list, entries);
  const hasMore = unknownKeysOf(entries, KNOWN_OF_WEBHOOK).length > 0;
  const seen = `${entries.length} × {${fieldsOf(entries, KNOWN_OF_WEBHOOK)}}`;
  findings.note('subscription-fields', readingOfFields(isReadable, hasMore), seen);
  noteEvents(findings, entries);
  noteEventsPerUrl(findings, entries);
}

function noteEvents(findings: Findings, entries: readonly Json[]): void {
  const lists = entries.flatMap(({ events }) => (Array.isArray(events) ? [events as unknown[]] : []));
  const several = lists.filter(({ length }) => length > 1).length;
  const seen = `${entries.length - lists.length} with event, ${lists.length} with events`;
  if (several > 0) findings.note('subscription-event', 'several', `${seen}, ${several} of several`);
  else findings.note('subscription-event', lists.length > 0 ? 'list' : 'default', seen);
  const words = [...entries.map(({ event }) => event), ...lists.flat()].filter(isGiven);
  noteWords(words, EVENTS, (reading, text) => findings.note('events', reading, text));
}

/** Two events to one URL show that it can be; that there are none shows nothing. */
function noteEventsPerUrl(findings: Findings, entries: readonly Json[]): void {
  const urls = entries.map(({ targetUrl }) => targetUrl);
  const shared = urls.length - new Set(urls).size;
  if (shared > 0) findings.note('events-per-url', 'default', `${shared} beside another one to the same URL`);
}

function readingOfFields(isReadable: boolean, hasMore: boolean): 'default' | 'more' | 'other-types' {
  if (!isReadable) return 'other-types';
  return hasMore ? 'more' : 'default';
}

function noteWords(
  words: readonly unknown[],
  known: readonly string[],
  note: (reading: 'default' | 'others', text: string) => void,
): void {
  if (words.length === 0) return;
  const { text, hasOthers } = wordsOf(words, known);
  note(hasOthers ? 'others' : 'default', text);
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

/** Whether the program itself can read every entry. */
function canBeRead(list: WireList, entries: readonly Json[]): boolean {
  return entries.every((entry) => list.entry.safeParse(entry).success);
}
