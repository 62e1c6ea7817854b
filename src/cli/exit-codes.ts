import { RefusedError } from '../model/errors.ts';
import type { ApplyReport } from '../model/report.ts';

/** The exit codes of the contract. */
export const EXIT = {
  done: 0,
  /** An error, and nothing was changed. */
  error: 1,
  /** `plan --detailed-exitcode`: there are changes; `fmt --check`: files are not canonical. */
  differences: 2,
  /** Apply stopped short, or the account did not end as planned. */
  incomplete: 3,
  /** Refused, and nothing was changed. */
  refused: 4,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export function exitCodeOfError(error: unknown): ExitCode {
  return error instanceof RefusedError ? EXIT.refused : EXIT.error;
}

export function exitCodeOfReport(report: ApplyReport): ExitCode {
  if (report.converged) return EXIT.done;
  const nothingSent = report.changes.every((change) => change.attempts === 0);
  return nothingSent ? EXIT.error : EXIT.incomplete;
}
