import * as z from 'zod';
import { urlFrom } from '../model/urls.ts';

/**
 * The bodies that the API takes (grades B and C). What it does with a field it does not
 * know, or a read-only one, is unknown: they are ignored, but for one that the object has already.
 */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const LANGUAGE = /^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$/;
const EVENT = /^[A-Za-z][\w-]*(?:\.[\w-]+)*$/;
/** The vendor's list is not known. */
const STATUS_WORD = /^[a-z][a-z-]*$/;
/** The longest text that a field takes, in characters. */
const MAX_TEXT = 2_048;

const required = (what: string) => ({
  error: (issue: { input?: unknown }) => (issue.input === undefined ? 'is required' : `must be ${what}`),
});

const text = z.string(required('a string')).max(MAX_TEXT, `must have ${MAX_TEXT} characters at most`);

const operatorFields = z.looseObject(
  {
    email: z.string(required('a string')).max(254, 'is too long').regex(EMAIL, 'must be an e-mail address'),
    name: text.min(1, 'must not be empty').nullish(),
    language: z.string(required('a string')).regex(LANGUAGE, 'must be a language code such as en').nullish(),
    jobTitle: text.nullish(),
    /** Which ones are possible is the account's rule: it takes back what it holds already. */
    role: text.nullish(),
    image: text.nullish(),
  },
  'the body must be a JSON object',
);

/** A new operator needs a name and an e-mail. */
export const newOperatorSchema = operatorFields.extend({ name: text.min(1, 'must not be empty') });
export const operatorChangeSchema = operatorFields.partial({ email: true });
export type OperatorInput = z.infer<typeof operatorChangeSchema>;

const webhookFields = z.looseObject(
  {
    event: z.string(required('a string')).regex(EVENT, 'must be an event name such as chat.started'),
    targetUrl: z
      .string(required('a string'))
      .max(MAX_TEXT, 'is too long')
      .refine(isWebUrl, 'must be an http or https URL'),
    essential: z.boolean(required('true or false')).optional(),
  },
  'the body must be a JSON object',
);

export const newWebhookSchema = webhookFields.extend({
  essential: z.boolean(required('true or false')).default(false),
});
export const webhookChangeSchema = webhookFields.partial();
export type NewWebhook = z.infer<typeof newWebhookSchema>;
export type WebhookInput = z.infer<typeof webhookChangeSchema>;

/** Exactly one of `ttl` (seconds) and `validUntil` (RFC 3339). */
export const statusSchema = z
  .object(
    {
      status: z.string(required('a string')).regex(STATUS_WORD, 'must be a word such as online'),
      ttl: z.int(required('a whole number of seconds')).positive('must be more than 0').optional(),
      validUntil: z.iso.datetime({ offset: true, ...required('a date and time (RFC 3339)') }).optional(),
    },
    'the body must be a JSON object',
  )
  .refine(({ ttl, validUntil }) => (ttl === undefined) !== (validUntil === undefined), {
    error: 'exactly one of ttl and validUntil must be given',
  });
export type StatusInput = z.infer<typeof statusSchema>;

function isWebUrl(value: string): boolean {
  return /^https?:$/.test(urlFrom(value)?.protocol ?? '');
}
