import type { DesiredState } from '../model/desired.ts';
import { kindNamed } from '../model/kinds.ts';
import type { LiveState } from '../model/live.ts';
import type { PlanWarning } from '../model/plan.ts';
import type { ResourceKind } from '../model/resource-kind.ts';
import type { Presenter } from './presenter.ts';
import type { Target } from './targets.ts';

/** A glob that was meant for something else leaves an empty plan, which looks as if all were well. */
export function warnOfIdleTargets(
  desired: DesiredState,
  live: LiveState,
  { targets, presenter }: { targets: readonly Target[]; presenter: Presenter },
): PlanWarning[] {
  return targets.flatMap(({ text, kind: name, matches }) => {
    const kind = kindNamed(name);
    const wanted = kind.wanted(desired);
    const keys = [
      ...(wanted ?? []).flatMap(({ key, previous }) => [key, ...(previous ? [previous.key] : [])]),
      ...kind.live(live).map(({ key }) => key),
    ];
    if (wanted !== null && keys.some(matches)) return [];
    return {
      code: 'target-matches-nothing',
      message: `--target ${presenter.text(text)}: ${whyIdle(kind, wanted !== null, keys.length)}`,
    };
  });
}

function whyIdle({ list, noun, keyInWords }: ResourceKind, isManaged: boolean, count: number): string {
  if (!isManaged) return `no file has the section ${list}`;
  if (count === 0) return `neither the files nor the account have ${noun.many}`;
  return `no ${noun.one} has such a key; ${keyInWords}`;
}
