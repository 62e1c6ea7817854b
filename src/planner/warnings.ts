import type { DesiredObject, DesiredState } from '../model/desired.ts';
import { type Kind, sectionOf } from '../model/kinds/index.ts';
import type { LiveObject } from '../model/live.ts';
import type { PlannedChange, PlanWarning } from '../model/plan.ts';
import { realOf, type Values } from '../model/text.ts';
import type { DraftOptions } from './draft.ts';
import { groupByKey, type Match } from './match-objects.ts';
import type { Presenter } from './presenter.ts';
import { secretsOfPlan } from './saved-plan/filled-values.ts';
import { isTargeted } from './targets.ts';

/** A section that no file has may be a file that was forgotten: no reason to delete what it would have named. */
export function warnOfIdlePrune(kind: Kind, desired: DesiredState): PlanWarning[] {
  const [glob] = kind.pruneGlobs(desired.policy);
  if (!glob) return [];
  const section = sectionOf(kind);
  return [
    {
      code: 'prune-without-section',
      message: `policy.prune claims ${kind.noun.many}, but no file has the section ${section}, so none is deleted; write \`${section}: []\` to mean that there should be none`,
      source: glob.source,
    },
  ];
}

/** What the API cannot change stays as it is. */
export function warnOfFixed(kind: Kind, { desired, live }: Match, presenter: Presenter): PlanWarning[] {
  if (live === null) return [];
  const { fixed, fields, source } = desired;
  return Object.entries(fixed?.fields ?? {}).flatMap(([field, value]) => {
    const stays = live.fields[field] ?? null;
    if (realOf(stays) === realOf(value)) return [];
    return {
      code: `fixed-${field}`,
      message: `the ${field} of ${presenter.key(kind, fields)} cannot change, since ${fixed?.because}: it stays ${stays === null ? 'empty' : String(stays)}`,
      source,
    };
  });
}

export function warnOfMove(kind: Kind, { desired, note }: Match, presenter: Presenter): PlanWarning[] {
  if (note === null || kind.partOf) return [];
  const to = presenter.key(kind, desired.fields);
  const from = presenter.key(kind, desired.previous?.fields ?? desired.fields);
  const message =
    note === 'moved-already'
      ? `${to} has moved already: the line movedFrom can go`
      : `movedFrom: the account has neither ${from} nor ${to}, so a new ${kind.noun.one} is created`;
  return [{ code: note, message, source: desired.source }];
}

/** A server may keep a key in another spelling: that is no reason to change it, or to create a second one. */
export function warnOfSpelling(
  kind: Kind,
  { desired, live, moves, isRespelled }: Match,
  presenter: Presenter,
): PlanWarning[] {
  if (live === null || !isRespelled) return [];
  const written = moves ? desired.previous?.fields : desired.fields;
  const spelling = kind.keyFields
    .filter((field) => realOf(live.fields[field] ?? null) !== realOf(written?.[field] ?? null))
    .map((field) => String(live.fields[field]));
  return [
    {
      code: 'look-alike',
      message: `${kind.noun.one} ${presenter.key(kind, written ?? desired.fields)}: the account keeps it as ${spelling.join(' ')}: write it so${moves ? ' in movedFrom' : ''}`,
      source: desired.source,
    },
  ];
}

/** It is there as the file says, and of no use to anybody. */
export function warnOfIdle(kind: Kind, { desired, live }: Match, presenter: Presenter): PlanWarning[] {
  const why = (live && kind.whyIdle?.(live.readOnly)) ?? null;
  if (why === null) return [];
  const message = `${kind.noun.one} ${presenter.key(kind, desired.fields)} ${why}`;
  return [{ code: 'deactivated', message, source: desired.source }];
}

/** The same event to the same URL twice doubles every event (B). Those that prune deletes need no warning. */
export function warnOfDuplicates(
  kind: Kind,
  matches: readonly Match[],
  leftOver: readonly LiveObject[],
  { claims, targets, presenter }: DraftOptions,
): PlanWarning[] {
  if (kind.partOf || kind.liveDuplicates !== 'surplus') return [];
  const warn = (object: LiveObject, count: number, entry?: DesiredObject): PlanWarning[] => {
    if (!isTargeted(kind, targets, object.key, entry?.key)) return [];
    const key = presenter.key(kind, entry?.identity ?? object.fields);
    return [
      {
        code: 'duplicate-subscription',
        message: `the account has ${count} subscriptions for ${key}, so every such event arrives ${count} times; let policy.prune claim the extra ones, or delete them in the Chaport app`,
        ...(entry === undefined ? {} : { source: entry.source }),
      },
    ];
  };
  const isKept = (object: LiveObject, movingTo?: Values) =>
    claims.claim(kind, object, movingTo) === undefined;
  const ofEntries = matches.flatMap(({ desired, live, surplus, moves }) => {
    const kept = surplus.filter((object) => isKept(object, moves ? desired.fields : undefined));
    return live !== null && !desired.absent && kept.length > 0 ? warn(live, kept.length + 1, desired) : [];
  });
  const groups = groupByKey(leftOver.filter((object) => isKept(object)));
  return [
    ...ofEntries,
    ...[...groups.values()].flatMap(([first, ...others]) =>
      first && others.length > 0 ? warn(first, others.length + 1) : [],
    ),
  ];
}

/** Of a short secret not even a part of a hash is written down, so nobody can see that it has become another one. */
export function warnOfNoFingerprint(
  secrets: Readonly<Record<string, string | null>>,
  changes: readonly PlannedChange[],
): PlanWarning[] {
  return Object.entries(secrets).flatMap(([name, fingerprint]): PlanWarning[] => {
    if (fingerprint !== null) return [];
    const source = changes.find((change) => secretsOfPlan({ changes: [change] }).includes(name))?.source;
    return [
      {
        code: 'secret-without-fingerprint',
        message: `secret ${name} has fewer than 12 characters, so the plan holds no fingerprint of it: that it was changed before an apply is not noticed; a longer one is`,
        ...(source === undefined ? {} : { source }),
      },
    ];
  });
}
