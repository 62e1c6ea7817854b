import * as z from 'zod';
import { DEFAULT_STATUS_TTL } from '../../model/desired.ts';
import type { Fields } from '../../model/json.ts';
import type { LiveOperator, LiveWebhook } from '../../model/live.ts';
import type { KindName } from '../../model/plan.ts';
import type { Call } from '../http/http-exchange.ts';

/*
 * Every fact about the API that the vendor does not document (grades B to D), in one place.
 * A: the vendor's reference. B: seen in clients that work. C: inferred. D: assumed.
 */

/** A list that can be read: its path (A for operators, B for subscriptions) and its entries' form. */
export interface WireList<T> {
  /** The word for it in sentences. */
  name: string;
  path: string;
  entry: z.ZodType<T>;
}

/** Grade A: answers 200 where the token works; its body is opaque. */
export const TOKEN_CHECK_PATH = '/me.json';

/** A text field that the account may leave empty. */
const optionalText = z
  .string()
  .nullish()
  .transform((text) => (text === undefined || text === '' ? null : text));
/** Opaque (A). */
/** Opaque, but for what a path would take for a folder. */
const id = z
  .string()
  .min(1)
  .regex(/^(?!\.{1,2}$)/, 'is no id');

/** Grade A for the fields. */
export const OPERATORS: WireList<LiveOperator> = {
  name: 'operators',
  path: '/operators',
  entry: z.object({
    id,
    email: z.string().min(1),
    name: optionalText,
    language: optionalText,
    jobTitle: optionalText,
    role: optionalText,
    image: optionalText,
    lastStatus: optionalText,
    realStatus: optionalText,
    lastLoginAt: optionalText,
    lastActivityAt: optionalText,
  }),
};

/** Grade B. */
export const WEBHOOKS: WireList<LiveWebhook> = {
  name: 'subscriptions',
  path: '/events/subscriptions',
  entry: z.object({
    id,
    event: z.string().min(1),
    targetUrl: z.string().min(1),
    essential: z
      .boolean()
      .nullish()
      .transform((essential) => essential ?? false),
  }),
};

export interface WirePage {
  result: unknown[];
  /** Where the list goes on; lists elsewhere in this API say so in `links.next` (B). */
  next: string | null;
  /** Entries of the whole list, where the answer says so (D). */
  total: number | null;
}

const wrappedList = z.object({
  result: z.array(z.unknown()),
  links: z
    .object({ next: z.string().nullish() })
    .nullish()
    // Links of another form than an object cannot hold a next one.
    .or(z.array(z.unknown()).transform(() => null)),
  total: z.unknown().optional(),
});

/** `null`: the answer is no list. Wrapped as `{"result":[…]}` (A) or bare (tolerated). */
export function parseListPage(json: unknown): WirePage | null {
  if (Array.isArray(json)) return { result: json, next: null, total: null };
  const parsed = wrappedList.safeParse(json);
  if (!parsed.success) return null;
  const { result, links, total } = parsed.data;
  return { result, next: links?.next || null, total: typeof total === 'number' ? total : null };
}

const createAnswer = z.union([
  z.object({ result: z.object({ id }) }).transform((answer) => answer.result.id),
  z.object({ id }).transform((answer) => answer.id),
]);

/** The id that a create answers with, in either place (D); `null` where it is in neither. */
export function idOfCreated(json: unknown): string | null {
  const parsed = createAnswer.safeParse(json);
  return parsed.success ? parsed.data : null;
}

const OPERATOR_FIELDS = ['email', 'name', 'jobTitle', 'role', 'language', 'image'];
/** Emptied by an empty text (D). */
const CLEARABLE = ['jobTitle', 'image'];
const WEBHOOK_FIELDS = ['targetUrl', 'event', 'essential'];

/** `POST /operators` (C) and `POST /events/subscriptions` (B). */
export function createCall(kind: KindName, fields: Fields): Call {
  switch (kind) {
    case 'operator':
      return { method: 'POST', path: OPERATORS.path, nature: 'create', body: given(fields, OPERATOR_FIELDS) };
    case 'webhook':
      return { method: 'POST', path: WEBHOOKS.path, nature: 'create', body: given(fields, WEBHOOK_FIELDS) };
    case 'status':
      throw new TypeError('a status is set, not created');
  }
}

/** `PUT` with every writable field, right whether it merges or replaces (C, D); `POST …/status` (B). */
export function updateCall(kind: KindName, idOfIt: string, fields: Fields): Call {
  switch (kind) {
    case 'operator':
      return {
        method: 'PUT',
        path: below(OPERATORS, idOfIt),
        nature: 'repeatable',
        body: operatorUpdate(fields),
      };
    case 'webhook':
      return {
        method: 'PUT',
        path: below(WEBHOOKS, idOfIt),
        nature: 'repeatable',
        body: given(fields, WEBHOOK_FIELDS),
      };
    case 'status':
      return {
        method: 'POST',
        path: `${below(OPERATORS, idOfIt)}/status`,
        nature: 'repeatable',
        body: statusBody(fields),
      };
  }
}

/** Grade C. */
export function deleteCall(kind: KindName, idOfIt: string): Call {
  if (kind === 'status') throw new TypeError('a status is never deleted');
  const list = kind === 'operator' ? OPERATORS : WEBHOOKS;
  return { method: 'DELETE', path: below(list, idOfIt), nature: 'repeatable' };
}

function below(list: { path: string }, idOfIt: string): string {
  // `.` and `..` would climb out of the list even when percent-encoded.
  if (/^\.{0,2}$/.test(idOfIt)) throw new TypeError(`"${idOfIt}" is no id`);
  return `${list.path}/${encodeURIComponent(idOfIt)}`;
}

/** Those of the named fields that have a value. */
function given(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
      return value === undefined || value === null ? [] : [[name, value]];
    }),
  );
}

function operatorUpdate(fields: Fields): Fields {
  const cleared = CLEARABLE.filter((name) => Object.hasOwn(fields, name) && fields[name] === null);
  return { ...given(fields, OPERATOR_FIELDS), ...Object.fromEntries(cleared.map((name) => [name, ''])) };
}

/** Exactly one of `ttl` and `validUntil` (B). */
function statusBody(fields: Fields): Fields {
  const { status, ttl, validUntil } = given(fields, ['status', 'ttl', 'validUntil']);
  if (status === undefined) throw new TypeError('a status without its value');
  return validUntil === undefined ? { status, ttl: ttl ?? DEFAULT_STATUS_TTL } : { status, validUntil };
}
