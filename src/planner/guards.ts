import type { DeleteLimit, DesiredState } from '../model/desired.ts';
import { KINDS, type Kind, liveObjects, phaseOfChange } from '../model/kinds/index.ts';
import type { LiveObject, LiveState } from '../model/live.ts';
import { PHASES } from '../model/phases.ts';
import type { PlannedChange, PlanRefusal, PlanWarning } from '../model/plan.ts';
import { realFields, type Values } from '../model/text.ts';
import type { Claims } from './claims.ts';
import type { DraftChange } from './draft.ts';
import type { Presenter } from './presenter.ts';
import { excusedDeletes } from './replacements.ts';

/** What the guards judge: the whole plan, in the order of execution, beside what it was made from. */
export interface GuardedPlan {
  desired: DesiredState;
  live: LiveState;
  changes: readonly { draft: DraftChange; planned: PlannedChange }[];
  claims: Claims;
  presenter: Presenter;
}

/** Why the plan must not be applied; empty where it may be. */
export function findRefusals(plan: GuardedPlan): PlanRefusal[] {
  return [
    ...refuseOwnerDelete(plan),
    ...refuseProtected(plan),
    ...refuseDeletes(plan),
    ...refuseAdmins(plan),
  ];
}

/** Warns where nobody said who the owner is and the plan could lock out anyone. */
export function warnOfUnknownOwner({ desired, changes }: GuardedPlan): PlanWarning[] {
  if (desired.owner) return [];
  const loses = ({ draft }: { draft: DraftChange }) =>
    draft.kind.isAdmin !== undefined && (draft.action === 'delete' || roleGained(draft) < 0);
  if (!changes.some(loses)) return [];
  return [
    {
      code: 'owner-unknown',
      message:
        'the plan deletes or demotes operators, and the API does not say who the owner is: name them in account.owner, so that they are left alone',
    },
  ];
}

/** Prune passes the owner by, so this was asked for by the file itself. */
function refuseOwnerDelete({ changes, claims }: GuardedPlan): PlanRefusal[] {
  return changes.flatMap(({ draft, planned }) => {
    if (draft.live === null || draft.action !== 'delete' || !claims.ownerKeys.has(draft.live.key)) return [];
    return {
      code: 'owner',
      message: `${planned.kind} ${planned.key} is the account owner, who cannot be deleted`,
      hint: 'take `state: absent` out of the file',
      ...(planned.source ? { source: planned.source } : {}),
    };
  });
}

/** Prune passes protected objects by, so what is left was asked for by the file itself. */
function refuseProtected({ changes, claims }: GuardedPlan): PlanRefusal[] {
  return changes.flatMap(({ draft, planned }) => {
    if (draft.live === null) return [];
    const places = [draft.live.fields, draft.after].filter((fields) => fields !== null);
    if (!places.some((fields) => claims.isProtected(draft.kind, fields))) return [];
    return {
      code: 'protect',
      message: `${planned.kind} ${planned.key} is protected by policy.protect, and the file asks to ${planned.action} it`,
      hint: 'take it out of the file, or out of policy.protect',
      ...(planned.source ? { source: planned.source } : {}),
    };
  });
}

function refuseDeletes({ desired, live, changes }: GuardedPlan): PlanRefusal[] {
  const { maxDeletes } = desired.policy;
  return KINDS.flatMap((kind) => {
    // The extra one of two is no loss.
    const deletes = changes.filter(
      ({ draft }) =>
        draft.kind === kind && draft.claimedBy !== undefined && !draft.twinStays && !draft.isRest,
    );
    const excused = excusedDeletes(
      kind,
      changes.map(({ draft }) => draft),
    );
    const lost = deletes.length - excused;
    const count = liveObjects(kind, live).length;
    const allowed = allowedDeletes(maxDeletes, count);
    if (lost <= allowed) return [];
    const limit = limitInWords(maxDeletes, allowed);
    return {
      code: 'max-deletes',
      message: `prune would delete ${lost} of ${count} ${kind.noun.many}${excused > 0 ? `, beside ${excused} that are replaced` : ''}; policy.maxDeletes allows ${limit}`,
      hint: 'check that the file and the token belong together; raise policy.maxDeletes for this change if it is meant',
    };
  });
}

/** A share is of what there is, rounded down, but at least 1 (none for `0%`). */
export function allowedDeletes(limit: DeleteLimit, live: number): number {
  if ('count' in limit) return limit.count;
  return limit.percent === 0 ? 0 : Math.max(1, Math.floor((live * limit.percent) / 100));
}

export function limitInWords(limit: DeleteLimit, allowed: number): string {
  return 'count' in limit ? String(limit.count) : `${limit.percent}%, here ${allowed}`;
}

/** There must be enough admins after every phase, not only at the end. */
function refuseAdmins({ desired, live, changes }: GuardedPlan): PlanRefusal[] {
  const before = KINDS.flatMap((kind) =>
    liveObjects(kind, live).filter((object) => isActiveAdmin(kind, object)),
  ).length;
  // Without a policy, the last admin stays.
  const required = desired.policy.minAdmins ?? Math.min(1, before);
  const people = changes.filter(({ draft }) => draft.kind.isAdmin !== undefined);
  if (people.length === 0) return [];

  let admins = before;
  let fewest = Number.POSITIVE_INFINITY;
  for (const phase of PHASES) {
    const gained = people
      .filter(({ planned }) => phaseOfChange(planned).phase === phase)
      .reduce((sum, { draft }) => sum + adminsGained(draft), 0);
    admins += gained;
    // Too few from the start is nobody's fault; a phase that takes one then is.
    if (gained < 0) fewest = Math.min(fewest, admins);
  }
  const minimum =
    desired.policy.minAdmins === null ? 'the last admin must stay' : `policy.minAdmins is ${required}`;
  if (admins < required) {
    return [
      {
        code: 'min-admins',
        message: `the plan would leave ${admins} of ${before} admins; ${minimum}`,
        hint: 'keep an admin, or make someone else one',
      },
    ];
  }
  if (fewest >= required) return [];
  return [
    {
      code: 'min-admins',
      message: `the plan would leave ${fewest} admins until its new ones are created, since deletes free the seats first; ${minimum}`,
      hint: 'create the new admins in one apply, and remove the old ones in the next',
    },
  ];
}

/** One who cannot log in is no help. */
function isActiveAdmin(kind: Kind, { fields, readOnly }: LiveObject): boolean {
  return kind.isAdmin?.(realFields(fields)) === true && (kind.whyIdle?.(readOnly) ?? null) === null;
}

/** 1 where the change makes an admin who can log in, -1 where it takes one. */
function adminsGained(change: DraftChange): number {
  const { kind, live } = change;
  return live && (kind.whyIdle?.(live.readOnly) ?? null) !== null ? 0 : roleGained(change);
}

function roleGained({ kind, before, after }: DraftChange): number {
  const isAdmin = (fields: Values | null) => fields !== null && kind.isAdmin?.(realFields(fields)) === true;
  return Number(isAdmin(after)) - Number(isAdmin(before));
}
