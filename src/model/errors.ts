import type { Diagnostic } from './source.ts';

/**
 * An error the user can act on: printed as a sentence (and a hint), never as a stack.
 * Anything else that is thrown is a bug of ours.
 */
export class UserError extends Error {
  readonly code: string;
  readonly hint: string | undefined;

  constructor(code: string, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'UserError';
    this.code = code;
    this.hint = options.hint;
  }
}

/** The files are wrong, or they and the live account cannot be brought together. Holds every complaint. */
export class DiagnosticsError extends UserError {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    const errors = diagnostics.filter((entry) => entry.severity === 'error');
    super('invalid-configuration', errors.map((entry) => entry.message).join('\n'));
    this.name = 'DiagnosticsError';
    this.diagnostics = diagnostics;
  }
}

/** Refused before anything was changed: a stale plan, the wrong account, no confirmation, a guard (exit code 4). */
export class RefusedError extends UserError {
  /** What differs, row by row, where that is the reason. */
  readonly differences: readonly Difference[];

  constructor(
    code: string,
    message: string,
    options: { hint?: string; differences?: readonly Difference[] } = {},
  ) {
    super(code, message, options);
    this.name = 'RefusedError';
    this.differences = options.differences ?? [];
  }
}

/** One row of the table "the plan saw this, the account has that". Texts are safe to show but not yet escaped. */
export interface Difference {
  kind: string;
  key: string;
  path: string;
  planned: string;
  live: string;
}
