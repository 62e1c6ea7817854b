import type { SinceThen } from '../../model/drift.ts';
import type { Plan, UnmanagedObject } from '../../model/plan.ts';
import { introductionOf, isAdmin } from '../closing.ts';
import { peopleAmong, peopleIn } from '../people.ts';
import { count, driftSentence, groupByKind, LEFT_THE_FILES, NEW_SINCE_THEN, UNMANAGED } from '../wording.ts';
import { details, listOf, person, prose } from './inline.ts';
import type { Room } from './tables.ts';

type Space = Pick<Room, 'names' | 'value'>;

/** More than these, beside the admins, are folded. */
const OPEN_ROWS = 10;

/** Everything that is live and in no file. */
export function unmanagedSection({ unmanaged }: Pick<Plan, 'unmanaged'>, space: Space): string[] {
  return listSection(`${UNMANAGED} (${unmanaged.length})`, unmanaged, space);
}

/** Of what no file has only the admins. */
export function unmanagedAdmins({ unmanaged }: Pick<Plan, 'unmanaged'>): string[] {
  const space = { names: 0, value: Number.POSITIVE_INFINITY };
  return listSection(`${UNMANAGED} (${unmanaged.length})`, unmanaged.filter(isAdmin), space);
}

/** What became of the account since an apply. */
export function sinceLines(since: SinceThen | null, { changes }: Plan, space: Space): string[] {
  if (since === null) return [];
  const { drift, leavers, newcomers } = since;
  const people = peopleIn(changes);
  const concerned = (drift?.concerns ?? []).map(
    ({ kind, key }) => `${kind} ${person(key, people, space.value)}`,
  );
  const names = listOf(concerned, Math.min(space.names, 20));
  return [
    ...(drift === null ? [] : ['', `**${prose(driftSentence(drift))}** ${names}`.trimEnd()]),
    ...listSection(LEFT_THE_FILES, leavers, space, ({ still }) => [String(still)]),
    ...listSection(NEW_SINCE_THEN, newcomers, space),
  ];
}

/** A heading, a line each with admins whole and first, the rest folded where they are many. */
function listSection<Found extends UnmanagedObject>(
  title: string,
  objects: readonly Found[],
  space: Space,
  more: (object: Found) => string[] = () => [],
): string[] {
  if (objects.length === 0) return [];
  const people = peopleAmong(objects);
  const line = (object: Found) => {
    const room = isAdmin(object) ? Number.POSITIVE_INFINITY : space.value;
    const words = [...introductionOf(object), ...more(object)].map((text) => prose(text, room));
    return `- ${[object.kind, person(object.key, people, room)].join(' ')}${words.map((word) => `, ${word}`).join('')}`;
  };
  const inOrder = groupByKind(objects).flatMap(({ items }) => items);
  const admins = inOrder.filter(isAdmin).map((object) => line(object).replace(/, `?admin`?/, ', **admin**'));
  const others = inOrder.filter((object) => !isAdmin(object));
  const shown = others.slice(0, space.names).map(line);
  const hidden = others.length - shown.length;
  const rest = [
    ...shown,
    ...(hidden === 0 ? [] : [`- ${count(hidden, { one: 'more', many: 'more' })}, not named here`]),
  ];
  const isFolded = others.length > OPEN_ROWS;
  return [
    '',
    `### ${title}`,
    ...(admins.length === 0 ? [] : ['', ...admins]),
    ...(rest.length === 0
      ? []
      : [
          '',
          ...(isFolded
            ? details(`${others.length} ${admins.length > 0 ? 'others' : 'objects'}`, rest)
            : rest),
        ]),
  ];
}
