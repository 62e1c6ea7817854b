import {
  Composer,
  type CST,
  type Document,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  Parser,
  type Scalar,
  type YAMLParseError,
} from 'yaml';
import type { DiagnosticCode } from '../../model/codes.ts';
import type { Complaint, Complaints } from '../complaints.ts';
import { placeBetween, type SourceFile } from './source-file.ts';

/** Parses the file and sets its `root`; without one there was a complaint. */
export function parseYaml(file: SourceFile, complaints: Complaints): void {
  const document = firstDocument(file, complaints);
  if (!document) return;
  if (reportSyntax(file, document, complaints)) return;
  if (document.directives.yaml.explicit && document.directives.yaml.version === '1.1') {
    complaints.add({
      code: 'yaml-version',
      message: 'this file asks for YAML 1.1, and YAML 1.2 is what is read',
      hint: 'remove the line with %YAML',
      place: placeBetween(file, Math.max(0, file.text.indexOf('%YAML')), file.text.length),
    });
    return;
  }
  const root = document.contents;
  if (root === null || (isScalar(root) && root.value === null)) {
    complaints.add({
      code: 'empty-file',
      message: /\S/.test(file.text)
        ? 'this file has no content, only comments or an empty document'
        : 'this file is empty',
      hint: 'a file starts with `version: 1`; `chaportctl init` writes a commented one',
      place: { file, offset: 0, length: 1 },
    });
    return;
  }
  file.root = root;
}

function firstDocument(file: SourceFile, complaints: Complaints): Document.Parsed | null {
  // Merges and duplicate keys are ours to see to: they need places, and a look-up that stays linear.
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  let first: Document.Parsed | null = null;
  // A faulty file has many errors, and the traces of them all take more memory than everything else.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    for (const document of composer.compose(tokensOf(file.text), true, file.text.length)) {
      if (first !== null) {
        const [start] = document.contents?.range ?? document.range;
        const separator = file.text.lastIndexOf('\n---', start) + 1;
        complaints.add({
          code: 'several-documents',
          message: 'a second YAML document starts here, and a file holds one',
          hint: 'put it into a file of its own; several files are one configuration',
          place: placeBetween(file, separator || start, file.text.length),
        });
        return null;
      }
      first = document as Document.Parsed;
    }
  } catch (error) {
    complaints.add(complaintAbout(error, file));
    return null;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  return first;
}

function complaintAbout(error: unknown, file: SourceFile): Complaint {
  const isTooLarge = error instanceof TooMuch && error.code === 'file-too-large';
  const isTooDeep = error instanceof RangeError || (error instanceof TooMuch && !isTooLarge);
  const place = { file, offset: error instanceof TooMuch ? error.offset : 0, length: 1 };
  if (isTooDeep) return { code: 'too-deep', message: TOO_DEEP, place };
  if (!isTooLarge) {
    return { code: 'yaml-syntax', message: `this file cannot be read as YAML: ${String(error)}`, place };
  }
  return {
    code: 'file-too-large',
    message: 'this file holds too many lines and values: reading it stopped here',
    hint: 'split it into several files',
    place,
  };
}

/** The parser was stopped before it took too much. */
class TooMuch extends Error {
  readonly code: 'file-too-large' | 'too-deep';
  readonly offset: number;

  constructor(code: TooMuch['code'], offset: number) {
    super(code);
    this.code = code;
    this.offset = Math.max(0, offset - 1);
  }
}

/** The parser slows down with the depth of what it has open, so it is stopped early. */
const MAX_OPEN = 256;

/** More than 10,000 people with every field of theirs need; so much takes about 300 MiB. */
const MAX_WEIGHT = 700_000;

function* tokensOf(text: string): Generator<CST.Token, void> {
  const parser = new Parser();
  let weight = 0;
  for (const lexeme of new Lexer().lex(text)) {
    weight += weightOf(lexeme);
    if (weight > MAX_WEIGHT) throw new TooMuch('file-too-large', parser.offset);
    yield* parser.next(lexeme);
    if (parser.stack.length > MAX_OPEN) throw new TooMuch('too-deep', parser.offset);
  }
  yield* parser.end();
}

/** What a lexeme takes of the memory, as measured: by its first character, and quotes by their length. */
function weightOf(lexeme: string): number {
  const first = lexeme.charAt(0);
  return first === '"' || first === "'" ? 1 + lexeme.length / 10 : (WEIGHTS[first] ?? 1);
}

const WEIGHTS: Readonly<Record<string, number>> = {
  ' ': 0.3,
  '\t': 0.3,
  '#': 0.5,
  '\r': 0.9,
  '\n': 0.9,
  '-': 2,
  '[': 4,
  '{': 4,
};

export const TOO_DEEP = 'lists and maps are nested too deeply here';

const SYNTAX_HINTS: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'use spaces',
  BLOCK_AS_IMPLICIT_KEY: 'put a text that contains ": " in quotes; start a nested map on a line of its own',
  BAD_INDENT: 'keys of one map, and entries of one list, start at the same column',
  MISSING_CHAR: 'close the quote or bracket, or put the text in quotes',
  BAD_ALIAS: 'put a text that starts with * or & in quotes',
  UNEXPECTED_TOKEN: 'put a text with special characters in quotes',
};

/** The parser's errors, one a line. Whether there were any. */
function reportSyntax(file: SourceFile, document: Document.Parsed, complaints: Complaints): boolean {
  const deep = document.errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
  const faults = deep ? [deep] : document.errors;
  const lines = new Set<number>();
  for (const fault of faults.sort((a, b) => a.pos[0] - b.pos[0])) {
    const { line } = file.sourceAt(fault.pos[0]);
    if (lines.has(line)) continue;
    lines.add(line);
    const quote = openQuoteBefore(file, document, fault);
    complaints.add({
      code: SYNTAX_CODES[fault.code] ?? 'yaml-syntax',
      message: quote === null ? syntaxMessage(fault) : 'this quote is never closed',
      hint: SYNTAX_HINTS[fault.code],
      place: quote === null ? placeBetween(file, ...fault.pos) : placeBetween(file, quote, file.text.length),
    });
  }
  return faults.length > 0;
}

const SYNTAX_CODES: Readonly<Record<string, DiagnosticCode>> = {
  TAB_AS_INDENT: 'tab-indentation',
  RESOURCE_EXHAUSTION: 'too-deep',
};

/** Where the text starts that runs on to the fault: the end of the file is not where the quote is missing. */
function openQuoteBefore(
  { text }: SourceFile,
  document: Document.Parsed,
  fault: YAMLParseError,
): number | null {
  if (fault.code !== 'MISSING_CHAR') return null;
  let node: unknown = document.contents;
  while (isMap(node) || isSeq(node)) {
    const last: unknown = node.items.at(-1);
    node = isMap(node) ? (node.items.at(-1)?.value ?? node.items.at(-1)?.key) : last;
  }
  if (!isScalar(node) || !node.range || !node.type?.startsWith('QUOTE')) return null;
  const [start, end] = node.range;
  const isOpen = end - start === 1 || text[end - 1] !== text[start];
  return isOpen && end >= fault.pos[0] ? start : null;
}

function syntaxMessage({ code, message }: YAMLParseError): string {
  if (code === 'TAB_AS_INDENT') return 'a tab is used for indentation';
  if (code === 'RESOURCE_EXHAUSTION') return TOO_DEEP;
  return `not valid YAML: ${message.length > 160 ? `${message.slice(0, 160)}…` : message}`;
}

/** `<<` without quotes, as YAML 1.1 had it and everybody still writes it. */
export function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN';
}

/** A key as it is written: `1` and `true` are words like any other. */
export function keyTextOf(key: Scalar): string {
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}
