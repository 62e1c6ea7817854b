import * as z from 'zod';
import { ROLES, STATUS_VALUES } from '../model/desired.ts';
import {
  EVENT_NAME,
  isEmail,
  isFilledText,
  isHttpUrl,
  isRfc3339,
  isText,
  isWebhookUrl,
  parseDuration,
} from './text-rules.ts';

/*
 * What a user writes, after references are replaced. Every `error` below is the noun phrase of what
 * is expected at that place ("must be …"); for unknown keys it is the list of the known ones. The
 * `meta` is what an editor shows.
 */

/** An editor checks a value by its pattern, unless the value holds a reference. */
export const REFERENCE_PATTERN = '\\$\\{(env|secret):';

export const orReference = (pattern: string) => ({ anyOf: [{ pattern }, { pattern: REFERENCE_PATTERN }] });

export function map<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape).join(' ');
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? known : 'a map of keys and values'),
  });
}

function textThat(check: (text: string) => boolean, expected: string) {
  return z.string({ error: expected }).refine(check, { error: expected });
}

export function oneOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  const last = values.at(-1) ?? '';
  return z.enum(values, { error: `${values.slice(0, -1).join(', ')} or ${last}` });
}

export function listOf<Item extends z.ZodType>(item: Item, expected: string) {
  return z.array(item, { error: expected });
}

export const email = textThat(isEmail, 'an e-mail address such as jon.snow@acme.example').meta(
  orReference('^[^@\\s]+@[^@\\s]+$'),
);
export const filledText = textThat(isFilledText, 'text on one line, and not empty').meta({ minLength: 1 });
export const webhookUrl = textThat(
  isWebhookUrl,
  'a URL that starts with https:// (http:// only for localhost), without spaces',
).meta(orReference('^(https://|http://(localhost|[^/]*\\.localhost|127\\.|\\[::1\\]))'));
export const event = textThat(
  (text) => EVENT_NAME.test(text),
  'an event name with dots such as chat.started',
).meta(orReference(EVENT_NAME.source));
export const glob = textThat(isFilledText, 'a glob such as "*@partner.example"').meta({ minLength: 1 });

const DURATION_EXPECTED = 'a duration such as 45s, 30m, 8h or 2d, or a number of seconds, at most 366 days';
const ttl = z
  .union(
    [
      z.string().meta(orReference('^([1-9][0-9]*[smhd]|[0-9]+)$')),
      z.number().meta({ minimum: 1, multipleOf: 1 }),
    ],
    {
      error: DURATION_EXPECTED,
    },
  )
  .refine((written) => parseDuration(written) !== null, { error: DURATION_EXPECTED })
  .meta({
    title: 'Holds for',
    description:
      'How long the status holds after it was set: seconds as a number, or 45s, 30m, 8h, 2d. Either this or `until`.',
    examples: ['8h', '2d', 28800],
  });
const until = textThat(
  isRfc3339,
  'a date and time with seconds and a zone such as 2026-12-24T18:00:00Z',
).meta({
  ...orReference('^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})$'),
  title: 'Holds until',
  description:
    'The time (RFC 3339) up to which the status holds. Once it is in the past, the status is left alone. Either this or `ttl`.',
  examples: ['2026-12-24T18:00:00Z'],
});
const mode = oneOf(['enforce', 'initial']).meta({
  title: 'Mode',
  description:
    '`enforce` sets the status whenever the live one differs; `initial` only when the same plan creates the operator, so that a toggle by the person is no drift.',
  examples: ['enforce', 'initial'],
  default: 'enforce',
});
const statusValue = oneOf(STATUS_VALUES);

export const statusShape = {
  value: statusValue
    .meta({
      title: 'Status',
      description: 'The status to set. It decides who gets new chats.',
      examples: ['online', 'away', 'offline'],
    })
    .optional(),
  ttl: ttl.optional(),
  until: until.optional(),
  mode: mode.optional(),
};

export const status = z
  .union([statusValue, map(statusShape)], {
    error: 'online, away or offline, or a map with value, ttl, until and mode',
  })
  .meta({
    title: 'Status',
    description:
      'The status this operator should have: a word, or a map that also says how long it holds. Left out: not managed, unless `defaults.status` has a value.',
    examples: ['online', { value: 'online', ttl: '8h' }, { value: 'away', until: '2026-12-24T18:00:00Z' }],
  });

export const operatorFields = {
  jobTitle: z
    .union([textThat(isText, 'text on one line'), z.null()], {
      error: 'text on one line, or null to clear it',
    })
    .meta({
      title: 'Job title',
      description: 'Shown to visitors below the name. "" or null clears it; left out, it stays as it is.',
      examples: ['Support engineer'],
    }),
  role: oneOf(ROLES).meta({
    title: 'Role',
    description: '`admin` may change the account, `operator` may chat. The owner’s role cannot change.',
    examples: ['operator', 'admin'],
  }),
  language: filledText.meta({
    title: 'Language',
    description: 'The language of the operator’s own screens, as the account names it.',
    examples: ['en', 'de'],
  }),
  image: z
    .union(
      [
        textThat((text) => text === '' || isHttpUrl(text), 'a URL that starts with https:// or http://'),
        z.null(),
      ],
      { error: 'a URL that starts with https:// or http://, or null to clear it' },
    )
    .meta({
      title: 'Picture',
      description:
        'The URL of the picture that visitors see. "" or null clears it; left out, it stays as it is.',
      examples: ['https://acme.example/jon.png'],
    }),
};

export const essential = z.boolean({ error: 'true or false' }).meta({
  title: 'Essential',
  description: 'Whether the account treats this subscription as essential.',
  examples: [true, false],
});
