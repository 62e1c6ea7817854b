import { type Fact, fatal, tolerated } from './fact.ts';

/** Webhook subscriptions, and what is tried on one for all writes. */
export const SUBSCRIPTION_FACTS = {
  'subscription-fields': {
    grade: 'B',
    sentence: 'A subscription has event, targetUrl and essential, and no other fields',
    check: 'reading',
    variants: {
      more: tolerated('Subscriptions have fields that nobody documents'),
      'other-types': fatal('A field of a subscription is missing or of another type'),
    },
  },
  'subscription-event': {
    grade: 'B',
    sentence: 'A subscription is one event to one URL',
    check: 'reading',
    variants: {
      list: tolerated('A subscription shows events: [x] in place of event'),
      several: tolerated('A subscription may have several events'),
    },
  },
  events: {
    grade: 'B',
    sentence: 'Events are chat.started and chat.finished',
    check: 'reading',
    variants: { others: tolerated('There are other events') },
  },
  'subscription-create': {
    grade: 'B',
    sentence: 'POST /events/subscriptions takes targetUrl, event and essential',
    check: 'probes',
    variants: { refused: fatal('A subscription that should be taken is refused') },
  },
  'create-status': {
    grade: 'D',
    sentence: 'A create answers 201',
    check: 'probes',
    variants: {
      '200': tolerated('A create answers 200, not 201'),
      '204': tolerated('A create answers 204, not 201'),
      other: tolerated('A create answers another 2xx than 201'),
    },
  },
  'create-answer': {
    grade: 'D',
    sentence: 'A create answers {"result":{…}}, with the id in it',
    check: 'probes',
    variants: {
      id: tolerated('A create answers {"id":…}'),
      'result-id': tolerated('A create answers {"result":{"id":…}}'),
      object: tolerated('A create answers the object itself, its id at the top'),
      'no-id': tolerated('A create answers without an id'),
      empty: tolerated('A create answers without a body'),
    },
  },
  duplicates: {
    grade: 'B',
    sentence: 'The same event to the same URL is taken twice',
    check: 'probes',
    variants: { refused: tolerated('A second subscription of one event to one URL is refused') },
  },
  'events-per-url': {
    grade: 'D',
    sentence: 'One URL takes several events',
    check: 'probes',
    variants: { one: fatal('A second subscription to one URL is refused, whatever its event') },
  },
  'subscription-update': {
    grade: 'C',
    sentence: 'PUT /events/subscriptions/{id} of all fields sets them',
    check: 'probes',
    variants: {
      other: fatal('A PUT of all fields of a subscription does not set them'),
      refused: fatal('A PUT of all fields of a subscription is refused'),
    },
  },
  put: {
    grade: 'D',
    sentence: 'PUT merges: a field that is not sent stays',
    check: 'probes',
    variants: {
      replaces: tolerated('PUT clears the fields that are not sent, or wants them all'),
      ignores: fatal('A PUT of one field is answered, and changes nothing'),
    },
  },
  'subscription-unknown-fields': {
    grade: 'D',
    sentence: 'An update of a subscription keeps the fields that we do not know',
    check: 'probes',
    variants: { cleared: fatal('An update of a subscription clears the fields that we do not know') },
  },
  'change-status': {
    grade: 'D',
    sentence: 'Updates and deletes answer 200',
    check: 'probes',
    variants: {
      '201': tolerated('Updates and deletes answer 201'),
      '204': tolerated('Updates and deletes answer 204'),
      other: tolerated('Updates and deletes answer another 2xx than 200'),
    },
  },
  'change-answer': {
    grade: 'D',
    sentence: 'Updates and deletes answer with a body',
    check: 'probes',
    variants: { empty: tolerated('Updates and deletes answer without a body') },
  },
  deletes: {
    grade: 'C',
    sentence: 'DELETE /events/subscriptions/{id} removes it',
    check: 'probes',
    variants: { stays: fatal('A DELETE that is answered removes nothing') },
  },
  'delete-gone': {
    grade: 'D',
    sentence: 'Deleting what is not there is a 404',
    check: 'probes',
    variants: {
      succeeds: tolerated('Deleting what is not there succeeds'),
      refused: tolerated('Deleting what is not there is another refusal than 404'),
    },
  },
  'url-host': {
    grade: 'D',
    sentence: 'The host of a URL is kept as it was written',
    check: 'probes',
    variants: { 'lower-case': tolerated('Hosts of URLs are kept in lower case') },
  },
  'url-port': {
    grade: 'D',
    sentence: 'A default port in a URL is kept',
    check: 'probes',
    variants: { dropped: tolerated('URLs are kept without a default port') },
  },
  'url-escapes': {
    grade: 'D',
    sentence: 'Escapes in a URL are kept as they were written',
    check: 'probes',
    variants: {
      'upper-case': tolerated('URLs are kept with escapes in upper case: %7E'),
      decoded: tolerated('URLs are kept without needless escapes: ~ for %7e'),
    },
  },
  'url-slash': {
    grade: 'D',
    sentence: 'The path of a URL gets no slash at the end',
    check: 'probes',
    variants: { added: tolerated('Paths of URLs get a slash at the end') },
  },
  'url-query': {
    grade: 'D',
    sentence: 'The query of a URL keeps its order',
    check: 'nothing',
    variants: { sorted: tolerated('Queries of URLs are kept sorted') },
  },
  deliveries: {
    grade: 'B',
    sentence: 'A delivery holds link, extras.visitorId and extras.chatId, and carries no signature',
    check: 'nothing',
    variants: {},
  },
} as const satisfies Record<string, Fact>;
