import { isDeepStrictEqual } from 'node:util';
import type { Complaint } from '../complaints.ts';
import type { Inclusions } from '../include/inclusions.ts';
import { JOINED_KEYS, type WrittenHead } from '../schema/file-schema.ts';
import type { FileSections, Head } from '../schema/read-sections.ts';
import { isMap } from '../schema/written-map.ts';
import type { Path } from '../source/locate.ts';
import { LayeredMap } from './layered-map.ts';

export type Add = (complaint: Complaint) => void;

/** What a file says at a path. */
interface Saying {
  file: number;
  head: Head;
  value: unknown;
  /** As it really is, to be compared. */
  real: unknown;
}

/** Whose word holds at a path, and below it. */
interface Origin {
  head: Head;
  below: Map<PropertyKey, Origin>;
}

/** The files as one: of what is said by key the including file's word holds, down to single values and lists. */
export function joinHeads(files: readonly FileSections[], inclusions: Inclusions, add: Add): Head {
  const [first, ...others] = files.map(({ head }) => head);
  if (!first) throw new TypeError('nothing is no configuration');
  const origin: Origin = { head: first, below: new Map() };
  const keys: Record<string, unknown> = {};
  for (const key of Object.keys(JOINED_KEYS)) {
    const sayings = files.flatMap(({ file, head }): Saying[] => {
      const value = head.keys[key];
      const { real } = head.located;
      return value === undefined ? [] : [{ file, head, value, real: isMap(real) ? real[key] : undefined }];
    });
    const side = checkStandsOnce(key, files, inclusions, add);
    const heard = side === null ? sayings : sayings.filter(({ file }) => side.has(file));
    if (heard.length > 0) keys[key] = join(heard, [key], origin, { inclusions, add });
  }
  return new LayeredMap<WrittenHead & Record<string, unknown>>(
    keys as Head['keys'],
    [first, ...others],
    (path) => headAt(origin, path),
  );
}

function headAt(origin: Origin, path: Path): Head {
  let found = origin;
  for (const step of path) {
    const below = found.below.get(step);
    if (!below) break;
    found = below;
  }
  return found.head;
}

interface JoinContext {
  inclusions: Inclusions;
  add: Add;
}

function join(sayings: readonly Saying[], path: Path, parent: Origin, context: JoinContext): unknown {
  const heard = heardOf(sayings, path, context.inclusions);
  const [first] = context.inclusions.outermost(heard);
  if (!first) throw new TypeError('nobody says anything');
  const origin: Origin = { head: first.head, below: new Map() };
  const step = path.at(-1);
  if (step !== undefined) parent.below.set(step, origin);
  if (heard.length === 1) return first.value;
  if (heard.every((saying) => isJoined(saying, path))) {
    const keys = [...new Set(heard.flatMap(({ value }) => Object.keys(value as object)))];
    const joined: Record<string, unknown> = Object.create(null);
    for (const key of keys) {
      const below = heard.flatMap(({ value, real, ...who }): Saying[] =>
        isMap(value) && isMap(real) && Object.hasOwn(value, key)
          ? [{ ...who, value: value[key], real: real[key] }]
          : [],
      );
      joined[key] = join(below, [...path, key], origin, context);
    }
    return joined;
  }
  const other = heard.find(({ real }) => !isDeepStrictEqual(real, first.real));
  if (other) context.add(conflict(path, other, first));
  return first.value;
}

/** Without what an including file's word stands in for. */
function heardOf(sayings: readonly Saying[], path: Path, inclusions: Inclusions): Saying[] {
  const heard = sayings.filter(
    (saying) =>
      !sayings.some(
        (outer) =>
          inclusions.includes(outer.file, saying.file) && !(isJoined(outer, path) && isJoined(saying, path)),
      ),
  );
  return heard.length > 0 ? heard : [...sayings];
}

/** Whether it is a map of which each key is looked at by itself. */
function isJoined({ value }: Saying, [key, ...path]: Path): boolean {
  if (!isMap(value)) return false;
  const whole = JOINED_KEYS[String(key)]?.whole ?? [];
  return !whole.some((pattern) => {
    const steps = pattern.split('.');
    return steps.length === path.length && steps.every((step, at) => step === '*' || step === path[at]);
  });
}

function conflict(path: Path, other: Saying, first: Saying): Complaint {
  return {
    code: 'conflicting-keys',
    message: `"${path.join('.')}" is not the same in two included files`,
    hint: 'say in the file that includes both which it is, or take it out of one of them',
    place: other.head.placeOfKey(...path),
    related: { message: 'the other one says it here', place: first.head.placeOfKey(...path) },
  };
}

/**
 * Of files side by side one says it, with what it includes. After a complaint the files that are listened to,
 * else `null`.
 */
function checkStandsOnce(
  key: string,
  files: readonly FileSections[],
  inclusions: Inclusions,
  add: Add,
): ReadonlySet<number> | null {
  const having = files.filter(({ head }) => head.has(key));
  const sides = inclusions.roots.flatMap((root) => {
    const side = having.filter(({ file }) => file === root || inclusions.includes(root, file));
    return side.length > 0 ? [{ root, side }] : [];
  });
  const [first, ...others] = sides;
  if (!first) return null;
  let isRepeated = false;
  for (const { side } of others) {
    const here = side.find((one) => !first.side.includes(one));
    const there = first.side.find((one) => !side.includes(one));
    if (!here || !there) continue;
    isRepeated = true;
    add({
      code: 'repeated-section',
      message: `"${key}" stands in two files`,
      hint: 'all files are one configuration: keep it in one of them',
      place: here.head.placeOfKey(key),
      related: { message: 'the first one is here', place: there.head.placeOfKey(key) },
    });
  }
  return isRepeated ? new Set([first.root, ...inclusions.reachOf(first.root)]) : null;
}
