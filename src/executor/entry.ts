import type { PlannedChange } from '../model/plan.ts';
import type { ChangeResult, Outcome } from '../model/report.ts';
import type { LiveObject } from '../model/resource-kind.ts';
import type { Settlement } from './settlement.ts';

/** A change with what has become of it. */
export interface Entry {
  readonly change: PlannedChange;
  readonly result: ChangeResult;
  /** Whether what depends on it can go on. */
  holds: boolean;
  /** The object came from this run: its id is the one that this run's own create was answered with. */
  own: boolean;
  /** Its create was sent again after one that seemed lost. */
  resent: boolean;
  /** How the last reading of the account decides what could not be told for certain before. */
  settleBy?: (objects: readonly LiveObject[]) => Settlement;
}

/** Until something is called for it, a change is skipped. */
export function pendingResult({ action, kind, key, id }: PlannedChange): ChangeResult {
  return {
    action,
    kind,
    key,
    ...(id === undefined ? {} : { id }),
    outcome: 'skipped',
    attempts: 0,
    milliseconds: 0,
    error: 'interrupted before it was sent',
  };
}

export function pendingEntry(change: PlannedChange): Entry {
  return { change, result: pendingResult(change), holds: false, own: false, resent: false };
}

export function countOutcomes(results: readonly ChangeResult[]): Record<Outcome, number> {
  const summary: Record<Outcome, number> = { applied: 0, failed: 0, skipped: 0, unknown: 0 };
  for (const { outcome } of results) summary[outcome] += 1;
  return summary;
}

export function settle(entry: Entry, settlement: Settlement): void {
  const { outcome, attempts, id, error, alreadyThere, own, resent, settleBy } = settlement;
  const { result } = entry;
  result.outcome = outcome;
  result.attempts = attempts;
  if (id !== undefined) result.id = id;
  if (error === undefined) delete result.error;
  else result.error = error;
  entry.holds = outcome === 'applied' || alreadyThere === true;
  entry.own = own === true;
  entry.resent = resent === true;
  if (settleBy === undefined) delete entry.settleBy;
  else entry.settleBy = settleBy;
}
