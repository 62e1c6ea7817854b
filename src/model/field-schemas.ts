import * as z from 'zod';
import { isEmail, isFilledText, isHttpUrl, isText, isWebhookUrl } from './text-rules.ts';

/*
 * What a user writes, after references are replaced. Every `error` below is the noun phrase of what
 * is expected at that place ("must be …"). The `meta` is what an editor shows.
 */

/** An editor checks a value by its pattern, unless the value holds a reference. */
export const REFERENCE_PATTERN = '\\$\\{(env|secret):';

export const orReference = (pattern: string) => ({ anyOf: [{ pattern }, { pattern: REFERENCE_PATTERN }] });

export function map<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, { error: 'keys with values' });
}

export function textThat(check: (text: string) => boolean, expected: string) {
  return z.string({ error: expected }).refine(check, { error: expected });
}

export function oneOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  const last = values.at(-1) ?? '';
  const others = values.slice(0, -1).join(', ');
  return z.enum(values, { error: others === '' ? last : `${others} or ${last}` });
}

export function listOf<Item extends z.ZodType>(item: Item, expected: string) {
  return z.array(item, { error: expected });
}

export const email = textThat(isEmail, 'an e-mail address such as jon.snow@acme.example').meta(
  orReference('^[^@\\s"“”„«»‘’‹›<>(),;]+@[^@\\s"“”„«»‘’‹›<>(),;]*[^@\\s"“”„«»‘’‹›<>(),;.]$'),
);
export const filledText = textThat(isFilledText, 'text on one line, and not empty').meta({ minLength: 1 });
export const webhookUrl = textThat(
  isWebhookUrl,
  'a URL that starts with https:// (http:// only for localhost), without spaces',
).meta(orReference('^(https://|http://(localhost|[^/]*\\.localhost|127\\.|\\[::1\\]))'));
export const glob = textThat(isFilledText, 'a pattern such as "*@partner.example"').meta({ minLength: 1 });

/** Text on one line that can be cleared: `""` and `null` do. */
export const clearableText = z.union([textThat(isText, 'text on one line'), z.null()], {
  error: 'text on one line, or null to clear it',
});

/** The address of a picture, which can be cleared. */
export const clearableUrl = z.union(
  [
    textThat((text) => text === '' || isHttpUrl(text), 'a URL that starts with https:// or http://'),
    z.null(),
  ],
  { error: 'a URL that starts with https:// or http://, or null to clear it' },
);

/** Shared by every section: what deletes an entry's object. */
export const state = oneOf(['present', 'absent']);
