import type { DesiredState } from '../model/desired.ts';
import { digestOf } from '../model/digest.ts';
import { DiagnosticsError } from '../model/errors.ts';
import {
  desiredObjects,
  inPhases,
  KINDS,
  kindNamed,
  liveObjects,
  sectionsOfFile,
} from '../model/kinds/index.ts';
import type { LiveState, NeededLists } from '../model/live.ts';
import {
  FORMAT_VERSION,
  type ObjectName,
  type Plan,
  type PlanRefusal,
  type PlanWarning,
  type UnmanagedObject,
} from '../model/plan.ts';
import type { ShiftsDocument } from '../model/rota/document.ts';
import type { Diagnostic } from '../model/source.ts';
import { checkAccount } from './account-guard.ts';
import { claimsOf } from './claims.ts';
import { draftChanges } from './draft-changes.ts';
import { findRefusals, warnOfUnknownOwner } from './guards.ts';
import { warnOfIdleGlobs } from './idle-globs.ts';
import { refuseIdleTargets } from './idle-targets.ts';
import { complainOfOwnToken } from './own-token.ts';
import { fingerprints, toManaged, toPlanned, toUnmanaged } from './plan-parts.ts';
import { createPresenter, type Presenter } from './presenter.ts';
import { reachedBy } from './reached.ts';
import { secretsOfPlan } from './saved-plan/filled-values.ts';
import { complainOfSeveral } from './several-in-one.ts';
import type { Target } from './targets.ts';
import { unmanagedMode } from './unmanaged.ts';
import { warnOfNoFingerprint } from './warnings.ts';

export interface PlanOptions {
  /** The time of planning: `createdAt`, and what `until` is compared with. */
  now: Date;
  /** The account was just changed by such a plan: what is asked before a first one is not asked again. */
  again?: boolean | undefined;
  /** Plans as of another time, for a look. */
  at?: Date | undefined;
  /** Name and version of the program. */
  tool: string;
  baseUrl: string;
  /** Only these objects are considered; all where it is empty. */
  targets?: readonly Target[];
  /** Overrides `policy.prune`: `true` claims everything that the file does not have, `false` nothing. */
  prune?: boolean | undefined;
  /** The rota of these days, for readers. */
  shifts?: ShiftsDocument | undefined;
  /** What was found of the files before. */
  warnings?: readonly PlanWarning[];
}

/** The lists that must be read to plan: those of the sections in the file, those that the policy watches, and
 * people for the pins of the account; `people`: also as witnesses of a document. */
export function neededLists(desired: DesiredState, { people = false } = {}): NeededLists {
  return new Set(
    KINDS.filter(
      (kind) =>
        desiredObjects(kind, desired) !== null ||
        unmanagedMode(kind, desired) !== 'show' ||
        (kind.isAdmin !== undefined &&
          (people || desired.owner !== null || desired.account.operatorId !== null)),
    ).map(({ list }) => list),
  );
}

/**
 * What must change so that the live account is as the files say. Pure: the same inputs give
 * the same plan. Guards do not throw: a refused plan is whole, with its `refusals`.
 *
 * @throws {UserError} for a target that matches nothing.
 * @throws {DiagnosticsError} when the account and the files cannot be brought together.
 * @throws {RefusedError} when it is the wrong account.
 */
export function plan(desired: DesiredState, live: LiveState, options: PlanOptions): Plan {
  const presenter = createPresenter(desired);
  const claims = claimsOf(desired, options.prune);
  const { again = false, at, now, targets = [] } = options;
  if (!again) {
    checkAccount(desired, live, options.baseUrl, claims, presenter);
    refuseIdleTargets(desired, live, { targets, presenter });
  }
  const leaks = complainOfOwnToken(desired, presenter);
  if (leaks.length > 0) throw new DiagnosticsError(inPlaceOrder(leaks));
  const draft = draftChanges(desired, live, { now: at ?? now, again, claims, presenter, targets });
  draft.errors.push(...complainOfSeveral(draft.changes, presenter));
  const reached = reachedBy(live, draft.changes);
  const drafted = draft.changes.map((change) => ({
    draft: change,
    planned: toPlanned(change, reached(change.kind), presenter, draft.errors),
  }));
  const changes = inPhases(
    drafted.sort((a, b) => compareByKey(a.planned, b.planned)),
    ({ planned }) => planned,
  );
  const guarded = { desired, live, changes, claims, presenter };
  if (draft.errors.length > 0) throw new DiagnosticsError(inPlaceOrder(draft.errors));

  const planned = changes.map((change) => change.planned);
  const unmanaged = inUnmanagedOrder(draft.unmanaged.map((object) => toUnmanaged(object, presenter)));
  const count = (action: (typeof planned)[number]['action']) =>
    planned.filter((change) => change.action === action).length;
  const head = {
    formatVersion: FORMAT_VERSION,
    tool: options.tool,
    createdAt: now.toISOString(),
    ...(at ? { at: at.toISOString() } : {}),
    account: {
      baseUrl: options.baseUrl,
      ...(desired.owner ? { owner: presenter.text(desired.owner.email) } : {}),
      ...witnessesOf(live),
    },
    config: desired.config,
    secrets: fingerprints(secretsOfPlan({ changes: planned }), desired.secrets),
    managed: inKeyOrder(draft.managed.map((object) => toManaged(object, presenter))),
  } as const;
  return {
    ...head,
    digest: digestOf({ ...head, changes: planned }),
    summary: {
      create: count('create'),
      update: count('update'),
      delete: count('delete'),
      unchanged: draft.unchanged.size,
      unmanaged: unmanaged.length,
    },
    ...(options.prune === undefined ? {} : { prune: options.prune }),
    ...notLookedAt(desired, targets, presenter),
    ...(options.shifts ? { shifts: options.shifts } : {}),
    changes: planned,
    unmanaged,
    warnings: inTextOrder([
      ...draft.warnings,
      ...(options.warnings ?? []),
      ...warnOfUnknownOwner(guarded),
      ...warnOfIdleGlobs(desired, live, { presenter, targets }),
      ...warnOfNoFingerprint(head.secrets, planned),
    ]),
    refusals: [...findRefusals(guarded), ...inTextOrder(draft.refusals)],
  };
}

/** What a sentence about the whole account must leave out. */
function notLookedAt(
  desired: DesiredState,
  targets: readonly Target[],
  presenter: Presenter,
): Pick<Plan, 'onlyTargets' | 'sectionsNotRead'> {
  const unread = sectionsOfFile()
    .filter(({ kind, section }) => {
      return (desired.sections[section.name] ?? null) === null && unmanagedMode(kind, desired) === 'show';
    })
    .map(({ section }) => section.name);
  return {
    ...(targets.length > 0 ? { onlyTargets: targets.map(({ text }) => presenter.text(text)) } : {}),
    ...(unread.length > 0 ? { sectionsNotRead: unread } : {}),
  };
}

const MOST_WITNESSES = 3;

/** Ids are unique over all accounts (D): a few of them tell whether an account is the same one. */
export function witnessesOf(live: LiveState): { witnesses?: string[] } {
  const people = KINDS.filter(({ isAdmin, list }) => isAdmin !== undefined && (live[list] ?? null) !== null);
  if (people.length === 0) return {};
  const ids = people.flatMap((kind) => liveObjects(kind, live).map(({ id }) => id));
  return { witnesses: ids.sort(compareTexts).slice(0, MOST_WITNESSES) };
}

function inKeyOrder<T extends ObjectName & { id?: string }>(objects: T[]): T[] {
  const place = ({ kind }: T) => KINDS.findIndex(({ name }) => name === kind);
  return objects.sort((a, b) => place(a) - place(b) || compareByKey(a, b));
}

/** Admins first: nobody is overlooked. */
function inUnmanagedOrder(objects: UnmanagedObject[]): UnmanagedObject[] {
  const rank = (object: UnmanagedObject) => (kindNamed(object.kind).isAdmin?.(object) ? 0 : 1);
  const place = ({ kind }: UnmanagedObject) => KINDS.findIndex(({ name }) => name === kind);
  return objects.sort((a, b) => place(a) - place(b) || rank(a) - rank(b) || compareByKey(a, b));
}

function inTextOrder<T extends PlanWarning | PlanRefusal>(said: T[]): T[] {
  return said.sort((a, b) => compareTexts(`${a.code} ${a.message}`, `${b.code} ${b.message}`));
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
