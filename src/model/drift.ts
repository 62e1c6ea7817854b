import { addressKey } from './addresses.ts';
import { RefusedError } from './errors.ts';
import { KINDS, kindNamed, liveObjects } from './kinds/index.ts';
import type { LiveState } from './live.ts';
import type { ObjectName, Plan, UnmanagedObject } from './plan.ts';
import type { ApplyReport } from './report.ts';

/** What a plan shows although the files are as they were when they were last applied. */
export interface Drift {
  /** When that apply ended, RFC 3339. */
  since: string;
  /** The objects that the account changed by itself. Empty where everything is left over. */
  concerns: ObjectName[];
  /** What that apply itself did not finish: this is no drift. */
  leftOver: ObjectName[];
}

/** What became of an account since an apply. */
export interface SinceThen {
  /** When that apply ended, RFC 3339. */
  since: string;
  /** `null` where the files have changed, or nothing differs but what is set for a while. */
  drift: Drift | null;
  /** In the files then and not now, but live: with what it still does (`keeps access`). */
  leavers: (UnmanagedObject & { still: string })[];
  /** Unmanaged, and not there then. */
  newcomers: UnmanagedObject[];
}

export function sinceApply(plan: Plan, last: ApplyReport): SinceThen {
  const idsThen = idsIn(last);
  const namesNow = new Set(plan.managed.map(nameOf));
  const managedThen = new Set(last.managed.map(nameOf));
  const leftById = new Set(
    last.managed
      .filter((object) => !namesNow.has(nameOf(object)))
      .flatMap((object) => idsThen.ofManaged.get(nameOf(object)) ?? []),
  );
  const hasLeft = (object: UnmanagedObject) => leftById.has(idOf(object)) || managedThen.has(nameOf(object));
  return {
    since: last.finishedAt,
    drift: findDrift(plan, last),
    leavers: plan.unmanaged
      .filter(hasLeft)
      .map((object) => ({ ...object, still: kindNamed(object.kind).leftBehind ?? 'stays' })),
    newcomers: plan.unmanaged.filter((object) => !hasLeft(object) && !idsThen.all.has(idOf(object))),
  };
}

/** The ids that the account had when an apply ended: those it saw, and those it was given. */
function idsIn({ managed, unmanaged, changes }: ApplyReport): {
  all: Set<string>;
  ofManaged: Map<string, string>;
} {
  const named = [...changes, ...managed].filter(({ id }) => id !== undefined);
  return {
    all: new Set([...named, ...unmanaged].map(idOf)),
    ofManaged: new Map(named.map((object) => [nameOf(object), idOf(object)])),
  };
}

/**
 * Whether a report is about the account of a plan.
 * @param called how complaints name the report.
 * @throws {RefusedError} where it is about another one.
 */
export function checkSameAccount(
  { account: then }: ApplyReport,
  { account: now }: Plan,
  live: LiveState | null,
  called: string,
): void {
  const refuse = (message: string) => {
    throw new RefusedError('other-account', message, {
      hint: 'give the report of the last apply to this account, or leave --since out',
    });
  };
  if (then.baseUrl !== now.baseUrl) {
    refuse(`${called} is about ${then.baseUrl}, and this plan about ${now.baseUrl}`);
  }
  const [before, after] = [then.owner, now.owner];
  if (before !== undefined && after !== undefined && addressKey(before) !== addressKey(after)) {
    refuse(`${called} is about the account of ${before}, and this plan about that of ${after}`);
  }
  const people = KINDS.filter(
    ({ isAdmin, list }) => isAdmin !== undefined && (live?.[list] ?? null) !== null,
  );
  if (live === null || people.length === 0 || !then.witnesses?.length) return;
  const ids = new Set(people.flatMap((kind) => liveObjects(kind, live).map(({ id }) => id)));
  if (!then.witnesses.some((id) => ids.has(id))) {
    refuse(
      `${called} is about another account: none of the people by whom it is known again are in this one`,
    );
  }
}

/** The drift that a plan shows since an apply; `null` where the files have changed, or nothing differs but what is set for a while. */
export function findDrift(plan: Plan, last: ApplyReport): Drift | null {
  if (!isOfTheSameFiles(plan, last)) return null;
  const unfinished = unfinishedBy(last);
  // People set a status by hand: that is what it is for.
  const lasting = plan.changes.filter(({ kind }) => !kindNamed(kind).passing);
  if (lasting.length === 0) return null;
  const objects = lasting.map(({ kind, key }) => ({ kind, key }));
  return {
    since: last.finishedAt,
    concerns: objects.filter((object) => !unfinished.has(nameOf(object))),
    leftOver: objects.filter((object) => unfinished.has(nameOf(object))),
  };
}

export function isOfTheSameFiles(plan: Plan, last: ApplyReport): boolean {
  return plan.config.sha256 === last.config.sha256;
}

/** What was still to do when the apply ended. Where it could not read the account back, its outcomes say. */
function unfinishedBy({ converged, changes, remaining }: ApplyReport): Set<string> {
  if (converged) return new Set();
  const notApplied = changes.filter(({ outcome }) => outcome !== 'applied');
  return new Set([...notApplied, ...remaining].map(nameOf));
}

function nameOf({ kind, key }: ObjectName): string {
  return `${kind} ${key}`;
}

function idOf({ kind, id }: { kind: string; id?: string }): string {
  return `${kind} ${id}`;
}
