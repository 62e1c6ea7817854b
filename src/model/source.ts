import type { DiagnosticCode } from './codes.ts';

/** A place in a file the user wrote. `line` and `column` count from 1; `file` is the path as it is shown. */
export interface Source {
  file: string;
  line: number;
  column: number;
  /** Where overrides of other files change what is said there. */
  overrides?: Source[];
}

/** An edit of the file that a complaint is about. Lines and columns count from 1; `to` is behind what goes. */
export interface Fix {
  from: Pick<Source, 'line' | 'column'>;
  to: Pick<Source, 'line' | 'column'>;
  text: string;
}

export type Severity = 'error' | 'warning';

/**
 * One complaint about the files. `code` is stable and machine-readable (`unknown-key`);
 * `message` says what is wrong, `hint` what would be right. `excerpt` is the line
 * complained of, with `length` characters from `source.column` to mark. A very long line is cut;
 * then the mark starts at `excerpt.column` of `text` (from 1) instead.
 */
export interface Diagnostic {
  severity: Severity;
  code: DiagnosticCode;
  message: string;
  hint?: string;
  source?: Source;
  /** The same thing's other place: the first of two duplicates. */
  related?: { message: string; source: Source };
  /** What mends it, where that is certain. The fixes of one file can all be made at once. */
  fix?: Fix;
  excerpt?: { text: string; length: number; column?: number };
}
