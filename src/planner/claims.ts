import type { DesiredState, PolicyGlob } from '../model/desired.ts';
import type { Fields } from '../model/json.ts';
import { isSamePerson, operatorKey } from '../model/kinds/operator.ts';
import type { LiveObject, ResourceKind } from '../model/resource-kind.ts';
import { emailGlob, type Matches, urlGlob } from './globs.ts';

/** Which live objects belong to whom: the owner, the protected ones, those that prune may delete. */
export interface Claims {
  /** Keys of the owner in any kind that is keyed by e-mail; empty without `account.owner`. */
  ownerKeys: ReadonlySet<string>;
  isProtected(kind: ResourceKind, globText: string): boolean;
  /**
   * The glob that claims a live object, `null` when `--prune` does; `undefined` when nothing does.
   * `movingTo` has the fields of the place that its entry moves to: a claim there counts as well.
   */
  claim(kind: ResourceKind, live: LiveObject, movingTo?: Fields): PolicyGlob | null | undefined;
}

interface CompiledGlob {
  source: PolicyGlob;
  matches: Matches;
}

/** `prune` is the command line's word: `true` claims everything, `false` nothing, `undefined` leaves it to the file. */
export function claimsOf(desired: DesiredState, prune: boolean | undefined): Claims {
  const ownerKeys = ownerKeysOf(desired);
  const compile = (kind: ResourceKind, globs: readonly PolicyGlob[]): CompiledGlob[] =>
    globs.map((source) => ({
      source,
      matches: kind.globsIgnoreCase ? emailGlob(source.glob) : urlGlob(source.glob),
    }));
  const cached = memoiseByKind((kind) => ({
    protect: compile(kind, desired.policy.protect),
    prune: compile(kind, kind.pruneGlobs(desired.policy)),
  }));

  const isProtected = (kind: ResourceKind, globText: string) =>
    cached(kind).protect.some((glob) => glob.matches(globText));
  return {
    ownerKeys,
    isProtected,
    claim: (kind, live, movingTo) => {
      const texts = [live.fields, ...(movingTo ? [movingTo] : [])].map((fields) => kind.globText(fields));
      if (prune === false || ownerKeys.has(live.key)) return undefined;
      if (texts.some((text) => isProtected(kind, text))) return undefined;
      const glob = cached(kind).prune.find((candidate) => texts.some(candidate.matches));
      return glob?.source ?? (prune ? null : undefined);
    },
  };
}

/** The owner's address, and the other one where an entry moves it. */
function ownerKeysOf(desired: DesiredState): Set<string> {
  const owner = desired.owner?.email;
  if (owner === undefined) return new Set();
  const entry = desired.operators?.find((operator) => isSamePerson(operator, owner));
  const addresses = [owner, entry?.email, entry?.movedFrom];
  return new Set(addresses.flatMap((email) => (email === undefined ? [] : operatorKey(email))));
}

function memoiseByKind<T>(make: (kind: ResourceKind) => T): (kind: ResourceKind) => T {
  const known = new Map<ResourceKind, T>();
  return (kind) => {
    const value = known.get(kind) ?? make(kind);
    known.set(kind, value);
    return value;
  };
}
