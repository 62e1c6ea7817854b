import type { ProgressListener } from '../executor/progress.ts';
import { unfinishedReport } from '../executor/unfinished-report.ts';
import type { Plan, PlannedChange } from '../model/plan.ts';
import type { ApplyReport, ChangeResult } from '../model/report.ts';

/** Writes down what apply has done so far, so that a report can be given whenever it ends. */
export class ApplyRecord {
  /** The plan, as soon as there is one. */
  plan: Plan | null = null;
  readonly #startedAt = new Date();
  readonly #begun = new Set<PlannedChange>();
  readonly #results = new Map<PlannedChange, ChangeResult>();

  /** Whether any call to change the account was begun. */
  get hasBegun(): boolean {
    return this.#begun.size > 0;
  }

  /** Keeps the record, and tells the other listener. */
  listeningTo(other: ProgressListener): ProgressListener {
    return {
      started: (change) => {
        this.#begun.add(change);
        ignoringFaults(() => other.started?.(change));
      },
      finished: (change, result) => {
        this.#results.set(change, result);
        ignoringFaults(() => other.finished?.(change, result));
      },
    };
  }

  /** The report as things stand; `null` before there is a plan. */
  reportNow(reason: string, interrupted?: string): ApplyReport | null {
    if (this.plan === null) return null;
    return unfinishedReport(this.plan, {
      startedAt: this.#startedAt,
      endedAt: new Date(),
      reason,
      begun: this.#begun,
      results: this.#results,
      ...(interrupted === undefined ? {} : { interrupted }),
    });
  }
}

/** What is shown on the way must not end what is done. */
function ignoringFaults(tell: () => void): void {
  try {
    tell();
  } catch {
    // The report says it all again.
  }
}
