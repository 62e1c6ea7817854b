import type { DesiredState } from '../model/desired.ts';
import { UserError } from '../model/errors.ts';
import { desiredObjects, type Kind, kindNamed, liveObjects, sectionOf } from '../model/kinds/index.ts';
import type { LiveState } from '../model/live.ts';
import type { Presenter } from './presenter.ts';
import type { Target } from './targets.ts';
import { unmanagedMode } from './unmanaged.ts';

/**
 * A glob that was meant for something else leaves an empty plan, which looks as if all were well.
 * @throws {UserError} for targets that match nothing in the files or the account.
 */
export function refuseIdleTargets(
  desired: DesiredState,
  live: LiveState,
  { targets, presenter }: { targets: readonly Target[]; presenter: Presenter },
): void {
  const idle = targets.flatMap(({ text, kind: name, matches }) => {
    const kind = kindNamed(name);
    const wishes = desiredObjects(kind, desired);
    const keys = [
      ...(wishes ?? []).flatMap(({ key, previous }) => [key, ...(previous ? [previous.key] : [])]),
      ...liveObjects(kind, live).map(({ key }) => key),
    ];
    const isLookedAt = wishes !== null || unmanagedMode(kind, desired) !== 'show';
    if (isLookedAt && keys.some(matches)) return [];
    return `--target ${presenter.text(text)}: ${whyIdle(kind, isLookedAt, keys.length)}`;
  });
  if (idle.length === 0) return;
  throw new UserError('target-matches-nothing', idle.join('\n'), {
    hint: 'nothing was planned: correct the target, or leave it out',
  });
}

function whyIdle(kind: Kind, isManaged: boolean, count: number): string {
  const { noun, keyInWords } = kind;
  if (!isManaged) return `no file has the section ${sectionOf(kind)}`;
  if (count === 0) return `neither the files nor the account have ${noun.many}`;
  return `no ${noun.one} has such a key; ${keyInWords}`;
}
