import type { PlannedChange } from '../model/plan.ts';
import type { ChangeResult } from '../model/report.ts';

/** Told as apply goes on. Nothing that it does changes what apply does. */
export interface ProgressListener {
  started?(change: PlannedChange): void;
  finished?(change: PlannedChange, result: ChangeResult): void;
}
