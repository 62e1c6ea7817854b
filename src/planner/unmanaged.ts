import type { DesiredState, UnmanagedMode } from '../model/desired.ts';
import { type Kind, sectionOf } from '../model/kinds/index.ts';
import type { LiveObject } from '../model/live.ts';
import type { PlanRefusal, PlanWarning } from '../model/plan.ts';
import { realFields } from '../model/text.ts';
import type { DraftOptions } from './draft.ts';
import type { Survey } from './replacements.ts';

/** What the policy says of objects that no file has. What is part of another object is none by itself. */
export function unmanagedMode(kind: Kind, { policy }: Pick<DesiredState, 'policy'>): UnmanagedMode {
  return (kind.partOf === undefined ? policy.unmanaged[sectionOf(kind)] : undefined) ?? 'show';
}

/** Judges a kind as a whole, be the targets a part of it; kinds that are not targeted are left out. */
export function judgeUnmanaged(
  mode: UnmanagedMode,
  { kind, matches, leftOver }: Survey,
  options: DraftOptions,
): { refusals: PlanRefusal[]; warnings: PlanWarning[] } {
  const { targets, claims } = options;
  const isLeftOut = targets.length > 0 && !targets.some((target) => target.kind === kind.name);
  if (mode === 'show' || isLeftOut) return { refusals: [], warnings: [] };
  const surplus = matches.flatMap((match) => (match.moves || match.desired.absent ? [] : match.surplus));
  const objects = [...leftOver, ...surplus].filter(
    (object) =>
      !claims.ownerKeys.has(object.key) &&
      claims.claim(kind, object) === undefined &&
      !claims.isProtected(kind, object.fields),
  );
  if (objects.length === 0) return { refusals: [], warnings: [] };
  const who = describe(kind, objects, options);
  if (mode === 'warn') {
    return { refusals: [], warnings: [{ code: 'unmanaged', message: `no file has ${who}` }] };
  }
  const refusal: PlanRefusal = {
    code: 'unmanaged',
    message: `policy.unmanaged refuses what no file has: ${who}`,
    hint: 'take them into a file (`chaportctl export --into FILE` does), delete them with `state: absent`, or name them in policy.protect',
  };
  return { refusals: [refusal], warnings: [] };
}

/** More than these are counted, but for admins. */
const MOST_NAMED = 10;

function describe(kind: Kind, objects: readonly LiveObject[], { presenter }: DraftOptions): string {
  const isAdmin = ({ fields }: LiveObject) => kind.isAdmin?.(realFields(fields)) === true;
  const admins = objects.filter(isAdmin);
  const others = objects.filter((object) => !isAdmin(object));
  const name = (object: LiveObject) => presenter.key(kind, object.fields);
  const named = others
    .map(name)
    .sort()
    .slice(0, Math.max(0, MOST_NAMED - admins.length));
  const left = others.length - named.length;
  const noun = objects.length === 1 ? kind.noun.one : kind.noun.many;
  return `${objects.length} ${noun}: ${[
    ...admins.map((object) => `${name(object)} (admin)`).sort(),
    ...named,
    ...(left > 0 ? [`${left} more`] : []),
  ].join(', ')}`;
}
