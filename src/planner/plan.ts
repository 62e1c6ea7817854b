import type { DesiredState } from '../model/desired.ts';
import { digestOf } from '../model/digest.ts';
import { DiagnosticsError, RefusedError, type UserError } from '../model/errors.ts';
import { EXECUTION_STEPS } from '../model/execution-order.ts';
import type { Fields } from '../model/json.ts';
import { KINDS } from '../model/kinds.ts';
import type { LiveState, NeededLists } from '../model/live.ts';
import {
  FORMAT_VERSION,
  type KindName,
  type Plan,
  type PlannedChange,
  type PlanWarning,
  type UnmanagedObject,
} from '../model/plan.ts';
import type { Diagnostic, Source } from '../model/source.ts';
import { claimsOf } from './claims.ts';
import type { DraftChange, DraftUnmanaged } from './draft.ts';
import { draftChanges } from './draft-changes.ts';
import { findRefusals, type GuardedPlan, refuseWrongAccount, warnOfUnknownOwner } from './guards.ts';
import { createPresenter, type Presenter } from './presenter.ts';
import type { Target } from './targets.ts';

export interface PlanOptions {
  /** The time of planning: `createdAt`, and what `until` is compared with. */
  now: Date;
  /** Name and version of the program. */
  tool: string;
  baseUrl: string;
  /** Only these objects are considered; all where it is empty. */
  targets?: readonly Target[];
  /** Overrides `policy.prune`: `true` claims everything that the file does not have, `false` nothing. */
  prune?: boolean | undefined;
}

/** The lists that must be read to plan: those of the sections in the file, and operators for the owner guard. */
export function neededLists(desired: DesiredState): NeededLists {
  const needed: NeededLists = { operators: desired.owner !== null, webhooks: false };
  for (const kind of KINDS) {
    if (kind.wanted(desired) !== null) needed[kind.list] = true;
  }
  return needed;
}

/**
 * What must change so that the live account is as the files say. Pure: the same inputs give
 * the same plan. Guards do not throw: a refused plan is whole, with its `refusals`.
 *
 * @throws {DiagnosticsError} when the account and the files cannot be brought together.
 * @throws {RefusedError} when they cannot because it is the wrong account.
 */
export function plan(desired: DesiredState, live: LiveState, options: PlanOptions): Plan {
  const presenter = createPresenter(desired);
  const claims = claimsOf(desired, options.prune);
  const draft = draftChanges(desired, live, {
    now: options.now,
    claims,
    presenter,
    targets: options.targets ?? [],
  });
  const changes = inExecutionOrder(
    draft.changes.map((change) => ({ draft: change, planned: toPlanned(change, presenter, draft.errors) })),
  );
  const guarded = { desired, live, changes, claims, presenter };
  if (draft.errors.length > 0) throw whyNoPlan(guarded, draft.errors);

  const planned = changes.map((change) => change.planned);
  const unmanaged = inKeyOrder(draft.unmanaged.map((object) => toUnmanaged(object, presenter)));
  const count = (action: PlannedChange['action']) =>
    planned.filter((change) => change.action === action).length;

  const rest: Omit<Plan, 'digest'> = {
    formatVersion: FORMAT_VERSION,
    tool: options.tool,
    createdAt: options.now.toISOString(),
    account: {
      baseUrl: options.baseUrl,
      ...(desired.owner ? { owner: presenter.text(desired.owner.email) } : {}),
    },
    config: desired.config,
    summary: {
      create: count('create'),
      update: count('update'),
      delete: count('delete'),
      unchanged: draft.unchanged,
      unmanaged: unmanaged.length,
    },
    changes: planned,
    unmanaged,
    warnings: inTextOrder([...draft.warnings, ...warnOfUnknownOwner(guarded)]),
    refusals: findRefusals(guarded),
  };
  const { formatVersion, tool, createdAt, account, config, ...body } = rest;
  return { formatVersion, tool, createdAt, account, config, digest: digestOf(rest), ...body };
}

/** An account that is the wrong one anyway needs no list of what does not fit. */
function whyNoPlan(guarded: GuardedPlan, errors: readonly Diagnostic[]): UserError {
  const [wrong] = refuseWrongAccount(guarded);
  if (wrong?.hint !== undefined) return new RefusedError(wrong.code, wrong.message, { hint: wrong.hint });
  return new DiagnosticsError(inPlaceOrder(errors));
}

function toPlanned(draft: DraftChange, presenter: Presenter, errors: Diagnostic[]): PlannedChange {
  const { kind, action, live, wanted } = draft;
  const before = draft.before && presenter.fields(kind, draft.before);
  const after = draft.after && presenter.fields(kind, draft.after);
  const source = wanted?.source ?? draft.claimedBy?.source;
  const key = presenter.key(kind, wanted?.fields ?? live?.fields ?? {});
  const secretsOf = (fields: Fields | null) => (fields === null ? [] : presenter.secretFields(kind, fields));
  const secretFields = secretsOf(draft.after);
  for (const { field, isRevealed } of secretFields) {
    if (!isRevealed) errors.push(unsendable(kind.name, key, field, source));
  }
  const secretFieldsBefore = secretsOf(draft.before);
  return {
    action,
    kind: kind.name,
    key,
    ...(live ? { id: live.id } : {}),
    before,
    after,
    fields: draft.fields.map(({ path }) => ({
      path,
      before: before?.[path] ?? null,
      after: after?.[path] ?? null,
    })),
    effects: kind.effects(draft).map((effect) => presenter.effect(effect)),
    ...(source ? { source } : {}),
    ...(draft.claimedBy === undefined ? {} : { pruned: true as const }),
    ...(secretFields.length === 0 ? {} : { secretFields: secretFields.map(({ field }) => field) }),
    ...(secretFieldsBefore.length === 0
      ? {}
      : { secretFieldsBefore: secretFieldsBefore.map(({ field }) => field) }),
  };
}

/** A value that may not be shown and cannot be had back from what is shown would be sent masked. */
function unsendable(kind: KindName, key: string, field: string, source: Source | undefined): Diagnostic {
  return {
    severity: 'error',
    code: 'unsendable-secret',
    message: `${kind} ${key}: its ${field} holds a secret in another spelling, so it cannot be planned without showing the secret`,
    hint: `write ${field} in the file with \${secret:NAME}, or take the secret out of it in the Chaport app`,
    ...(source ? { source } : {}),
  };
}

function toUnmanaged({ kind, live }: DraftUnmanaged, presenter: Presenter): UnmanagedObject {
  return { kind: kind.name, key: presenter.key(kind, live.fields), id: live.id };
}

function inExecutionOrder<T extends { planned: PlannedChange }>(changes: readonly T[]): T[] {
  return EXECUTION_STEPS.flatMap((step) => {
    const rank = (change: T) => (step.first?.(change.planned) ? 0 : 1);
    return changes
      .filter((change) => step.has(change.planned))
      .sort((a, b) => rank(a) - rank(b) || compareByKey(a.planned, b.planned));
  });
}

function inKeyOrder(objects: UnmanagedObject[]): UnmanagedObject[] {
  const place = (object: UnmanagedObject) => KINDS.findIndex((kind) => kind.name === object.kind);
  return objects.sort((a, b) => place(a) - place(b) || compareByKey(a, b));
}

function inTextOrder(warnings: PlanWarning[]): PlanWarning[] {
  return warnings.sort((a, b) => compareTexts(`${a.code} ${a.message}`, `${b.code} ${b.message}`));
}

function inPlaceOrder(errors: readonly Diagnostic[]): Diagnostic[] {
  const last = { file: '', line: Number.MAX_SAFE_INTEGER, column: 0 };
  return errors.toSorted(({ source: a = last, ...one }, { source: b = last, ...other }) => {
    return (
      compareTexts(a.file, b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      compareTexts(one.message, other.message)
    );
  });
}

/** By code units, not by locale: the same bytes on every machine. */
function compareByKey(a: { key: string; id?: string }, b: { key: string; id?: string }): number {
  return compareTexts(a.key, b.key) || compareTexts(a.id ?? '', b.id ?? '');
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
