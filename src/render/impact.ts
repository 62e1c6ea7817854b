import { kindNamed } from '../model/kinds/index.ts';
import type { Gravity, ImpactEntry } from '../model/kinds/kind.ts';
import type { PlannedChange } from '../model/plan.ts';
import { groupByKind } from './wording.ts';

const GRAVEST_FIRST: readonly Gravity[] = ['grave', 'weighty', 'noticed', 'plain'];

/** What a plan means to the people and systems it touches, the gravest first. No entry is empty. */
export function impactOf(changes: readonly PlannedChange[]): ImpactEntry[] {
  const entries = groupByKind(changes).flatMap(({ kind, items }) => kind.impact(items));
  return GRAVEST_FIRST.flatMap((gravity) =>
    entries.filter((entry) => entry.gravity === gravity && entry.items.length > 0),
  );
}

/** What a reviewer must see whatever the room. */
export function mustBeSeen(change: PlannedChange): boolean {
  return kindNamed(change.kind).mustBeSeen(change);
}

/** How much a reader must care about a change by itself. */
export function gravityOf(change: PlannedChange): Gravity {
  return impactOf([change])[0]?.gravity ?? 'plain';
}
