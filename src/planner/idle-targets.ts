import type { DesiredState } from '../model/desired.ts';
import { desiredObjects, type Kind, kindNamed, liveObjects, sectionOf } from '../model/kinds/index.ts';
import type { LiveState } from '../model/live.ts';
import type { PlanWarning } from '../model/plan.ts';
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
    const wishes = desiredObjects(kind, desired);
    const keys = [
      ...(wishes ?? []).flatMap(({ key, previous }) => [key, ...(previous ? [previous.key] : [])]),
      ...liveObjects(kind, live).map(({ key }) => key),
    ];
    if (wishes !== null && keys.some(matches)) return [];
    return {
      code: 'target-matches-nothing',
      message: `--target ${presenter.text(text)}: ${whyIdle(kind, wishes !== null, keys.length)}`,
    };
  });
}

function whyIdle(kind: Kind, isManaged: boolean, count: number): string {
  const { noun, keyInWords } = kind;
  if (!isManaged) return `no file has the section ${sectionOf(kind)}`;
  if (count === 0) return `neither the files nor the account have ${noun.many}`;
  return `no ${noun.one} has such a key; ${keyInWords}`;
}
