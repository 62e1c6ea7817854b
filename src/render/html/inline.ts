import type { FieldValue } from '../../model/json.ts';
import { kindNamed } from '../../model/kinds/index.ts';
import type { PlannedChange } from '../../model/plan.ts';
import type { Source } from '../../model/source.ts';
import type { People } from '../people.ts';
import { EMPTY, placeOf } from '../wording.ts';
import { foreign, type Html, html, type Part } from './template.ts';

/** Names in a list before the rest is folded away. */
const NAMES_SHOWN = 10;

export function valueTag(value: FieldValue): Html {
  return value === null || value === ''
    ? html`<span class="empty">${EMPTY}</span>`
    : html`<span class="value">${foreign(String(value))}</span>`;
}

/** `file:line`; the number stays behind the name in whatever direction that is written. */
export function placeTag(source: Source): Html {
  const place = placeOf(source);
  const colon = place.lastIndexOf(':');
  return html`<span class="place">${foreign(place.slice(0, colon))}${place.slice(colon)}</span>`;
}

/** One of our own sentences that holds foreign names in quotes. */
export function sentence(text: string): Html {
  const parts = text.split(/("[^"]+")/);
  return html`<bdi dir="ltr">${parts.map((part, index) => (index % 2 === 1 ? foreign(part) : part))}</bdi>`;
}

/** What to do, with commands and lines of the file between backticks. */
export function advice(text: string): Html {
  const parts = text.split(/`([^`]+)`/);
  return html`${parts.map((part, index) => (index % 2 === 1 ? html`<code>${foreign(part)}</code>` : sentence(part)))}`;
}

/** What identifies a change, its words apart where the key has several: an event above its URL. */
export function keyOf({ kind, key, before, after }: PlannedChange): Html {
  const words = [after, before].map((fields) => (fields ? kindNamed(kind).keyParts(fields).map(String) : []));
  const [first = '', ...more] = words.find((parts) => parts.join(' ') === key) ?? [key];
  return html`<span class="key">${foreign(first)}${more.map((word) => html` <span class="key-more">${foreign(word)}</span>`)}</span>`;
}

/** A person by name and address; whatever has no name by its key. */
export function personTag(
  key: string,
  people: People,
  shownKey = html`<span class="key">${foreign(key)}</span>`,
): Html {
  const name = people.get(key);
  return html`${shownKey}${name === undefined ? null : html` <span class="who">${foreign(name)}</span>`}`;
}

/**
 * All of them, the first few at a glance and the others one click away. Long ones take a line each,
 * short ones stand in columns.
 */
export function nameList(items: readonly Part[], length: 'short' | 'long' = 'short'): Html {
  const list = (some: readonly Part[]) =>
    html`<ul class="names ${length}">${some.map((item) => html`<li>${item}</li>`)}</ul>`;
  // Folding away one or two would take as much room as they do.
  if (items.length <= NAMES_SHOWN + 2) return list(items);
  const rest = items.slice(NAMES_SHOWN);
  return html`${list(items.slice(0, NAMES_SHOWN))}<details class="more"><summary>${rest.length} more</summary>${list(rest)}</details>`;
}
