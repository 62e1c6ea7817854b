import type { ImpactEntry, ImpactItem } from '../../model/kinds/kind.ts';
import type { PlannedChange } from '../../model/plan.ts';
import { impactOf } from '../impact.ts';
import { type People, peopleIn } from '../people.ts';
import { NAMED_IN_VERDICT, verdictOpening, verdictParts } from '../verdict.ts';
import { count, uncapitalised } from '../wording.ts';
import { code, listOf, person, prose } from './inline.ts';
import type { Room } from './tables.ts';

/** One sentence: what will happen to whom. */
export function verdict(changes: readonly PlannedChange[], isRefused: boolean, named: boolean): string {
  const people = peopleIn(changes);
  const what = verdictParts(changes, named ? NAMED_IN_VERDICT : 0)
    .map((part) => (typeof part === 'string' ? part : person(part.key, people, Number.POSITIVE_INFINITY)))
    .join('');
  return `**${verdictOpening(isRefused)}** ${what}.`;
}

/** How much of an entry there is room for. */
type EntryRoom = Pick<Room, 'names' | 'value'>;

const WHOLE: EntryRoom = { names: Number.POSITIVE_INFINITY, value: Number.POSITIVE_INFINITY };

/** Who is concerned, and how. Those who lose access and admin changes are always all named. */
export function impactLines(changes: readonly PlannedChange[], room: Room): string[] {
  const people: People = room.compact ? new Map() : peopleIn(changes);
  const lines = impactOf(changes).flatMap((entry) =>
    entryLines(entry, people, isWhole(entry) ? WHOLE : room),
  );
  return lines.length === 0 ? [] : ['', '### Impact', '', ...lines];
}

function isWhole({ gravity, each }: ImpactEntry): boolean {
  return gravity === 'grave' || (gravity === 'weighty' && each === undefined);
}

function entryLines({ title, each, items }: ImpactEntry, people: People, room: EntryRoom): string[] {
  if (!each) {
    const texts = items.map((item) => itemText(item, people, room));
    return [`- **${title}:** ${listOf(texts, room.names)}`];
  }
  const lines = items
    .slice(0, room.names)
    .map(
      ({ name = '', details = [] }) =>
        `- ${code(name, room.value)} ${each.does}: ${detailsText(details, room)}`,
    );
  const hidden = items.length - lines.length;
  if (hidden === 0) return lines;
  const { one, many } = each.noun;
  const noun = lines.length === 0 ? { one, many } : { one: `more ${one}`, many: `more ${many}` };
  return [...lines, `- ${count(hidden, noun)}, not named here: ${uncapitalised(title)}`];
}

function detailsText(details: readonly string[], { value, names }: EntryRoom): string {
  return listOf(
    details.map((detail) => code(detail, value)),
    names,
  );
}

/** `ADDRESS (NAME, offline → online for 12h)`. */
function itemText({ name, details, sides, note }: ImpactItem, people: People, room: EntryRoom): string {
  const words = [
    ...(sides ? [sidesText(sides, room)] : []),
    ...(details ? [detailsText(details, room)] : []),
    ...(note === undefined ? [] : [prose(note)]),
  ].join(' ');
  if (name === undefined) return words;
  return person(name, people, room.value, words === '' ? [] : [words]);
}

function sidesText({ before, after }: NonNullable<ImpactItem['sides']>, { value }: EntryRoom): string {
  const now = code(after ?? '', value);
  return before === null ? now : `${code(before, value)} → ${now}`;
}
