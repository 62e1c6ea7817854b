import { KINDS, type Kind, liveObjects } from '../model/kinds/index.ts';
import type { LiveState } from '../model/live.ts';
import { realFields, type Values } from '../model/text.ts';
import type { DraftChange } from './draft.ts';

/** Whom the account reaches by objects of a kind, before the plan and after it. */
export interface Reached {
  before: ReadonlySet<string>;
  after: ReadonlySet<string>;
}

/** Only the whole plan can tell what it means to somebody that one object reaches him no more. */
export function reachedBy(live: LiveState, changes: readonly DraftChange[]): (kind: Kind) => Reached {
  const known = new Map(KINDS.map((kind) => [kind, reachedByKind(kind, live, changes)]));
  return (kind) => known.get(kind) ?? { before: new Set(), after: new Set() };
}

function reachedByKind(kind: Kind, live: LiveState, changes: readonly DraftChange[]): Reached {
  const { reach } = kind;
  if (!reach) return { before: new Set(), after: new Set() };
  const own = changes.filter((change) => change.kind === kind);
  const changed = new Set(own.map((change) => change.live?.id));
  const objects = liveObjects(kind, live);
  const each = (all: readonly Values[]) => new Set(all.map((fields) => reach(realFields(fields))));
  const fieldsOf = (those: typeof objects) => those.flatMap(({ parts, fields }) => parts ?? [fields]);
  return {
    before: each(fieldsOf(objects)),
    after: each([
      ...fieldsOf(objects.filter(({ id }) => !changed.has(id))),
      ...own.flatMap(({ live: old, after }) => (after ? [{ ...old?.fields, ...after }] : [])),
    ]),
  };
}
