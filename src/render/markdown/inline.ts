import { escapeForTerminal, showBlanks } from '../escape.ts';
import type { People } from '../people.ts';
import { cutMiddle } from '../width.ts';
import { EMPTY } from '../wording.ts';

/** A backtick run that is still sure to be closed by every renderer. */
const LONGEST_FENCE = 4;

/**
 * Foreign text as inline code, the one container that no flavour looks into: no mention, link,
 * reference, emoji, formula or HTML. A pipe would end a table cell even there, and `##[` be a command to
 * the runner whose log it passes through, so they stand as an entity between two spans. Blanks that
 * would be lost are shown as `\x20`.
 */
export function code(text: string, limit = Number.POSITIVE_INFINITY): string {
  if (text === '') return EMPTY;
  const visible = cutMiddle(showBlanks(escapeForTerminal(text)), limit);
  return visible
    .split(OUTSIDE_CODE)
    .map((part, index) => (index % 2 === 1 ? `&#${part.charCodeAt(0)};` : codeSpan(part)))
    .join('');
}

const OUTSIDE_CODE = /(\||#(?=#(?:vso)?\[))/i;

function codeSpan(text: string): string {
  if (text === '') return '';
  const calm = text.replace(/`{4,}/g, (run) => '\\x60'.repeat(run.length));
  const runs = (calm.match(/`+/g) ?? []).map((run) => run.length);
  let fence = 1;
  while (fence < LONGEST_FENCE && runs.includes(fence)) fence += 1;
  const ticks = '`'.repeat(fence);
  // One blank at both ends is taken off again by the renderer.
  const needsRoom = /^[` ]|[` ]$/.test(calm);
  return needsRoom ? `${ticks} ${calm} ${ticks}` : ticks + calm + ticks;
}

/**
 * A word of a sentence that no flavour gives a meaning: not a link, a reference (`GH-1`, `ABC-12`),
 * a commit id, or the number of a list item.
 */
const PLAIN_WORD = /^\(?(?:[A-Za-z]+(?:-[A-Za-z]+)*(?:'[a-z]+)?[,.;:]?\)?[,.;:]?|\d{1,4}[a-z]?[,;:]?)$/;
/** Signs that may stand behind a quoted part. */
const CLOSING = ',.;:)';
const LIKE_A_COMMIT = /^\(?[0-9a-f]{7,}\W*$/i;

/** A person by address and name, whatever has no name by its key; `more` is Markdown already. */
export function person(key: string, people: People, limit: number, more: readonly string[] = []): string {
  const name = people.get(key);
  const known = [...(name === undefined ? [] : [code(name, limit)]), ...more];
  return known.length === 0 ? code(key, limit) : `${code(key, limit)} (${known.join(', ')})`;
}

/**
 * One of our own sentences that holds foreign names: plain words stay, quoted parts and all else become code,
 * and so does what stands between backticks already.
 */
export function prose(sentence: string, limit = Number.POSITIVE_INFINITY): string {
  const parts =
    cutMiddle(escapeForTerminal(sentence), limit).match(/"[^"]+"[,.;:)]*|\(?`[^`]+`[,.;:)]*|[^ ]+/g) ?? [];
  return parts.map(prosePart).join(' ');
}

function prosePart(part: string): string {
  if (PLAIN_WORD.test(part) && !LIKE_A_COMMIT.test(part)) return part;
  const open = part.startsWith('(') ? '(' : '';
  let end = part.length;
  while (end > open.length && CLOSING.includes(part.charAt(end - 1))) end -= 1;
  const inner = part
    .slice(open.length, end)
    .replace(/^"|"$/g, '')
    .replace(/^`([^`]+)`$/, '$1');
  return inner === '' ? code(part) : open + code(inner) + part.slice(end);
}

/** A sentence that may name targets of the command line. */
export function strong(sentence: string): string {
  return `**${prose(sentence)}**`;
}

/** Names in a row, with an honest count of those that had no room. */
export function listOf(items: readonly string[], shown: number): string {
  if (items.length <= shown) return items.join(', ');
  const hidden = items.length - shown;
  return shown === 0 ? `${hidden}, not named here` : `${items.slice(0, shown).join(', ')} and ${hidden} more`;
}

/** `<details>` whose body is Markdown again: that needs the blank lines. The title is ours. */
export function details(title: string, body: readonly string[]): string[] {
  return [`<details><summary>${title}</summary>`, '', ...body, '', '</details>'];
}
