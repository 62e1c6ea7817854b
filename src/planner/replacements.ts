import type { DesiredObject } from '../model/desired.ts';
import type { Kind } from '../model/kinds/index.ts';
import type { LiveObject } from '../model/live.ts';
import type { PlanRefusal, PlanWarning } from '../model/plan.ts';
import { realFields, type Values } from '../model/text.ts';
import type { DraftChange, DraftOptions } from './draft.ts';
import type { Match } from './match-objects.ts';
import { identifying, type Presenter } from './presenter.ts';
import { isTargeted } from './targets.ts';

/** What of one kind is in the files and in the account, beside `--target`. */
export interface Survey {
  kind: Kind;
  matches: readonly Match[];
  leftOver: readonly LiveObject[];
}

/** How many of the prune-deletes of a kind only make room for what takes their place. */
export function excusedDeletes(kind: Kind, changes: readonly DraftChange[]): number {
  const { replacement } = kind;
  if (replacement?.isMeant !== true) return 0;
  const likenesses = (action: DraftChange['action']) =>
    changes
      .filter(
        (change) => change.kind === kind && change.action === action && !change.twinStays && !change.isRest,
      )
      .filter((change) => action === 'create' || change.claimedBy !== undefined)
      .map(({ live, after }) => replacement.likeness(realFields(after ?? live?.fields ?? {})));
  const free = countOf(likenesses('delete'));
  return likenesses('create').filter((likeness) => likeness !== null && take(free, likeness)).length;
}

function countOf(likenesses: readonly (string | null)[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const likeness of likenesses) {
    if (likeness !== null) counts.set(likeness, (counts.get(likeness) ?? 0) + 1);
  }
  return counts;
}

function take(counts: Map<string, number>, likeness: string): boolean {
  const left = counts.get(likeness) ?? 0;
  counts.set(likeness, left - 1);
  return left > 0;
}

/**
 * A new one beside one of the same likeness that leaves may be the same one, written without `movedFrom`.
 * That goes over the whole account: what `--target` leaves out follows with the next plan.
 */
export function judgeRenames(
  { kind, matches, leftOver }: Survey,
  options: DraftOptions,
): { refusals: PlanRefusal[]; warnings: PlanWarning[] } {
  const refusals: PlanRefusal[] = [];
  const warnings: PlanWarning[] = [];
  const { claims, presenter, targets } = options;
  for (const { entry, old } of likePairs(kind, matches, leftOver)) {
    const isNewTargeted = isTargeted(kind, targets, entry.key, entry.previous?.key);
    const others = old.filter(({ key }) => !claims.ownerKeys.has(key));
    const leaving = others
      .filter((live) => claims.claim(kind, live) !== undefined)
      .filter(({ key }) => isNewTargeted || isTargeted(kind, targets, key));
    const staying = others.filter((live) => isNewTargeted && claims.claim(kind, live) === undefined);
    const { source } = entry;
    if (leaving.length > 0) {
      const { fact, ways } = wordsFor(kind, entry, leaving, presenter);
      const message = `${fact} would be deleted by prune: ${riskOf(kind)}`;
      refusals.push({ code: 'looks-renamed', message, hint: ways, source });
    }
    if (staying.length > 0) {
      const { fact, ways } = wordsFor(kind, entry, staying, presenter);
      warnings.push({
        code: 'looks-renamed',
        message: `${fact} is in the account and not in the files; ${ways}`,
        source,
      });
    }
  }
  return { refusals, warnings };
}

/** What is to be created, with the live objects of the same likeness that no entry is about. */
function likePairs(
  kind: Kind,
  matches: readonly Match[],
  leftOver: readonly LiveObject[],
): { entry: DesiredObject; old: LiveObject[] }[] {
  const { replacement } = kind;
  if (replacement?.isMeant !== false) return [];
  const likenessOf = (fields: Values) => replacement.likeness(realFields(fields));
  const byLikeness = new Map<string, LiveObject[]>();
  for (const object of leftOver) {
    const likeness = likenessOf(object.fields);
    if (likeness === null) continue;
    byLikeness.set(likeness, [...(byLikeness.get(likeness) ?? []), object]);
  }
  return matches.flatMap(({ desired, live }) => {
    const likeness = live === null && !desired.absent ? likenessOf(desired.fields) : null;
    const old = likeness === null ? undefined : byLikeness.get(likeness);
    return old ? [{ entry: desired, old }] : [];
  });
}

function riskOf({ replacement }: Kind): string {
  return replacement?.isMeant === false ? replacement.risk : '';
}

function wordsFor(
  kind: Kind,
  entry: DesiredObject,
  old: readonly LiveObject[],
  presenter: Presenter,
): { fact: string; ways: string } {
  const { noun, replacement } = kind;
  const created = presenter.key(kind, identifying(entry));
  const keys = old.map(({ fields }) => presenter.key(kind, fields)).sort();
  const { what = '', who = '' } = replacement?.isMeant === false ? replacement : {};
  return {
    fact: `${noun.one} ${created} would be created, while ${keys.join(' and ')} with the same ${what}`,
    ways: `if it is one ${who}, write \`movedFrom: ${keys.join(' or ')}\` below ${created}; if they are two, list ${keys.join(' and ')} with \`state: absent\``,
  };
}

/** Two of one event that differ in nothing but a key: both get it, and one of them was meant to be gone. */
export function warnOfOtherKeys(
  { kind, matches, leftOver }: Survey,
  { claims, presenter, targets }: DraftOptions,
): PlanWarning[] {
  const { replacement } = kind;
  if (replacement?.isMeant !== true) return [];
  const { besideKeys, inPlace } = replacement;
  const kept = new Map<string, LiveObject[]>();
  for (const object of leftOver) {
    if (claims.claim(kind, object) !== undefined) continue;
    const likeness = besideKeys(realFields(object.fields));
    kept.set(likeness, [...(kept.get(likeness) ?? []), object]);
  }
  return matches.flatMap(({ desired, live }) => {
    if (desired.absent || !isTargeted(kind, targets, desired.key, desired.previous?.key)) return [];
    const fields = realFields(desired.fields);
    return (kept.get(besideKeys(fields)) ?? []).map((other) => {
      const changed =
        live === null ? `${inPlace(fields, realFields(other.fields))} to change it in place, or ` : '';
      return {
        code: 'differs-in-key' as const,
        message: `${kind.noun.one} ${presenter.key(kind, identifying(desired))}: the account also has ${presenter.key(kind, other.fields)} (id ${other.id}), which differs only in its key, so both will receive every such event; ${changed}list the other one with \`state: absent\`, or let policy.prune claim it`,
        source: desired.source,
      };
    });
  });
}
