import type { ObjectName, UnmanagedObject } from '../../model/plan.ts';
import { introductionOf, isAdmin } from '../closing.ts';
import { type People, peopleAmong } from '../people.ts';
import { displayWidth, padTo } from '../width.ts';
import { groupByKind } from '../wording.ts';
import { fitLines } from './lines.ts';
import { keyAndName, withShorterName } from './people.ts';
import type { Layout } from './style.ts';

/** Each on a line of its own with who or what it is; none is left out, and admins are never cut. */
export function unmanagedLines<Found extends UnmanagedObject>(
  objects: readonly Found[],
  layout: Layout,
  more: (object: Found) => string[] = () => [],
): string[] {
  return objectLines<Found>(objects, peopleAmong(objects), layout, {
    words: (object) => [...introductionOf(object), ...more(object)],
    isMarked: isAdmin,
  });
}

/** Objects by their kind, each on a line of its own. */
export function objectLines<Named extends ObjectName>(
  objects: readonly Named[],
  people: People,
  layout: Layout,
  { words, isMarked }: { words?(object: Named): string[]; isMarked?(object: Named): boolean } = {},
): string[] {
  const groups = groupByKind(objects);
  const nounWidth = Math.max(0, ...groups.map(({ kind }) => displayWidth(kind.noun.many)));
  return groups.flatMap(({ kind, items }) => {
    const lines = items.flatMap((object) => {
      const marked = isMarked?.(object) === true;
      const room = layout.width - nounWidth - 4;
      const told = words?.(object) ?? [];
      const line = (who: string) => [who, ...told].join(', ');
      const whole = line(keyAndName(object.key, people));
      const excess = displayWidth(whole) - room;
      const keepWhole = marked || layout.verbose || excess <= 0;
      // What somebody is counts for more than the end of their name.
      const shorter = keepWhole ? null : withShorterName(object.key, people, excess);
      const parts = shorter ? [line(shorter)] : fitLines(whole, room, keepWhole || told.length > 0);
      return marked ? parts.map(layout.styles.warning) : parts;
    });
    return lines.map((line, index) => `  ${padTo(index === 0 ? kind.noun.many : '', nounWidth)}  ${line}`);
  });
}
