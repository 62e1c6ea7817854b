import type { DesiredObject } from '../model/desired.ts';
import type { Kind } from '../model/kinds/index.ts';
import type { OnShift } from '../model/rota/rota.ts';
import type { Draft, DraftChange, DraftOptions } from './draft.ts';

/** What would be over in less is not worth a call. Milliseconds. */
const SHORTEST = 5 * 60_000;

export function endsSoon({ until }: DesiredObject, now: Date): boolean {
  return until !== undefined && Date.parse(until) - now.getTime() < SHORTEST;
}

/**
 * What the rota asks of a live object: set while that is due, and warned of once it is not. What visitors see
 * counts as much as what was last set, but not right after setting it: servers take their time.
 */
export function draftOnShift(
  draft: Draft,
  kind: Kind,
  { desired, onShift, change }: { desired: DesiredObject; onShift: OnShift; change: DraftChange },
  { now, again, presenter }: DraftOptions,
): void {
  const { live, paths } = change;
  const isInNameOnly = !again && live !== null && kind.isInNameOnly?.(desired, live) === true;
  if (paths.length === 0 && !isInNameOnly) draft.unchanged.add(`${kind.name} ${live?.id}`);
  else if (!onShift.isDue) {
    const shifts = onShift.shifts.map((name) => `"${presenter.text(name)}"`).join(' and ');
    draft.warnings.push({
      code: 'not-online',
      message: `${presenter.key(kind, desired.fields)} is on the shift ${shifts} until ${onShift.until}, and not online: perhaps at lunch, perhaps a pipeline did not run; left alone, since the grace of the shift is over`,
      source: desired.source,
    });
  } else if (!endsSoon(desired, now)) draft.changes.push(change);
}
