import { type Clock, SYSTEM_CLOCK } from '../chaport/calls/pacer.ts';
import type { CallSignals, ChaportReader, ChaportWriter } from '../chaport/client.ts';
import { RefusedError } from '../model/errors.ts';
import { inPhases, kindNamed } from '../model/kinds/index.ts';
import type { LiveState } from '../model/live.ts';
import { PHASES } from '../model/phases.ts';
import type { Plan } from '../model/plan.ts';
import type { ApplyReport } from '../model/report.ts';
import type { SecretBook } from '../model/secrets.ts';
import { type Afterwards, lookAfterwards, type Verification } from './afterwards.ts';
import { create } from './creates.ts';
import { mayGoOn } from './dependencies.ts';
import { type Entry, pendingEntry } from './entry.ts';
import { makeChange } from './make-change.ts';
import type { ProgressListener } from './progress.ts';
import { Readings } from './readings.ts';
import { fingerprintsOf, reportOf } from './report.ts';
import { isStopping, type Run } from './run.ts';
import { noteSight } from './sights.ts';
import { Watch } from './watch.ts';

export type { PlannedAgain, Verification } from './afterwards.ts';

export interface ApplyOptions {
  reader: ChaportReader;
  /** Limits how many calls are under way at once. */
  writer: ChaportWriter;
  /** Holds the secrets that the plan names. */
  secrets: SecretBook;
  /** What the plan was made of or checked against; when it was asked for, by the clock that never goes back. */
  seen: { live: LiveState; askedAt: number };
  verification: Verification;
  /** How long to wait until a confirmed change is seen, and to look for one whose answer was lost. */
  settleSeconds: number;
  /** `stop` (with the signal's name as its reason): no new call starts; `abort`: those under way are cut. */
  signals?: CallSignals;
  progress?: ProgressListener;
  clock?: Clock;
}

/**
 * Makes the changes of a plan, phase by phase, each on a fresh reading; what a reading shows afterwards is what
 * became of them. Failed calls do not throw: the report says it of every change.
 *
 * @throws {RefusedError} for a plan that a guard refuses; nothing was called then.
 */
export async function apply(plan: Plan, options: ApplyOptions): Promise<ApplyReport> {
  const [refusal] = plan.refusals;
  if (refusal) {
    const { code, message, hint } = refusal;
    throw new RefusedError(code, message, hint === undefined ? {} : { hint });
  }
  const { secrets, signals = {}, clock = SYSTEM_CLOCK } = options;
  const startedAt = new Date(clock.now());
  const run = start(plan, options);
  for (const phase of PHASES) {
    const inPhase = inPhases(run.entries, ({ change }) => change).filter((one) => one.phase.phase === phase);
    await allOf(inPhase.map((entry) => execute(entry, run)));
  }
  const check =
    plan.changes.length === 0 ? nothingToDo(plan) : await lookAfterwards(plan, run, options.verification);
  return reportOf(plan, {
    startedAt,
    finishedAt: new Date(clock.now()),
    interrupted: signals.stop?.aborted ? String(signals.stop.reason) : undefined,
    secrets: fingerprintsOf(plan, secrets),
    changes: run.entries.map(({ result }) => result),
    check,
  });
}

function start(plan: Plan, options: ApplyOptions): Run {
  const { reader, writer, secrets, seen, settleSeconds, signals = {}, progress = {} } = options;
  const { clock = SYSTEM_CLOCK } = options;
  const entries: Entry[] = [];
  const readings = new Readings({
    reader,
    clock,
    signals,
    seen,
    onReading: (reading) => {
      for (const entry of entries) noteSight(entry, reading);
    },
  });
  for (const change of plan.changes) {
    const kind = kindNamed(change.kind);
    entries.push(pendingEntry(change, readings.peek(kind.list)?.byId(kind, change.id), secrets));
  }
  const watch = new Watch(readings, clock, settleSeconds, signals);
  return { entries, writer, secrets, signals, clock, readings, watch, progress };
}

async function execute(entry: Entry, run: Run): Promise<void> {
  const { change, result } = entry;
  if (!isStopping(run) && (await mayGoOn(entry, run))) {
    if (change.action === 'create') await create(entry, run);
    else await makeChange(entry, run);
  }
  if (entry.begunAt !== undefined) result.milliseconds = Math.round(run.clock.elapsed() - entry.begunAt);
  run.progress.finished?.(change, result);
}

/** The first error is thrown when all are done. */
async function allOf(works: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(works)) if (result.status === 'rejected') throw result.reason;
}

function nothingToDo({ unmanaged }: Plan): Afterwards {
  return { converged: true, remaining: [], remainingDigest: null, unmanaged };
}
