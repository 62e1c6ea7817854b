import type { Fields } from '../model/json.ts';
import { type Kind, kindNamed, phaseOfChange } from '../model/kinds/index.ts';
import type { LiveObject } from '../model/live.ts';
import type { PhaseOfKind } from '../model/phases.ts';
import type { PlannedChange } from '../model/plan.ts';
import type { ChangeResult, Outcome } from '../model/report.ts';
import type { SecretBook } from '../model/secrets.ts';
import { realFields, type Values } from '../model/text.ts';
import { keyOf } from '../planner/saved-plan/differences.ts';
import { desiredValues } from '../planner/saved-plan/filled-values.ts';

/** A change with all that is known of it while it is made. */
export interface Entry {
  readonly change: PlannedChange;
  readonly kind: Kind;
  readonly phase: PhaseOfKind;
  readonly result: ChangeResult;
  /** The object as the plan saw it, in real values. */
  readonly seen: LiveObject | undefined;
  /** What is to be there, in real values; `null` for a delete. */
  readonly desired: Values | null;
  /** What the server said: `done`; `lost`: nothing that settles it, so a reading must; `nothing`: neither. */
  said: 'nothing' | 'done' | 'lost';
  /** Whether a reading has shown it: only that is believed. */
  isSeen: boolean;
  /** The wait until a reading shows it, shared by all changes that need it. */
  sight: Promise<unknown> | undefined;
  /** Whether the changes that need it may be made, once a reading shows it. */
  holds: boolean;
  /** The object came from this run: its id is the one that this run's own create was answered with. */
  isOwn: boolean;
  /** The server said that it was there before this run's create. */
  isElsewhere: boolean;
  /** The account keeps another key than it was given. */
  isRespelled: boolean;
  /** It was not made, and that is no reason for exit 3. */
  isExcused: boolean;
  /** A delete that found nothing to delete. */
  foundNothing: boolean;
  /** The object as it was read right before the write. */
  base: LiveObject | undefined;
  /** When its first call began. */
  begunAt: number | undefined;
}

export const INTERRUPTED = 'interrupted before it was sent';

/** Until something is called for it, a change is skipped. */
export function pendingResult({
  action,
  kind,
  key,
  id,
  fields,
  effects,
  about,
}: PlannedChange): ChangeResult {
  return {
    action,
    kind,
    key,
    ...(id === undefined ? {} : { id }),
    fields,
    effects,
    ...(about ? { about } : {}),
    outcome: 'skipped',
    attempts: 0,
    milliseconds: 0,
    error: INTERRUPTED,
  };
}

/** @throws {TypeError} for a change without a phase: it would be left out in silence. */
export function pendingEntry(
  change: PlannedChange,
  seen: LiveObject | undefined,
  secrets: SecretBook,
): Entry {
  return {
    change,
    kind: kindNamed(change.kind),
    phase: phaseOfChange(change),
    result: pendingResult(change),
    seen,
    desired: desiredValues(change, secrets),
    said: 'nothing',
    isSeen: false,
    sight: undefined,
    holds: false,
    isOwn: false,
    isElsewhere: false,
    isRespelled: false,
    isExcused: false,
    foundNothing: false,
    base: undefined,
    begunAt: undefined,
  };
}

export interface Ending {
  attempts?: number;
  id?: string;
  error?: string;
  note?: string;
}

/** Writes down what became of a change. */
export function end({ result }: Entry, outcome: Outcome, { attempts, id, error, note }: Ending = {}): void {
  result.outcome = outcome;
  if (attempts !== undefined) result.attempts = attempts;
  if (id !== undefined) result.id = id;
  delete result.error;
  delete result.note;
  if (error !== undefined) result.error = error;
  if (note !== undefined) result.note = note;
}

/** The account has it. */
export function applied(entry: Entry, ending: Ending = {}): void {
  entry.holds = true;
  end(entry, 'applied', ending);
}

/** It was not sent, or not again. */
export function skipped(entry: Entry, because: string, attempts = 0): void {
  end(entry, 'skipped', { attempts, error: because });
}

/** The key that the change gives, in the spelling that is compared. */
export function desiredKey({ kind, desired }: Entry): string {
  return keyOf(kind, desired ?? {});
}

/** What is sent where nothing has to be laid over it: empty fields are left out. */
export function ownFields({ desired }: Entry): Fields {
  const fields = Object.entries(realFields(desired ?? {}));
  return Object.fromEntries(fields.filter(([, value]) => value !== null));
}

export function describe({ action, kind, key }: PlannedChange): string {
  return `${action} ${kindNamed(kind).noun.one} ${key}`;
}

export function countOutcomes(results: readonly ChangeResult[]): Record<Outcome, number> {
  const summary: Record<Outcome, number> = { applied: 0, failed: 0, skipped: 0, unknown: 0 };
  for (const { outcome } of results) summary[outcome] += 1;
  return summary;
}
