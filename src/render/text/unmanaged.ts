import type { ObjectName, UnmanagedObject } from '../../model/plan.ts';
import { introductionOf, isAdmin } from '../closing.ts';
import { type People, peopleAmong } from '../people.ts';
import { displayWidth, padTo } from '../width.ts';
import { groupByKind } from '../wording.ts';
import { fitLines } from './lines.ts';
import { keyAndName } from './people.ts';
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
      const text = [keyAndName(object.key, people), ...(words?.(object) ?? [])].join(', ');
      const marked = isMarked?.(object) === true;
      const parts = fitLines(text, layout.width - nounWidth - 4, marked || layout.verbose);
      return marked ? parts.map(layout.styles.warning) : parts;
    });
    return lines.map((line, index) => `  ${padTo(index === 0 ? kind.noun.many : '', nounWidth)}  ${line}`);
  });
}
