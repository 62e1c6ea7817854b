import type { YAMLParseError } from 'yaml';
import type { DiagnosticCode } from '../../model/codes.ts';

/** A change of a text. Offsets count UTF-16 units from 0. */
export interface TextEdit {
  from: number;
  to: number;
  text: string;
}

/** A slip in the text of a file, found before its values can be looked at. */
export interface Mistake {
  code: DiagnosticCode;
  message: string;
  hint?: string;
  from: number;
  to: number;
  /** What mends it, where that is certain. */
  fix?: TextEdit;
  /** How the file is read on. Default: with the fix. */
  readAs?: readonly TextEdit[];
  /** What stands there is lost to reading on. */
  losesLine?: true;
}

/** A text as it is read, with what is mended so far. */
export interface ReadText {
  text: string;
  /** The lines that may hold keys and entries. */
  lines: readonly Line[];
  /** What the parser says of it. */
  errors: readonly YAMLParseError[];
}

/** A line outside of texts over several lines. Its parts stand one after the other. */
export interface Line {
  /** Where it starts and where it ends, without the line break. */
  start: number;
  end: number;
  /** White space of any kind at its start. */
  indent: string;
  /** The `- ` in front, with the white space behind: `-   `. */
  dashes: readonly string[];
  /** A key without quotes, and what stands between it and the value: `: `. */
  key: string | null;
  colon: string;
  /** The rest up to a comment, without white space at its end. */
  value: string;
  /** Where the value starts. */
  valueAt: number;
  /** It goes on with what an earlier line opened with a bracket. */
  inBrackets: boolean;
  /** It opens what no line closes. */
  unclosed?: { opensAt: number; closing: string; closesAt: number };
}

/** Finds the slips of one family. */
export type Recogniser = (reading: ReadText) => Mistake[];

/** A text in quotes, in the kind of quotes that needs no escapes. */
export function inQuotes(text: string): string {
  return /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
}
