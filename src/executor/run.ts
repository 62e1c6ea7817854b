import type { Clock } from '../chaport/calls/pacer.ts';
import type { CallSignals, ChaportWriter } from '../chaport/client.ts';
import { ChaportError } from '../chaport/errors.ts';
import type { SecretBook } from '../model/secrets.ts';
import { type Entry, end, INTERRUPTED, skipped } from './entry.ts';
import type { ProgressListener } from './progress.ts';
import type { Readings } from './readings.ts';
import type { Watch } from './watch.ts';

/** What the parts of one apply share. */
export interface Run {
  readonly entries: readonly Entry[];
  readonly writer: ChaportWriter;
  readonly secrets: SecretBook;
  readonly signals: CallSignals;
  readonly clock: Clock;
  readonly readings: Readings;
  readonly watch: Watch;
  readonly progress: ProgressListener;
}

export function isStopping({ signals }: Run): boolean {
  return signals.stop?.aborted ?? false;
}

/** Its request is about to leave. */
export function begin(entry: Entry, { clock, progress }: Run): void {
  if (entry.begunAt !== undefined) return;
  entry.begunAt = clock.elapsed();
  progress.started?.(entry.change);
}

/** A call that changed nothing. */
export function notDone(entry: Entry, failure: ChaportError, attempts = failure.attempts): void {
  if (failure.code === 'interrupted' && attempts === 0) skipped(entry, INTERRUPTED);
  else end(entry, 'failed', { attempts, error: failure.reason });
}

/** @throws the error itself when it is a bug of ours and no failed call. */
export function asChaportError(error: unknown): ChaportError {
  if (error instanceof ChaportError) return error;
  throw error;
}
