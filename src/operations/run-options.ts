import type { CallSignals } from '../chaport/client.ts';
import type { ProgressListener } from '../executor/progress.ts';

/** How a run is watched and ended. */
export interface RunOptions {
  /** Abort `stop` with a reason: no new call starts, and the report has the reason as `interrupted`. */
  signals?: CallSignals | undefined;
  progress?: ProgressListener | undefined;
  /** How long what the server confirmed is waited for, and what it may have done is looked for; default 10. */
  settleSeconds?: number | undefined;
}
