import type { DesiredObject, DesiredState, UnmanagedMode } from '../model/desired.ts';
import { desiredObjects, KINDS, type Kind, liveObjects } from '../model/kinds/index.ts';
import type { LiveObject, LiveState } from '../model/live.ts';
import type { Values } from '../model/text.ts';
import type { Draft, DraftChange, DraftOptions, DraftUnmanaged } from './draft.ts';
import { differingFields } from './field-changes.ts';
import { type Match, matchObjects } from './match-objects.ts';
import { draftOnShift, endsSoon } from './on-shift.ts';
import type { Presenter } from './presenter.ts';
import { judgeRenames, type Survey, warnOfOtherKeys } from './replacements.ts';
import { warnOfSeveral } from './several-in-one.ts';
import { isTargeted } from './targets.ts';
import { judgeUnmanaged, unmanagedMode } from './unmanaged.ts';
import {
  warnOfDuplicates,
  warnOfFixed,
  warnOfIdle,
  warnOfIdlePrune,
  warnOfMove,
  warnOfSpelling,
} from './warnings.ts';

/** Compares every kind that the file manages with the live account. */
export function draftChanges(desired: DesiredState, live: LiveState, options: DraftOptions): Draft {
  const { presenter, claims, targets } = options;
  const draft: Draft = {
    changes: [],
    unmanaged: [],
    managed: [],
    unchanged: new Set(),
    created: new Map(),
    warnings: [],
    refusals: [],
    errors: [],
  };
  for (const kind of KINDS) {
    const wishes = desiredObjects(kind, desired);
    const mode = unmanagedMode(kind, desired);
    if (wishes === null) draft.warnings.push(...warnOfIdlePrune(kind, desired));
    if (wishes === null && mode === 'show') continue;
    if ((live[kind.list] ?? null) === null) throw new TypeError(`${kind.list} were not read`);
    const { matches, leftOver, errors } = matchObjects(
      kind,
      (wishes ?? []).map((object) => presenter.desired(object, kind)),
      liveObjects(kind, live).map((object) => presenter.object(kind, object)),
      {
        presenter,
        matters: (...keys) => partsOf(kind).some((part) => isTargeted(part, targets, ...keys)),
        isClaimed: (object) => claims.claim(kind, object) !== undefined,
      },
    );
    draft.errors.push(...errors);
    for (const match of matches) draftMatch(draft, kind, match, options);
    for (const object of leftOver) draftLeftOver(draft, kind, object, options);
    judgeSurvey(draft, mode, { kind, matches, leftOver }, options);
    if (!kind.partOf) draft.managed.push(...managedBy(kind, matches));
  }
  return { ...draft, unmanaged: eachOnce(draft) };
}

/** An object with several parts can match several entries: listed once, and not if one wants it as it is. */
function eachOnce({ unmanaged, unchanged }: Draft): DraftUnmanaged[] {
  const placeOf = ({ kind, live }: DraftUnmanaged) => `${kind.name} ${live.id}`;
  const objects = new Map(unmanaged.map((object) => [placeOf(object), object]));
  return [...objects.values()].filter((object) => !unchanged.has(placeOf(object)));
}

function judgeSurvey(draft: Draft, mode: UnmanagedMode, survey: Survey, options: DraftOptions): void {
  const renames = judgeRenames(survey, options);
  const unmanaged = judgeUnmanaged(mode, survey, options);
  draft.refusals.push(...renames.refusals, ...unmanaged.refusals);
  draft.warnings.push(
    ...renames.warnings,
    ...unmanaged.warnings,
    ...warnOfOtherKeys(survey, options),
    ...warnOfSeveral(survey, options.presenter),
    ...warnOfDuplicates(survey.kind, survey.matches, survey.leftOver, options),
  );
}

function managedBy(kind: Kind, matches: readonly Match[]): Draft['managed'] {
  return matches.flatMap(({ desired, live }) => (desired.absent ? [] : { kind, desired, live }));
}

/** The kind itself, and those that are part of its objects. */
function partsOf(kind: Kind): Kind[] {
  return KINDS.filter((candidate) => candidate === kind || candidate.partOf === kind.name);
}

function draftMatch(draft: Draft, kind: Kind, match: Match, options: DraftOptions): void {
  const { desired, live } = match;
  if (!isTargeted(kind, options.targets, desired.key, desired.previous?.key)) return;
  draft.warnings.push(
    ...warnOfMove(kind, match, options.presenter),
    ...warnOfSpelling(kind, match, options.presenter),
  );

  if (desired.absent) {
    for (const object of live ? [live, ...match.surplus] : []) {
      draft.changes.push(deletion(kind, object, desired));
    }
    return;
  }
  draft.warnings.push(
    ...warnOfFixed(kind, match, options.presenter),
    ...warnOfIdle(kind, match, options.presenter),
  );
  for (const object of match.surplus) draftSurplus(draft, kind, match, object, options);
  for (const object of match.rest) {
    const claimedBy = options.claims.claim(kind, object);
    if (claimedBy !== undefined) {
      draft.changes.push({ ...deletion(kind, object, null), claimedBy, isRest: true });
    }
  }

  if (kind.partOf) draftPart(draft, kind, match, options);
  else if (live !== null) addUpdate(draft, update(kind, match, live));
  else if (hasWhatCreatingNeeds(draft, kind, desired, options.presenter)) {
    draft.changes.push(creation(kind, desired));
    draft.created.set(kind.name, (draft.created.get(kind.name) ?? new Set()).add(desired.key));
  }
}

/** An extra one goes where prune claims it. Otherwise it stays beside the one that the entry is about, also when that moves. */
function draftSurplus(
  draft: Draft,
  kind: Kind,
  match: Match,
  live: LiveObject,
  { claims }: DraftOptions,
): void {
  const claimedBy = claims.claim(kind, live, match.moves ? match.desired.fields : undefined);
  if (claimedBy !== undefined) {
    draft.changes.push({ ...deletion(kind, live, null), claimedBy, twinStays: true });
  } else if (match.moves) addUpdate(draft, update(kind, match, live));
  else draft.unmanaged.push({ kind, live });
}

function hasWhatCreatingNeeds(
  draft: Draft,
  kind: Kind,
  desired: DesiredObject,
  presenter: Presenter,
): boolean {
  const missing = kind.createNeeds.filter((field) => (desired.fields[field] ?? null) === null);
  for (const field of missing) {
    draft.errors.push({
      severity: 'error',
      code: `missing-${field}`,
      message: `the account has no ${kind.noun.one} ${presenter.key(kind, desired.fields)}, and to create one its ${field} is needed`,
      hint: `add ${field}, or correct the key if the ${kind.noun.one} is there under another one`,
      source: desired.source,
    });
  }
  return missing.length === 0;
}

/** What is part of another object cannot be created by itself, and is left alone once its time is over. */
function draftPart(draft: Draft, kind: Kind, match: Match, options: DraftOptions): void {
  const { desired, live } = match;
  const { now, presenter } = options;
  const who = presenter.key(kind, desired.fields);
  if (desired.until !== undefined && Date.parse(desired.until) <= now.getTime()) {
    draft.warnings.push({
      code: `${kind.name}-until-past`,
      message: `${kind.name} of ${who}: until ${presenter.text(desired.until)} has passed, so it is left alone; remove it or give a later time`,
      source: desired.source,
    });
  } else if (live !== null && desired.onShift) {
    draftOnShift(
      draft,
      kind,
      { desired, onShift: desired.onShift, change: update(kind, match, live) },
      options,
    );
  } else if (live !== null) {
    if (!desired.onlyAtCreation) addUpdate(draft, update(kind, match, live));
  } else if (draft.created.get(kind.partOf ?? '')?.has(desired.key)) {
    if (desired.onShift && endsSoon(desired, now)) return;
    const after = { ...desired.fields, ...desired.extras };
    const paths = differingFields(null, withoutKey(kind, desired.fields), Object.keys(kind.fields));
    draft.changes.push({ kind, action: 'update', live: null, desired, before: null, after, paths });
  } else {
    draft.warnings.push({
      code: `${kind.name}-without-${kind.partOf ?? ''}`,
      message: `${kind.name} of ${who}: there is no such ${kind.partOf}, and this plan does not create them`,
      source: desired.source,
    });
  }
}

function addUpdate(draft: Draft, change: DraftChange): void {
  // What holds several things is one object, be there an entry for each.
  if (change.paths.length === 0) draft.unchanged.add(`${change.kind.name} ${change.live?.id}`);
  else draft.changes.push(change);
}

function creation(kind: Kind, desired: DesiredObject): DraftChange {
  const declared: Values = { ...kind.createDefaults, ...desired.fields };
  const after = Object.fromEntries(
    Object.keys(kind.fields).flatMap((field) => {
      const value = declared[field] ?? null;
      return value === null ? [] : [[field, value]];
    }),
  );
  return { kind, action: 'create', live: null, desired, before: null, after, paths: Object.keys(after) };
}

/** The key and the declared fields, live and desired; the key changes only where the object moves. */
function update(kind: Kind, { desired, rekeys }: Match, live: LiveObject): DraftChange {
  const isRenamed = rekeys && !kind.partOf;
  const declared = Object.keys(kind.fields).filter((field) => Object.hasOwn(desired.fields, field));
  const before = pick(live.fields, declared);
  const fields = pick(desired.fields, declared);
  const after = isRenamed ? fields : { ...fields, ...pick(live.fields, kind.keyFields) };
  const paths = differingFields(before, after, declared);
  return { kind, action: 'update', live, desired, before, after: { ...after, ...desired.extras }, paths };
}

function deletion(kind: Kind, live: LiveObject, desired: DesiredObject | null): DraftChange {
  const before = pick(live.fields, kind.deleteShows);
  const paths = differingFields(live.fields, null, Object.keys(kind.fields));
  return { kind, action: 'delete', live, desired, before, after: null, paths };
}

function pick(values: Values, fields: readonly string[]): Values {
  return Object.fromEntries(fields.map((field) => [field, values[field] ?? null]));
}

function withoutKey(kind: Kind, fields: Values): Values {
  return Object.fromEntries(Object.entries(fields).filter(([field]) => !kind.keyFields.includes(field)));
}

/** A live object that no entry is about is deleted where prune claims it, and otherwise left alone. */
function draftLeftOver(draft: Draft, kind: Kind, live: LiveObject, { claims, targets }: DraftOptions): void {
  if (kind.partOf || !isTargeted(kind, targets, live.key)) return;
  const claimedBy = claims.claim(kind, live);
  // An account always has its owner, be they in the files or not.
  if (claims.ownerKeys.has(live.key)) draft.unchanged.add(`${kind.name} ${live.id}`);
  else if (claimedBy === undefined) draft.unmanaged.push({ kind, live });
  else draft.changes.push({ ...deletion(kind, live, null), claimedBy });
}
