import type { DesiredObject } from '../model/desired.ts';
import type { Kind } from '../model/kinds/index.ts';
import type { LiveObject } from '../model/live.ts';
import type { Diagnostic } from '../model/source.ts';
import { realFields, type Values } from '../model/text.ts';
import type { Presenter } from './presenter.ts';

/** A desired object and the live one that it is about. */
export interface Match {
  desired: DesiredObject;
  live: LiveObject | null;
  /** The live object still has the key that `movedFrom` names. */
  moves: boolean;
  /** Further live objects with the same key. */
  surplus: LiveObject[];
  /** `movedFrom` has nothing left to do, or never had. */
  note: 'moved-already' | 'moved-from-missing' | null;
}

export interface Matching {
  matches: Match[];
  /** Live objects that no entry is about. */
  leftOver: LiveObject[];
  errors: Diagnostic[];
}

export interface MatchOptions {
  presenter: Presenter;
  /** Whether an error about these keys matters to the plan: `--target` may leave them out. */
  matters(...keys: string[]): boolean;
  /** Whether prune deletes a live object that no entry is about. */
  isClaimed(live: LiveObject): boolean;
}

/** Finds for every desired object its live one, by key or by the key before `movedFrom`. */
export function matchObjects(
  kind: Kind,
  desired: readonly DesiredObject[],
  live: readonly LiveObject[],
  { presenter, matters, isClaimed }: MatchOptions,
): Matching {
  const byKey = groupByKey(live);
  const errors = kind.liveDuplicates === 'error' ? duplicateErrors(kind, byKey, presenter, matters) : [];
  const taken = new Set<string>();
  const matches = desired.map((entry): Match => {
    const here = byKey.get(entry.key);
    const before = entry.previous && byKey.get(entry.previous.key);
    if (here) taken.add(entry.key);
    // What was left at the old key by an apply that stopped half-way is there for prune to finish.
    const isRest = here !== undefined && kind.liveDuplicates === 'surplus' && before?.every(isClaimed);
    if (before && entry.previous && !isRest) taken.add(entry.previous.key);
    if (here && before && entry.previous && !isRest && !kind.partOf) {
      if (matters(entry.key, entry.previous.key)) {
        errors.push(bothLiveError(kind, entry, entry.previous.fields, presenter));
      }
    }
    const group = here ?? before ?? [];
    const [primary = null, ...surplus] = preferred(group, entry);
    const moves = !here && before !== undefined;
    return { desired: entry, live: primary, moves, surplus, note: movedNote(entry, here, before) };
  });
  const leftOver = live.filter((object) => !taken.has(object.key));
  return { matches, leftOver, errors };
}

export function groupByKey(live: readonly LiveObject[]): Map<string, LiveObject[]> {
  const byKey = new Map<string, LiveObject[]>();
  for (const object of live) {
    const group = byKey.get(object.key);
    if (group) group.push(object);
    else byKey.set(object.key, [object]);
  }
  return byKey;
}

/** The one that needs no update first, then by id: the same answer in whatever order the API lists them. */
function preferred(group: readonly LiveObject[], desired: DesiredObject): LiveObject[] {
  if (group.length < 2) return [...group];
  const fields = Object.entries(realFields(desired.fields));
  const differs = (object: LiveObject) => {
    const live = realFields(object.fields);
    return fields.some(([field, value]) => (live[field] ?? null) !== value) ? 1 : 0;
  };
  return group.toSorted((a, b) => differs(a) - differs(b) || (a.id < b.id ? -1 : 1));
}

function movedNote(
  entry: DesiredObject,
  here: LiveObject[] | undefined,
  before: LiveObject[] | undefined,
): Match['note'] {
  if (entry.previous === undefined || before) return null;
  return here ? 'moved-already' : 'moved-from-missing';
}

function duplicateErrors(
  kind: Kind,
  byKey: Map<string, LiveObject[]>,
  presenter: Presenter,
  matters: MatchOptions['matters'],
): Diagnostic[] {
  if (kind.partOf) return [];
  return [...byKey.values()].flatMap((group) => {
    const [first] = group;
    if (!first || group.length < 2 || !matters(first.key)) return [];
    const ids = group.map((object) => object.id).sort();
    return {
      severity: 'error' as const,
      code: 'live-duplicate',
      message: `the account has ${group.length} ${kind.noun.many} with the key ${presenter.key(kind, first.fields)} (ids ${ids.join(', ')})`,
      hint: 'which of them is meant cannot be told: delete or rename one of them in the Chaport app',
    };
  });
}

function bothLiveError(kind: Kind, entry: DesiredObject, previous: Values, presenter: Presenter): Diagnostic {
  const [from, to] = [presenter.key(kind, previous), presenter.key(kind, entry.fields)];
  return {
    severity: 'error',
    code: 'moved-both-live',
    message: `movedFrom: the account has both ${from} and ${to}, so neither can become the other`,
    hint: `remove movedFrom, and give ${from} an entry of its own (with \`state: absent\` to delete that ${kind.noun.one})`,
    source: entry.source,
  };
}
