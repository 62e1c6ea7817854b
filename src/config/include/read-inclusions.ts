import { WrittenText } from '../../model/text.ts';
import type { Complaints } from '../complaints.ts';
import type { FileSections } from '../schema/read-sections.ts';
import { isMap } from '../schema/written-map.ts';
import type { ConfigText, InclusionProblem } from '../source/config-text.ts';
import { type IncludedFile, Inclusions } from './inclusions.ts';

const NOT_FOLLOWED: InclusionProblem = {
  code: 'unreadable-file',
  message: 'what is included here was not read',
  hint: 'load the files with `loadConfig`, which follows the paths',
};

/**
 * What the files include, with a complaint for each circle and for each path that leads nowhere.
 * @param files the sound ones, by their place among the texts.
 */
export function readInclusions(
  texts: readonly ConfigText[],
  files: readonly FileSections[],
  complaints: Complaints,
): { inclusions: Inclusions; isWhole: boolean } {
  const places = new Map(texts.map(({ name }, index) => [name, index]));
  const heads = new Map(files.map(({ file, head }) => [file, head]));
  let isWhole = true;
  const edges = texts.map(({ includes = [] }, index): IncludedFile[] => {
    const head = heads.get(index);
    const written = isMap(head?.located.filled) ? head.located.filled.include : null;
    return (Array.isArray(written) ? written : []).flatMap((path: unknown, item) => {
      const found = includes[item] ?? { problem: NOT_FOLLOWED };
      if ('names' in found) {
        return found.names.flatMap((name) => {
          const file = places.get(name);
          return file === undefined ? [] : [{ file, item }];
        });
      }
      isWhole = false;
      // A path that is not sound was complained of, if perhaps not as an error.
      const isText = typeof path === 'string' || path instanceof WrittenText;
      const isSaid = !isText && complaints.hasErrors;
      if (head && !isSaid) complaints.add({ ...found.problem, place: head.placeOf('include', item) });
      return [];
    });
  });
  const inclusions = new Inclusions(edges);
  for (const { files: circle, item } of inclusions.circles()) {
    const names = [...circle, ...circle.slice(0, 1)].map((file) => texts[file]?.name ?? '');
    const head = heads.get(circle.at(-1) ?? 0);
    complaints.add({
      code: 'include-circle',
      message:
        circle.length === 1
          ? 'this file includes itself'
          : `these files include each other in a circle: ${shown(names).join(' → ')}`,
      hint:
        circle.length === 1
          ? 'name the other files, or put them into a folder of their own'
          : 'what two files need goes into a third one that both include',
      place: head?.placeOf('include', item),
    });
  }
  return { inclusions, isWhole };
}

const MOST_SHOWN = 6;

function shown(names: readonly string[]): string[] {
  if (names.length <= MOST_SHOWN) return [...names];
  return [...names.slice(0, MOST_SHOWN / 2), '…', ...names.slice(-MOST_SHOWN / 2)];
}
