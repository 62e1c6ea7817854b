import { RefusedError } from '../model/errors.ts';
import type { ApplyReport } from '../model/report.ts';

/** The exit codes of the contract. */
export const EXIT = {
  done: 0,
  /** An error, and nothing was changed. */
  error: 1,
  /** `plan --detailed-exitcode`: there are changes; `fmt --check`: files are not canonical; `import --dry-run`: there is something to do. */
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

/** An apply that was stopped before its first call has changed nothing; any other that is not done stopped short. */
export function exitCodeOfReport({ converged, interrupted, changes }: ApplyReport): ExitCode {
  if (converged) return EXIT.done;
  const isUntouched = interrupted !== undefined && changes.every(({ attempts }) => attempts === 0);
  return isUntouched ? EXIT.error : EXIT.incomplete;
}
