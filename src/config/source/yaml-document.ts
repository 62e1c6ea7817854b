import { Composer, type CST, type Document, isScalar, Lexer, Parser, type Scalar, visit } from 'yaml';
import type { Complaint, Complaints } from '../complaints.ts';
import { mendText } from '../mistakes/mend-text.ts';
import { wordsForFault } from '../mistakes/unreadable.ts';
import { placeBetween, type SourceFile } from './source-file.ts';

/** Parses the file, past the slips in its text, and sets its `root`; without one there was a complaint. */
export function parseYaml(file: SourceFile, complaints: Complaints): void {
  const { document, mistakes, hasLostLines, originalOf, isMended } = mendText(file.text, (text, placeOf) =>
    firstDocument(file, text, placeOf, complaints),
  );
  for (const { from, to, fix, readAs: _, losesLine: __, ...mistake } of mistakes) {
    complaints.add({ ...mistake, place: placeBetween(file, from, to), ...(fix ? { fix } : {}) });
  }
  if (!document) return;
  if (reportSyntax(file, document, originalOf, complaints)) return;
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
    if (mistakes.length > 0) return;
    complaints.add({
      code: 'empty-file',
      message: /\S/.test(file.text) ? 'this file has no content, only comments' : 'this file is empty',
      hint: 'a file starts with `version: 1`; `chaportctl init` writes a commented one',
      place: { file, offset: 0, length: 1 },
    });
    return;
  }
  if (isMended) placeAsWritten(document, originalOf);
  file.hasLostLines = hasLostLines;
  file.root = root;
}

/** Nodes of a mended text stand where they do in the file. */
function placeAsWritten(document: Document.Parsed, originalOf: (offset: number) => number): void {
  visit(document, {
    Node: (_key, node) => {
      if (node.range) node.range = node.range.map(originalOf) as typeof node.range;
    },
  });
}

function firstDocument(
  file: SourceFile,
  text: string,
  placeOf: (offset: number) => number,
  complaints: Complaints,
): Document.Parsed | null {
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
    for (const document of composer.compose(tokensOf(text), true, text.length)) {
      if (first !== null) {
        const [start] = document.contents?.range ?? document.range;
        const separator = text.lastIndexOf('\n---', start) + 1;
        complaints.add({
          code: 'several-documents',
          message: 'the line --- begins a second document here, and a file holds one',
          hint: 'take the line --- away, or put what follows into a file of its own: several files are one configuration',
          place: placeBetween(file, placeOf(separator || start), file.text.length),
        });
        return null;
      }
      first = document as Document.Parsed;
    }
  } catch (error) {
    complaints.add(complaintAbout(error, file, placeOf));
    return null;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  return first;
}

function complaintAbout(error: unknown, file: SourceFile, placeOf: (offset: number) => number): Complaint {
  const isTooLarge = error instanceof TooMuch && error.code === 'file-too-large';
  const isTooDeep = error instanceof RangeError || (error instanceof TooMuch && !isTooLarge);
  const place = { file, offset: error instanceof TooMuch ? placeOf(error.offset) : 0, length: 1 };
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

export const TOO_DEEP = 'lists and sections are nested too deeply here';

/** What is left of the parser's errors, one a line. Whether there were any. */
function reportSyntax(
  file: SourceFile,
  document: Document.Parsed,
  placeOf: (offset: number) => number,
  complaints: Complaints,
): boolean {
  const deep = document.errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
  const faults = deep ? [deep] : document.errors;
  const lines = new Set<number>();
  for (const fault of faults.sort((a, b) => a.pos[0] - b.pos[0])) {
    const [from, to] = fault.pos.map(placeOf) as [number, number];
    const { line } = file.sourceAt(from);
    if (lines.has(line)) continue;
    lines.add(line);
    const place = placeBetween(file, from, to);
    if (deep) complaints.add({ code: 'too-deep', message: TOO_DEEP, place });
    else complaints.add({ code: 'yaml-syntax', ...wordsForFault(fault), place });
  }
  return faults.length > 0;
}

/** `<<` without quotes, as YAML 1.1 had it and everybody still writes it. */
export function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN';
}

/** A key as it is written: `1` and `true` are words like any other. */
export function keyTextOf(key: Scalar): string {
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}
