import type { DiagnosticCode } from '../../model/codes.ts';

/** A file as it was read. `name` is the path as it is shown; `-` is standard input. */
export interface ConfigText {
  name: string;
  bytes: Uint8Array;
  /** Where each item of its `include` leads; missing where it was not followed. */
  includes?: readonly IncludedTexts[];
}

/** The texts that an item of `include` stands for, by name, or why there are none. */
export type IncludedTexts = { names: readonly string[] } | { problem: InclusionProblem };

export interface InclusionProblem {
  code: DiagnosticCode;
  message: string;
  hint: string;
}
