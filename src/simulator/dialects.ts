import { type FactId, type ReadingOf, sentenceOf } from '../chaport/facts/index.ts';
import { UserError } from '../model/errors.ts';
import type { AccountRules } from './account-rules.ts';
import type { AnswerShapes } from './answers.ts';

/** One way in which the real API may differ from what the simulator does otherwise. */
interface Dialect {
  /** Left out: what the first of its facts says. */
  says?: string;
  /** Which other readings of the facts it is. */
  facts: { [Id in FactId]?: ReadingOf<Id> };
  reality: AnswerShapes & AccountRules;
}

/** Spellings of the facts that nobody outside Chaport knows. `simulate --dialect` takes the names, `--help` lists them. */
export const DIALECTS = {
  'bare-lists': { facts: { 'list-shape': 'bare' }, reality: { wrapList: false } },
  'bare-objects': { facts: { 'object-shape': 'bare' }, reality: { wrapSingle: false } },
  paged: { facts: { 'list-pages': 'next-url' }, reality: { pageSize: 2 } },
  'paged-by-path': { facts: { 'list-pages': 'next-path' }, reality: { pageSize: 2, nextLink: 'path' } },
  'plural-events': { facts: { 'subscription-event': 'list' }, reality: { pluralEvents: true } },
  'created-at': { facts: { 'creation-time': 'shown' }, reality: { notesCreation: true } },
  'unknown-fields': {
    says: 'Every object and list has fields that nobody documents',
    facts: { 'operator-fields': 'more', 'subscription-fields': 'more' },
    reality: { extraFields: true },
  },
  'create-id': { facts: { 'create-answer': 'id' }, reality: { createAnswer: 'id' } },
  'create-result-id': { facts: { 'create-answer': 'result-id' }, reality: { createAnswer: 'result-id' } },
  'create-object': { facts: { 'create-answer': 'object' }, reality: { createAnswer: 'object' } },
  'create-no-id': { facts: { 'create-answer': 'no-id' }, reality: { createAnswer: 'no-id' } },
  'create-200': { facts: { 'create-status': '200' }, reality: { createStatus: 200 } },
  'create-needs-all': {
    facts: { 'operator-create-needs': 'more' },
    reality: { createNeeds: ['language', 'role'] },
  },
  'writes-200-empty': {
    says: 'Writes answer 200 without a body',
    facts: { 'create-status': '200', 'create-answer': 'empty', 'change-answer': 'empty' },
    reality: { createAnswer: 'empty', createStatus: 200, changeAnswer: 'empty' },
  },
  'writes-201-empty': {
    says: 'Writes answer 201 without a body',
    facts: { 'create-answer': 'empty', 'change-answer': 'empty', 'change-status': '201' },
    reality: { createAnswer: 'empty', changeAnswer: 'empty', changeStatus: 201 },
  },
  'writes-204': {
    says: 'Writes answer 204',
    facts: {
      'create-status': '204',
      'create-answer': 'empty',
      'change-status': '204',
      'change-answer': 'empty',
    },
    reality: { createStatus: 204, changeAnswer: 'no-content' },
  },
  'changes-204': {
    says: 'Updates, statuses and deletes answer 204',
    facts: { 'change-status': '204', 'change-answer': 'empty' },
    reality: { changeAnswer: 'no-content' },
  },
  'delete-gone-200': { facts: { 'delete-gone': 'succeeds' }, reality: { deleteGone: 'succeeds' } },
  'put-replaces': { facts: { put: 'replaces' }, reality: { put: 'replace' } },
  'empty-text-refused': { facts: { clearing: 'refused' }, reality: { refusesEmptyText: true } },
  'duplicates-refused': { facts: { duplicates: 'refused' }, reality: { refusesTwice: 'event and URL' } },
  'one-subscription-per-url': {
    facts: { 'events-per-url': 'one', duplicates: 'refused' },
    reality: { refusesTwice: 'URL' },
  },
  'status-stays': { facts: { 'status-after': 'stays' }, reality: { statusAfterTtl: 'stays' } },
  'status-lapses': { facts: { 'status-after': 'lapses' }, reality: { statusAfterTtl: 'offline' } },
  'email-lower-case': {
    facts: { 'email-spelling': 'lower-case' },
    reality: { emailSpellings: ['lower-case'] },
  },
  'email-punycode': { facts: { 'email-spelling': 'punycode' }, reality: { emailSpellings: ['punycode'] } },
  'url-host-lower-case': {
    facts: { 'url-host': 'lower-case' },
    reality: { urlSpellings: ['host-lower-case'] },
  },
  'url-no-default-port': { facts: { 'url-port': 'dropped' }, reality: { urlSpellings: ['no-default-port'] } },
  'url-escapes-upper-case': {
    facts: { 'url-escapes': 'upper-case' },
    reality: { urlSpellings: ['escapes-upper-case'] },
  },
  'url-escapes-decoded': {
    facts: { 'url-escapes': 'decoded' },
    reality: { urlSpellings: ['escapes-decoded'] },
  },
  'url-slash-at-end': { facts: { 'url-slash': 'added' }, reality: { urlSpellings: ['slash-at-end'] } },
  'url-query-sorted': { facts: { 'url-query': 'sorted' }, reality: { urlSpellings: ['query-sorted'] } },
  'errors-error': { facts: { 'error-body': 'error' }, reality: { errors: 'error' } },
  'errors-message': { facts: { 'error-body': 'message' }, reality: { errors: 'message' } },
  'errors-list': { facts: { 'error-body': 'list' }, reality: { errors: 'list' } },
  'errors-text': { facts: { 'error-body': 'text' }, reality: { errors: 'text' } },
  'errors-html': { facts: { 'error-body': 'html' }, reality: { errors: 'html' } },
  'bad-input-422': { facts: { 'bad-input': '422' }, reality: { invalidStatus: 422 } },
  'bad-token-403': { facts: { 'bad-token': '403' }, reality: { badTokenStatus: 403 } },
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
  const rows = DIALECT_NAMES.map((name) => `  ${name.padEnd(width)}  ${dialectSays(name)}`);
  return ['Dialects, ways in which the real API may differ:', ...rows].join('\n');
}

/** A dialect as a sentence. */
export function dialectSays(name: DialectName): string {
  const { says, facts }: Dialect = DIALECTS[name];
  const [[id, reading] = ['', '']] = Object.entries(facts);
  return says ?? sentenceOf(id as FactId, reading as ReadingOf<FactId>);
}

function isDialectName(text: string): text is DialectName {
  return Object.hasOwn(DIALECTS, text);
}
