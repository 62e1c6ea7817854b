import type { Kind } from '../model/kinds/index.ts';
import type { PlanWarning } from '../model/plan.ts';
import type { Diagnostic } from '../model/source.ts';
import { realFields, type Values } from '../model/text.ts';
import type { DraftChange } from './draft.ts';
import { looksAlike, partsOf } from './live-index.ts';
import type { Presenter } from './presenter.ts';
import type { Survey } from './replacements.ts';

/** It is left as it is, also where the files ask for a part of it alone. */
export function warnOfSeveral({ kind, matches }: Survey, presenter: Presenter): PlanWarning[] {
  const found = new Map(matches.flatMap(({ live }) => (live?.parts ? [[live.id, live] as const] : [])));
  return [...found.values()].flatMap((live) => {
    const entries = matches.filter((match) => match.live?.id === live.id).map(({ desired }) => desired);
    const isWritten = (part: Values) =>
      entries.some(({ identity, key, fields }) =>
        identity ? kind.looseKey?.(realFields(part)) === key : looksAlike(kind, part, fields),
      );
    const others = partsOf(live).filter((part) => !isWritten(part));
    const [entry] = entries;
    if (others.length === 0 || !entry) return [];
    const names = others.map((part) => presenter.key(kind, { ...live.fields, ...nameOf(kind, part) }));
    return {
      code: 'several-in-one' as const,
      message: `the ${kind.noun.one} ${presenter.key(kind, live.fields)} (id ${live.id}) holds ${kind.partsInWords} at once; no file has ${names.join(', ')}`,
      source: entry.source,
    };
  });
}

/** The key fields that can be shown as they are. */
function nameOf(kind: Kind, part: Values): Values {
  return Object.fromEntries(Object.entries(part).filter(([field]) => kind.fields[field] === 'text'));
}

/** What holds several things at once is never updated or deleted: that would take more than one entry asks for. */
export function complainOfSeveral(changes: readonly DraftChange[], presenter: Presenter): Diagnostic[] {
  return changes.flatMap(({ kind, action, live, desired, claimedBy }) => {
    if (!live?.parts) return [];
    const source = desired?.source ?? claimedBy?.source;
    const cause = desired ? 'the file asks' : 'prune would';
    return {
      severity: 'error' as const,
      code: 'several-in-one' as const,
      message: `${cause} ${desired ? 'to ' : ''}${action} the ${kind.noun.one} ${presenter.key(kind, live.fields)} (id ${live.id}), which holds ${kind.partsInWords} at once and is never changed`,
      hint: `replace it in the Chaport app by one ${kind.noun.one} for each; or let neither the files nor prune ask for a change of it`,
      ...(source ? { source } : {}),
    };
  });
}
