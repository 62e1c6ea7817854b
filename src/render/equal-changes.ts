import type { PlannedChange } from '../model/plan.ts';
import { prunedNote, shownFields } from './wording.ts';

/** Changes that do the same to several objects stand together, each lot where its first one stood. */
export function equalChanges(changes: readonly PlannedChange[]): [PlannedChange, ...PlannedChange[]][] {
  const lots = new Map<string, [PlannedChange, ...PlannedChange[]]>();
  for (const change of changes) {
    const what = whatItDoes(change);
    const lot = lots.get(what);
    if (lot) lot.push(change);
    else lots.set(what, [change]);
  }
  return [...lots.values()];
}

/** All that a reader is shown of it but whom it concerns. */
function whatItDoes(change: PlannedChange): string {
  const { kind, action, effects } = change;
  return JSON.stringify([kind, action, shownFields(change), effects, prunedNote(change)]);
}
