import { type Fact, fatal, tolerated } from './fact.ts';

/** How the API is reached, and what its answers look like. */
export const TRANSPORT_FACTS = {
  'base-address': {
    grade: 'A',
    sentence: 'The API is at https://app.chaport.com/api/v1 or https://app.chaport.ru/api/v1',
    check: 'reading',
    variants: {},
  },
  'token-check': {
    grade: 'A',
    sentence: 'GET /me.json answers 200 where the token works',
    check: 'reading',
    variants: { refused: fatal('GET /me.json is refused, and lists are answered') },
  },
  'lists-answer': {
    grade: 'A',
    sentence: 'GET /operators and GET /events/subscriptions answer 200 with a list',
    check: 'reading',
    variants: { refused: fatal('One of the lists is refused, or is none') },
  },
  'list-shape': {
    grade: 'A',
    sentence: 'Lists are wrapped: {"result":[…]}',
    check: 'reading',
    variants: { bare: tolerated('Lists are bare, without {"result":[…]}') },
  },
  'object-shape': {
    grade: 'B',
    sentence: 'Single objects are wrapped: {"result":{…}}',
    check: 'reading',
    variants: { bare: tolerated('Single objects are bare, without {"result":{…}}') },
  },
  'list-pages': {
    grade: 'B',
    sentence: 'A list comes whole, in one answer',
    check: 'reading',
    variants: {
      'next-url': tolerated('Lists come in pages, links.next is a whole URL'),
      'next-path': tolerated('Lists come in pages, links.next is a path'),
    },
  },
  'list-now': {
    grade: 'D',
    sentence: 'A list shows at once what was created',
    check: 'probes',
    variants: { late: tolerated('Lists show a while later what was created') },
  },
  'list-like-object': {
    grade: 'D',
    sentence: 'An object read by its id is as the list shows it',
    check: 'reading',
    variants: { other: tolerated('Read by its id an object is another one than in the list') },
  },
  ids: {
    grade: 'A',
    sentence: 'Ids are 24 hex characters',
    check: 'reading',
    variants: { other: tolerated('Ids are of another form') },
  },
  'creation-time': {
    grade: 'C',
    sentence: 'Objects do not say when they were created',
    check: 'reading',
    variants: { shown: tolerated('Every object has a createdAt') },
  },
  'unknown-id': {
    grade: 'D',
    sentence: 'An id that nobody has is a 404',
    check: 'reading',
    variants: {
      refused: tolerated('An id that nobody has is another refusal than 404'),
      answered: fatal('An id that nobody has is answered as if it were one'),
    },
  },
  'error-body': {
    grade: 'D',
    sentence: 'Errors are {"error":{"message":"…"}}',
    check: 'reading',
    variants: {
      error: tolerated('Errors are {"error":"…"}'),
      message: tolerated('Errors are {"message":"…"}'),
      list: tolerated('Errors are {"errors":[{"message":"…"}]}'),
      text: tolerated('Errors are plain text'),
      html: tolerated('Errors are HTML'),
      empty: tolerated('Errors have no body'),
      json: tolerated('Errors are JSON of another form'),
    },
  },
  'bad-input': {
    grade: 'D',
    sentence: 'A wrong body is a 400',
    check: 'probes',
    variants: { '422': tolerated('A wrong body is a 422, not a 400') },
  },
  'bad-token': {
    grade: 'D',
    sentence: 'A wrong token is a 401',
    check: 'nothing',
    variants: { '403': tolerated('A wrong token is a 403, not a 401') },
  },
  'too-fast': {
    grade: 'D',
    sentence: 'Who asks too fast gets a 429, with Retry-After',
    check: 'nothing',
    variants: {},
  },
} as const satisfies Record<string, Fact>;
