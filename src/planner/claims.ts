import { addressKey } from '../model/addresses.ts';
import type { DesiredState, PolicyGlob } from '../model/desired.ts';
import { desiredObjects, KINDS, type Kind, sectionOf } from '../model/kinds/index.ts';
import type { LiveObject } from '../model/live.ts';
import { realFields, realOf, type Values } from '../model/text.ts';
import { emailGlob, type Matches, urlGlob } from './globs.ts';

/** Which live objects belong to whom: the owner, the protected ones, those that prune may delete. */
export interface Claims {
  /** Keys of the owner in any kind that is keyed by e-mail; empty without `account.owner`. */
  ownerKeys: ReadonlySet<string>;
  isProtected(kind: Kind, fields: Values): boolean;
  /**
   * The glob that claims a live object, `null` when `--prune` does; `undefined` when nothing does.
   * `movingTo` has the fields of the place that its entry moves to: a claim there counts as well.
   */
  claim(kind: Kind, live: LiveObject, movingTo?: Values): PolicyGlob | null | undefined;
}

interface CompiledGlob {
  source: PolicyGlob;
  matches: Matches;
}

const COMPILERS = { email: emailGlob, url: urlGlob };

/** `prune` is the command line's word: `true` claims everything, `false` nothing, `undefined` leaves it to the file. */
export function claimsOf(desired: DesiredState, prune: boolean | undefined): Claims {
  const ownerKeys = ownerKeysOf(desired);
  const compile = (kind: Kind, globs: readonly PolicyGlob[]): CompiledGlob[] =>
    globs.map((source) => ({ source, matches: COMPILERS[kind.globs](realOf(source.glob)) }));
  const globs = new Map(
    KINDS.map((kind) => [
      kind.name,
      {
        protect: compile(kind, desired.policy.protect),
        prune: compile(kind, kind.pruneGlobs(desired.policy)),
      },
    ]),
  );
  const isProtected = (kind: Kind, fields: Values) => {
    const text = kind.globText(realFields(fields));
    return globs.get(kind.name)?.protect.some((glob) => glob.matches(text)) ?? false;
  };
  // A section that no file has may be a file that was forgotten.
  const isManaged = (kind: Kind) => (desired.sections[sectionOf(kind)] ?? null) !== null;
  return {
    ownerKeys,
    isProtected,
    claim: (kind, live, movingTo) => {
      const places = [live.fields, ...(movingTo ? [movingTo] : [])];
      if (prune === false || ownerKeys.has(live.key) || !isManaged(kind)) return undefined;
      if (places.some((fields) => isProtected(kind, fields))) return undefined;
      const texts = places.map((fields) => kind.globText(realFields(fields)));
      const glob = globs.get(kind.name)?.prune.find((candidate) => texts.some(candidate.matches));
      return glob?.source ?? (prune ? null : undefined);
    },
  };
}

/** The owner's address, and the other one where an entry moves it. */
function ownerKeysOf(desired: DesiredState): Set<string> {
  if (desired.owner === null) return new Set();
  const owner = addressKey(realOf(desired.owner.email));
  const keys = KINDS.flatMap((kind) => desiredObjects(kind, desired) ?? [])
    .map(({ key, previous }) => [key, ...(previous ? [previous.key] : [])])
    .find((addresses) => addresses.includes(owner));
  return new Set([owner, ...(keys ?? [])]);
}
