import { UserError } from '../model/errors.ts';
import type { AccountRules } from './account-rules.ts';
import type { AnswerShapes } from './answers.ts';

/** One way in which the real API may differ from what the simulator does otherwise. */
interface Dialect {
  says: string;
  reality: AnswerShapes & AccountRules;
}

/** Spellings of the facts that nobody outside Chaport knows. `simulate --dialect` takes the names, `--help` lists them. */
export const DIALECTS = {
  'bare-lists': { says: 'Lists are bare, without {"result":[…]}', reality: { wrapList: false } },
  'bare-objects': { says: 'Single objects are bare, without {"result":{…}}', reality: { wrapSingle: false } },
  paged: { says: 'Lists come in pages of two, links.next is a whole URL', reality: { pageSize: 2 } },
  'paged-by-path': {
    says: 'Lists come in pages of two, links.next is a path',
    reality: { pageSize: 2, nextLink: 'path' },
  },
  'plural-events': {
    says: 'A subscription shows events: [x] in place of event',
    reality: { pluralEvents: true },
  },
  'created-at': { says: 'Every object has a createdAt', reality: { notesCreation: true } },
  'unknown-fields': {
    says: 'Every object and list has fields that nobody documents',
    reality: { extraFields: true },
  },
  'create-id': { says: 'A create answers {"id":…}', reality: { createAnswer: 'id' } },
  'create-result-id': {
    says: 'A create answers {"result":{"id":…}}',
    reality: { createAnswer: 'result-id' },
  },
  'create-object': {
    says: 'A create answers the object itself, its id at the top',
    reality: { createAnswer: 'object' },
  },
  'create-no-id': { says: 'A create answers the object without its id', reality: { createAnswer: 'no-id' } },
  'create-200': { says: 'A create answers 200, not 201', reality: { createStatus: 200 } },
  'create-needs-all': {
    says: 'A new operator needs language and role too',
    reality: { createNeeds: ['language', 'role'] },
  },
  'writes-200-empty': {
    says: 'Writes answer 200 without a body',
    reality: { createAnswer: 'empty', createStatus: 200, changeAnswer: 'empty' },
  },
  'writes-201-empty': {
    says: 'Writes answer 201 without a body',
    reality: { createAnswer: 'empty', changeAnswer: 'empty', changeStatus: 201 },
  },
  'writes-204': {
    says: 'Writes answer 204',
    reality: { createStatus: 204, changeAnswer: 'no-content' },
  },
  'changes-204': {
    says: 'Updates, statuses and deletes answer 204',
    reality: { changeAnswer: 'no-content' },
  },
  'delete-gone-200': {
    says: 'Deleting what is not there succeeds',
    reality: { deleteGone: 'succeeds' },
  },
  'put-replaces': { says: 'PUT clears the fields that are not sent', reality: { put: 'replace' } },
  'empty-text-refused': { says: '"" clears no field, it is refused', reality: { refusesEmptyText: true } },
  'duplicates-refused': {
    says: 'A second subscription of one event to one URL is a 409',
    reality: { refusesTwice: 'event and URL' },
  },
  'one-subscription-per-url': {
    says: 'A second subscription to one URL is a 409, whatever its event',
    reality: { refusesTwice: 'URL' },
  },
  'status-stays': {
    says: 'lastStatus keeps a timed status when its time is over',
    reality: { statusAfterTtl: 'stays' },
  },
  'status-lapses': {
    says: 'lastStatus is offline when the time of a status is over',
    reality: { statusAfterTtl: 'offline' },
  },
  'email-lower-case': {
    says: 'Addresses are kept in lower case',
    reality: { emailSpellings: ['lower-case'] },
  },
  'email-punycode': {
    says: 'Domains of addresses are kept as punycode',
    reality: { emailSpellings: ['punycode'] },
  },
  'url-host-lower-case': {
    says: 'Hosts of URLs are kept in lower case',
    reality: { urlSpellings: ['host-lower-case'] },
  },
  'url-no-default-port': {
    says: 'URLs are kept without a default port',
    reality: { urlSpellings: ['no-default-port'] },
  },
  'url-escapes-upper-case': {
    says: 'URLs are kept with escapes in upper case: %7E',
    reality: { urlSpellings: ['escapes-upper-case'] },
  },
  'url-escapes-decoded': {
    says: 'URLs are kept without needless escapes: ~ for %7e',
    reality: { urlSpellings: ['escapes-decoded'] },
  },
  'url-slash-at-end': {
    says: 'Paths of URLs get a slash at the end',
    reality: { urlSpellings: ['slash-at-end'] },
  },
  'url-query-sorted': {
    says: 'Queries of URLs are kept sorted',
    reality: { urlSpellings: ['query-sorted'] },
  },
  'errors-error': { says: 'Errors are {"error":"…"}', reality: { errors: 'error' } },
  'errors-message': { says: 'Errors are {"message":"…"}', reality: { errors: 'message' } },
  'errors-list': { says: 'Errors are {"errors":[{"message":"…"}]}', reality: { errors: 'list' } },
  'errors-text': { says: 'Errors are plain text', reality: { errors: 'text' } },
  'errors-html': { says: 'Errors are HTML', reality: { errors: 'html' } },
  'bad-input-422': { says: 'A wrong body is a 422, not a 400', reality: { invalidStatus: 422 } },
  'bad-token-403': { says: 'A wrong token is a 403, not a 401', reality: { badTokenStatus: 403 } },
} as const satisfies Record<string, Dialect>;

export type DialectName = keyof typeof DIALECTS;

export const DIALECT_NAMES: readonly DialectName[] = Object.keys(DIALECTS).filter(isDialectName);

/** All of them at once. Spellings add up; where two contradict each other, the later one counts. */
export function realityOf(names: readonly DialectName[]): AnswerShapes & AccountRules {
  const parts = names.map((name): Dialect['reality'] => DIALECTS[name].reality);
  const emailSpellings = parts.flatMap((part) => part.emailSpellings ?? []);
  const urlSpellings = parts.flatMap((part) => part.urlSpellings ?? []);
  return Object.assign({}, ...parts, { emailSpellings, urlSpellings });
}

/** @throws {UserError} `unknown-dialect` */
export function parseDialect(text: string): DialectName {
  if (isDialectName(text)) return text;
  throw new UserError('unknown-dialect', `there is no dialect "${text}"`, {
    hint: `The dialects are ${DIALECT_NAMES.join(', ')}.`,
  });
}

/** The table for `--help`. */
export function describeDialects(): string {
  const width = Math.max(...DIALECT_NAMES.map((name) => name.length));
  const rows = DIALECT_NAMES.map((name) => `  ${name.padEnd(width)}  ${DIALECTS[name].says}`);
  return ['Dialects, ways in which the real API may differ:', ...rows].join('\n');
}

function isDialectName(text: string): text is DialectName {
  return Object.hasOwn(DIALECTS, text);
}
