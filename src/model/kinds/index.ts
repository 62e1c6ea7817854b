import type { Change } from '../change.ts';
import type { DesiredObject, DesiredState } from '../desired.ts';
import type { LiveObject, LiveState } from '../live.ts';
import { PHASES, type PhaseOfKind, phaseOf } from '../phases.ts';
import type { ResourceKind } from './kind.ts';
import { type EffectCode, KIND_NAMES, type KindName } from './names.ts';
import { operatorKind } from './operator.ts';
import { statusKind } from './status.ts';
import { webhookKind } from './webhook.ts';

/** A further kind is a file beside this one, its name in `names.ts` and a line here: forgetting that does not compile. */
const BY_NAME = { operator: operatorKind, status: statusKind, webhook: webhookKind } satisfies {
  readonly [Name in KindName]: ResourceKind<Name, EffectCode<Name>>;
};

export { type EffectCode, KIND_NAMES, type KindName };

/** One of the kinds. */
export type Kind = ResourceKind<KindName, EffectCode>;

/** Every resource kind, in reading order. */
export const KINDS: readonly Kind[] = KIND_NAMES.map((name) => BY_NAME[name]);

/** @throws {TypeError} for a name that no kind has. */
export function kindNamed(name: string): Kind {
  const kind = KINDS.find((candidate) => candidate.name === name);
  if (!kind) throw new TypeError(`no resource kind "${name}"`);
  return kind;
}

/** The phase that a change is made in. @throws {TypeError} where that cannot be told. */
export function phaseOfChange(change: Change): PhaseOfKind {
  return phaseOf(change, kindNamed(change.kind).phases);
}

/** Changes in the order of execution; those of one phase in the given order, but for those that start first. */
export function inPhases<T>(items: readonly T[], changeOf: (item: T) => Change): T[] {
  const placed = items.map((item, index) => {
    const change = changeOf(item);
    const phase = phaseOfChange(change);
    return { item, index, place: PHASES.indexOf(phase.phase), rank: phase.first?.(change) ? 0 : 1 };
  });
  return placed
    .sort((a, b) => a.place - b.place || a.rank - b.rank || a.index - b.index)
    .map(({ item }) => item);
}

/** The kinds whose sections a file may have. */
export function sectionsOfFile() {
  return KINDS.flatMap((kind) => (kind.section === null ? [] : [{ kind, section: kind.section }]));
}

/** The entries' objects of a kind; `null` where no file has its section. */
export function desiredObjects(
  kind: ResourceKind,
  { sections, owner, duty }: DesiredState,
): DesiredObject[] | null {
  const entries = sections[sectionOf(kind)] ?? null;
  return entries && kind.desired(entries, owner?.email ?? null, duty);
}

/** The live objects of a kind; none where their list was not read. */
export function liveObjects(kind: ResourceKind, live: LiveState): LiveObject[] {
  return kind.live(live[kind.list] ?? []);
}

/** The name of the section that speaks of a kind. */
export function sectionOf(kind: ResourceKind): string {
  const { section } = kind.partOf === undefined ? kind : kindNamed(kind.partOf);
  if (section === null) throw new TypeError(`no section of the file speaks of ${kind.noun.many}`);
  return section.name;
}
