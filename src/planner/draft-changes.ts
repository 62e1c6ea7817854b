import type { DesiredState } from '../model/desired.ts';
import type { Fields } from '../model/json.ts';
import { KINDS } from '../model/kinds.ts';
import type { LiveState } from '../model/live.ts';
import type { PlanWarning } from '../model/plan.ts';
import type { LiveObject, ResourceKind, WantedObject } from '../model/resource-kind.ts';
import type { Source } from '../model/source.ts';
import type { Claims } from './claims.ts';
import type { Draft, DraftChange } from './draft.ts';
import { changedFields } from './field-changes.ts';
import { warnOfIdleTargets } from './idle-targets.ts';
import { groupByKey, type Match, matchObjects } from './match-objects.ts';
import type { Presenter } from './presenter.ts';
import type { Target } from './targets.ts';

export interface DraftOptions {
  now: Date;
  claims: Claims;
  presenter: Presenter;
  targets: readonly Target[];
}

/** Compares every kind that the file manages with the live account. */
export function draftChanges(desired: DesiredState, live: LiveState, options: DraftOptions): Draft {
  const draft: Draft = {
    changes: [],
    unmanaged: [],
    unchanged: 0,
    created: new Set(),
    warnings: [],
    errors: [],
  };
  for (const kind of KINDS) {
    const wanted = kind.wanted(desired);
    if (wanted === null) {
      warnOfIdlePrune(draft, kind, desired);
      continue;
    }
    if (live[kind.list] === null) throw new TypeError(`${kind.list} were not read`);
    const { matches, leftOver, errors } = matchObjects(kind, wanted, kind.live(live), {
      presenter: options.presenter,
      matters: (...keys) => partsOf(kind).some((part) => isTargeted(part, options.targets, ...keys)),
      isClaimed: (object) => options.claims.claim(kind, object) !== undefined,
    });
    draft.errors.push(...errors);
    for (const match of matches) draftMatch(draft, kind, match, options);
    for (const object of leftOver) draftLeftOver(draft, kind, object, options);
    warnOfDuplicates(draft, kind, matches, leftOver, options);
  }
  draft.warnings.push(...warnOfIdleTargets(desired, live, options));
  return draft;
}

/** A section that no file has may be a file that was forgotten: no reason to delete what it would have named. */
function warnOfIdlePrune(draft: Draft, kind: ResourceKind, desired: DesiredState): void {
  const [glob] = kind.pruneGlobs(desired.policy);
  if (!glob) return;
  draft.warnings.push({
    code: 'prune-without-section',
    message: `policy.prune claims ${kind.noun.many}, but no file has the section ${kind.list}, so none is deleted; write \`${kind.list}: []\` to mean that there should be none`,
    source: glob.source,
  });
}

/** The kind itself, and those that are part of its objects. */
function partsOf(kind: ResourceKind): ResourceKind[] {
  return KINDS.filter((candidate) => candidate === kind || candidate.partOf === kind.name);
}

function isTargeted(
  kind: ResourceKind,
  targets: readonly Target[],
  ...texts: (string | undefined)[]
): boolean {
  if (targets.length === 0) return true;
  return targets.some(
    (target) => target.kind === kind.name && texts.some((text) => text !== undefined && target.matches(text)),
  );
}

function draftMatch(draft: Draft, kind: ResourceKind, match: Match, options: DraftOptions): void {
  const { wanted, live } = match;
  if (!isTargeted(kind, options.targets, wanted.key, wanted.previous?.key)) return;
  if (match.note && !kind.partOf) draft.warnings.push(movedWarning(kind, match, options.presenter));

  if (wanted.absent) {
    for (const object of live ? [live, ...match.surplus] : []) {
      draft.changes.push(deletion(kind, object, wanted));
    }
    return;
  }
  if (live !== null) warnOfFixed(draft, kind, wanted, live, options.presenter);
  for (const object of match.surplus) draftSurplus(draft, kind, match, object, options);

  if (kind.partOf) draftPart(draft, kind, match, options);
  else if (live !== null) addUpdate(draft, update(kind, match, live));
  else if (hasWhatCreatingNeeds(draft, kind, wanted, options.presenter)) {
    draft.changes.push(creation(kind, match));
    draft.created.add(wanted.key);
  }
}

/** An extra one goes where prune claims it. Otherwise it stays beside the one that the entry is about, also when that moves. */
function draftSurplus(
  draft: Draft,
  kind: ResourceKind,
  match: Match,
  live: LiveObject,
  { claims }: DraftOptions,
): void {
  const claimedBy = claims.claim(kind, live, match.moves ? match.wanted.fields : undefined);
  if (claimedBy !== undefined) {
    draft.changes.push({ ...deletion(kind, live, null), claimedBy, twinStays: true });
  } else if (match.moves) addUpdate(draft, update(kind, match, live));
  else draft.unmanaged.push({ kind, live });
}

function hasWhatCreatingNeeds(
  draft: Draft,
  kind: ResourceKind,
  wanted: WantedObject,
  presenter: Presenter,
): boolean {
  const missing = kind.createNeeds.filter((field) => (wanted.fields[field] ?? null) === null);
  for (const field of missing) {
    draft.errors.push({
      severity: 'error',
      code: `missing-${field}`,
      message: `the account has no ${kind.noun.one} ${presenter.key(kind, wanted.fields)}, and to create one its ${field} is needed`,
      hint: `add ${field}, or correct the key if the ${kind.noun.one} is there under another one`,
      source: wanted.source,
    });
  }
  return missing.length === 0;
}

/** A status: it cannot be created by itself, and some are left alone. */
function draftPart(draft: Draft, kind: ResourceKind, match: Match, options: DraftOptions): void {
  const { wanted, live } = match;
  const who = options.presenter.key(kind, wanted.fields);
  if (wanted.until !== undefined && Date.parse(wanted.until) <= options.now.getTime()) {
    draft.warnings.push({
      code: `${kind.name}-until-past`,
      message: `${kind.name} of ${who}: until ${options.presenter.text(wanted.until)} has passed, so it is left alone; remove it or give a later time`,
      source: wanted.source,
    });
    return;
  }
  if (live !== null) {
    if (!wanted.onlyAtCreation) addUpdate(draft, update(kind, match, live));
    return;
  }
  if (draft.created.has(wanted.key)) {
    const fields = { ...wanted.fields, ...wanted.extras };
    const shown = changedFields(null, withoutKey(kind, wanted.fields), kind.fields);
    draft.changes.push({
      kind,
      action: 'update',
      key: wanted.key,
      live: null,
      wanted,
      before: null,
      after: fields,
      fields: shown,
    });
  } else if (kind.partOf) {
    draft.warnings.push({
      code: `${kind.name}-without-${kind.partOf}`,
      message: `${kind.name} of ${who}: there is no such ${kind.partOf}, and this plan does not create them`,
      source: wanted.source,
    });
  }
}

function addUpdate(draft: Draft, change: DraftChange): void {
  if (change.fields.length === 0) draft.unchanged += 1;
  else draft.changes.push(change);
}

function creation(kind: ResourceKind, { wanted }: Match): DraftChange {
  const declared = { ...kind.createDefaults, ...wanted.fields };
  const after = Object.fromEntries(
    kind.fields.flatMap((field) => {
      const value = declared[field];
      return value === undefined || value === null ? [] : [[field, value]];
    }),
  );
  const fields = changedFields(null, after, kind.fields);
  return { kind, action: 'create', key: wanted.key, live: null, wanted, before: null, after, fields };
}

/** The wanted fields laid over the live ones; the key only where the object moves. */
function update(kind: ResourceKind, { wanted, moves }: Match, live: LiveObject): DraftChange {
  const declared = moves && !kind.partOf ? wanted.fields : withoutKey(kind, wanted.fields);
  const overlaid = { ...live.fields, ...declared };
  const fields = changedFields(live.fields, overlaid, kind.fields);
  const after = { ...overlaid, ...wanted.extras };
  const before = live.fields;
  return { kind, action: 'update', key: wanted.key, live, wanted, before, after, fields };
}

function deletion(kind: ResourceKind, live: LiveObject, wanted: DraftChange['wanted']): DraftChange {
  const fields = changedFields(live.fields, null, kind.fields);
  return { kind, action: 'delete', key: live.key, live, wanted, before: live.fields, after: null, fields };
}

function withoutKey(kind: ResourceKind, fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([field]) => !kind.keyFields.includes(field)));
}

/** A live object that no entry is about is deleted where prune claims it, and otherwise left alone. */
function draftLeftOver(
  draft: Draft,
  kind: ResourceKind,
  live: LiveObject,
  { claims, targets }: DraftOptions,
): void {
  if (kind.partOf || !isTargeted(kind, targets, live.key)) return;
  const claimedBy = claims.claim(kind, live);
  if (claimedBy === undefined) draft.unmanaged.push({ kind, live });
  else draft.changes.push({ ...deletion(kind, live, null), claimedBy });
}

function warnOfFixed(
  draft: Draft,
  kind: ResourceKind,
  { fixed, fields, source }: WantedObject,
  live: LiveObject,
  presenter: Presenter,
): void {
  for (const [field, value] of Object.entries(fixed?.fields ?? {})) {
    const stays = live.fields[field] ?? null;
    if (stays === value) continue;
    const { [field]: shown } = presenter.fields(kind, { ...live.fields });
    draft.warnings.push({
      code: `fixed-${field}`,
      message: `the ${field} of ${presenter.key(kind, fields)} cannot change, since ${fixed?.because}: it stays ${shown ?? 'empty'}`,
      source,
    });
  }
}

function movedWarning(kind: ResourceKind, { wanted, note }: Match, presenter: Presenter): PlanWarning {
  const to = presenter.key(kind, wanted.fields);
  const from = presenter.key(kind, wanted.previous?.fields ?? wanted.fields);
  const message =
    note === 'moved-already'
      ? `${to} has moved already: the line movedFrom can go`
      : `movedFrom: the account has neither ${from} nor ${to}, so a new ${kind.noun.one} is created`;
  return { code: note ?? '', message, source: wanted.source };
}

/** The same event to the same URL twice doubles every event (B). Those that prune deletes need no warning. */
function warnOfDuplicates(
  draft: Draft,
  kind: ResourceKind,
  matches: readonly Match[],
  leftOver: readonly LiveObject[],
  { claims, targets, presenter }: DraftOptions,
): void {
  if (kind.partOf || kind.liveDuplicates !== 'surplus') return;
  const warn = (object: LiveObject, count: number, source?: Source) => {
    if (!isTargeted(kind, targets, object.key)) return;
    const key = presenter.key(kind, object.fields);
    draft.warnings.push({
      code: 'duplicate-subscription',
      message: `the account has ${count} subscriptions for ${key}, so every such event arrives ${count} times; let policy.prune claim the extra ones, or delete them in the Chaport app`,
      ...(source === undefined ? {} : { source }),
    });
  };
  const isKept = (object: LiveObject, movingTo?: Fields) =>
    claims.claim(kind, object, movingTo) === undefined;
  for (const { wanted, live, surplus, moves } of matches) {
    const kept = surplus.filter((object) => isKept(object, moves ? wanted.fields : undefined));
    if (live !== null && !wanted.absent && kept.length > 0) warn(live, kept.length + 1, wanted.source);
  }
  for (const group of groupByKey(leftOver.filter((object) => isKept(object))).values()) {
    if (group[0] && group.length > 1) warn(group[0], group.length);
  }
}
