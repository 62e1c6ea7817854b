import type { FieldChange } from '../model/change.ts';
import type { PlannedChange } from '../model/plan.ts';
import { prunedNote } from './wording.ts';

/** Changes that do the same to several objects stand together. */
export type EqualChanges = readonly [PlannedChange, ...PlannedChange[]];

/**
 * Each lot where its first one stood. `fieldsOf` is what a reader is shown of a change beside whom it concerns.
 */
export function equalChanges(
  changes: readonly PlannedChange[],
  fieldsOf: (change: PlannedChange) => readonly FieldChange[],
): EqualChanges[] {
  const lots = new Map<string, [PlannedChange, ...PlannedChange[]]>();
  for (const change of changes) {
    const { kind, action, effects } = change;
    const shown = JSON.stringify([kind, action, fieldsOf(change), effects, prunedNote(change)]);
    const lot = lots.get(shown);
    if (lot) lot.push(change);
    else lots.set(shown, [change]);
  }
  return [...lots.values()];
}
