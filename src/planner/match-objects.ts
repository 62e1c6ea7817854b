import type { DesiredObject } from '../model/desired.ts';
import type { Kind } from '../model/kinds/index.ts';
import type { LiveObject } from '../model/live.ts';
import type { Diagnostic } from '../model/source.ts';
import { realFields, type Values } from '../model/text.ts';
import { type Found, findPlaces, looksAlike, type Places, partsOf, wholeKey } from './live-index.ts';
import type { Presenter } from './presenter.ts';

/** A desired object and the live one that it is about. */
export interface Match {
  desired: DesiredObject;
  live: LiveObject | null;
  /** The live object still has the key that `movedFrom` names. */
  moves: boolean;
  /** Its key becomes the entry's: it moves, or a part that its identity leaves out is another one. */
  rekeys: boolean;
  /** The account writes the key otherwise, and keeps it so. */
  isRespelled: boolean;
  /** Further live objects with the same key. */
  surplus: LiveObject[];
  /** What an apply that stopped half-way left at the old key, for prune to finish. */
  rest: readonly LiveObject[];
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
  const errors =
    kind.liveDuplicates === 'error' ? duplicateErrors(kind, groupByKey(live), presenter, matters) : [];
  const taken = new Set<LiveObject>();
  const take = (found: Found | null) => {
    for (const object of found?.objects ?? []) taken.add(object);
  };
  const matches = [...findPlaces(kind, desired, live)].map(([entry, places]): Match => {
    const { here, before } = places;
    take(here);
    take(before);
    const isRest = here && kind.liveDuplicates === 'surplus' && before?.objects.every(isClaimed);
    if (here && before && entry.previous && !isRest && !kind.partOf) {
      if (matters(entry.key, entry.previous.key)) {
        errors.push(bothLiveError(kind, entry, entry.previous.fields, presenter));
      }
    }
    const rest = isRest ? (before?.objects ?? []) : [];
    return { ...matchOf(kind, entry, places, presenter), rest };
  });
  const leftOver = live.filter((object) => !taken.has(object));
  return { matches, leftOver, errors };
}

function matchOf(
  kind: Kind,
  desired: DesiredObject,
  places: Places,
  presenter: Presenter,
): Omit<Match, 'rest'> {
  const { here, before } = places;
  const found = here ?? before;
  const moves = here === null && before !== null;
  const place = moves && desired.previous ? desired.previous.fields : desired.fields;
  const [first = null, ...surplus] = found ? preferred(found, desired) : [];
  const isSpelling = (object: LiveObject) =>
    partsOf(object).some((fields) => looksAlike(kind, place, fields));
  const isAnotherSpelling = first !== null && isSpelling(first) && !isSame(kind, place, first);
  const rekeys = moves || (first !== null && desired.identity !== undefined && !isSpelling(first));
  // But for its spelling the file has it, so there is nothing to hide but secrets.
  const known = (object: LiveObject) => (isSpelling(object) ? presenter.familiar(kind, object) : object);
  return {
    desired,
    live: first && isAnotherSpelling ? known(first) : first,
    moves,
    rekeys,
    isRespelled: isAnotherSpelling,
    surplus: found?.isAlike ? surplus.map(known) : surplus,
    note: movedNote(desired, here, before),
  };
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

/**
 * The one that needs no update first, then by id: the same answer in whatever order the API lists them. Among
 * look-alikes nothing but the id counts.
 */
function preferred({ objects, isAlike }: Found, desired: DesiredObject): LiveObject[] {
  if (objects.length < 2) return [...objects];
  const fields = Object.entries(realFields(desired.fields));
  const differs = (object: LiveObject) => {
    const live = realFields(object.fields);
    return !isAlike && fields.some(([field, value]) => (live[field] ?? null) !== value) ? 1 : 0;
  };
  return objects.toSorted((a, b) => differs(a) - differs(b) || (a.id < b.id ? -1 : 1));
}

/** Whether the key is the same one in the same spelling, as far as it is compared. */
function isSame(kind: Kind, fields: Values, object: LiveObject): boolean {
  return partsOf(object).some((part) => wholeKey(kind, part) === wholeKey(kind, fields));
}

function movedNote(entry: DesiredObject, here: Found | null, before: Found | null): Match['note'] {
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
    hint: `remove movedFrom, and list ${from} by itself (with \`state: absent\` to delete that ${kind.noun.one})`,
    source: entry.source,
  };
}
