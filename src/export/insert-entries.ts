import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  Parser,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { UserError } from '../model/errors.ts';
import type { WrittenEntry } from '../model/written-entry.ts';
import { blockLines, flowText } from './entry-lines.ts';

const INDENT = '  ';

interface Splice {
  start: number;
  end: number;
  text: string;
}

/** What is known of a file that is to be added to. */
interface Target {
  text: string;
  newline: string;
  document: Document;
  root: YAMLMap;
  name: string;
}

/** Whether the text has the section, be it empty. */
export function hasSection(text: string, section: string): boolean {
  const { contents } = parse(text);
  return isMap(contents) && pairOf(contents, section) !== undefined;
}

/**
 * Adds entries at the end of a section, which is made where the file has none. Every byte of the
 * text but the brackets of an empty list stays, and so do comments, anchors, quotes and line ends.
 * @throws {UserError} `cannot-insert` for a section that is not written out in this file
 */
export function insertEntries(
  name: string,
  text: string,
  section: string,
  entries: readonly WrittenEntry[],
): string {
  if (entries.length === 0) return text;
  const document = parse(text);
  const root = document.contents;
  if (!isMap(root)) throw cannotInsert(name, section, 'the file is not a map of sections');
  const newline = /\r?\n/.exec(text)?.[0] ?? '\n';
  const splices = splicesFor({ text, newline, document, root: root as YAMLMap, name }, section, entries);
  return splices
    .sort((a, b) => b.start - a.start)
    .reduce(
      (result, { start, end, text: added }) => result.slice(0, start) + added + result.slice(end),
      text,
    );
}

function parse(text: string): Document {
  const composer = new Composer({
    merge: false,
    uniqueKeys: false,
    keepSourceTokens: true,
    prettyErrors: false,
  });
  const [document] = composer.compose(new Parser().parse(text), true, text.length);
  if (!document) throw new TypeError('a composer always gives a document');
  return document as Document;
}

function pairOf(root: YAMLMap, section: string): Pair | undefined {
  return root.items.find(({ key }) => isScalar(key) && key.value === section);
}

function cannotInsert(name: string, section: string, why: string): UserError {
  return new UserError('cannot-insert', `${name}: nothing can be added to "${section}": ${why}`, {
    hint: 'name another file with --into',
  });
}

function splicesFor(target: Target, section: string, entries: readonly WrittenEntry[]): Splice[] {
  const pair = pairOf(target.root, section);
  if (!pair) {
    return target.root.flow ? newFlowSection(target, section, entries) : newSection(target, section, entries);
  }
  const { value } = pair;
  if (isAlias(value)) throw cannotInsert(target.name, section, `it is the alias *${value.source}`);
  if (isSeq(value) && value.items.length > 0) {
    return value.flow ? intoFlowList(target, value, entries) : intoBlockList(target, value, entries);
  }
  if (isSeq(value) || (isScalar(value) && value.value === null)) {
    return intoEmptyList(target, pair, value, entries);
  }
  throw cannotInsert(target.name, section, 'it is not a list');
}

/** The lines of entries at a column, each line with its line end before it. */
function block(entries: readonly WrittenEntry[], column: number, newline: string, apart: boolean): string {
  const indent = ' '.repeat(column);
  return entries
    .map((entry) => blockLines(entry).map((line) => newline + (line === '' ? '' : indent + line)))
    .map((lines) => (apart ? newline : '') + lines.join(''))
    .join('');
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

/** The end of the line that holds the offset, without its line break. */
function endOfLine(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === '\n') return offset - (text[offset - 2] === '\r' ? 2 : 1);
  const end = text.indexOf('\n', offset);
  if (end === -1) return text.length;
  return text[end - 1] === '\r' ? end - 1 : end;
}

/** A new section behind everything else. */
function newSection(
  { text, newline, document, root }: Target,
  section: string,
  entries: readonly WrittenEntry[],
): Splice[] {
  const column = columnOf(text, root.items[0] ? startOf(root.items[0].key) : 0);
  const marker = endMarker(document, text);
  const end = marker ?? text.length;
  const isLineEnded = end === 0 || text[end - 1] === '\n';
  const indent = ' '.repeat(column);
  const added = `${newline}${indent}${section}:${block(entries, column + 2, newline, false)}${newline}`;
  return [{ start: end, end, text: isLineEnded ? added : newline + added }];
}

/** Where `...` stands. */
function endMarker(document: Document, text: string): number | null {
  const [, contentEnd = 0] = document.contents?.range ?? [];
  const match = /^\.\.\.(?=\s|$)/m.exec(text.slice(contentEnd));
  return match ? contentEnd + match.index : null;
}

function startOf(node: unknown): number {
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : null;
  return Array.isArray(range) ? Number(range[0]) : 0;
}

function intoBlockList({ text, newline }: Target, list: YAMLSeq, entries: readonly WrittenEntry[]): Splice[] {
  const token = list.srcToken as CST.BlockSequence;
  const column = token.indent;
  const at = endOfItems(text, endOfNode(list.items.at(-1)), column);
  const [, second] = list.items as { spaceBefore?: boolean }[];
  return [{ start: at, end: at, text: block(entries, column, newline, second?.spaceBefore === true) }];
}

/** Where the text of a node ends, without comments that follow it. */
function endOfNode(node: unknown): number {
  if (isMap(node) && !node.flow) {
    const last = node.items.at(-1);
    return last ? Math.max(endOfNode(last.key), endOfNode(last.value)) : 0;
  }
  if (isSeq(node) && !node.flow) return endOfNode(node.items.at(-1));
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : null;
  return Array.isArray(range) ? Number(range[1]) : 0;
}

/** The end of the last line of a list: with comments that are indented to its entries. */
function endOfItems(text: string, end: number, column: number): number {
  let at = endOfLine(text, end);
  const lines = /\r?\n([ \t]*)([^\r\n]*)/gy;
  lines.lastIndex = at;
  for (let line = lines.exec(text); line; line = lines.exec(text)) {
    const [, indent = '', rest = ''] = line;
    if (rest !== '' && !(rest.startsWith('#') && indent.length > column)) break;
    if (rest !== '') at = lines.lastIndex;
  }
  return at;
}

/** `operators: []` and `operators:` become block lists; brackets with a comment between them are filled. */
function intoEmptyList(
  target: Target,
  pair: Pair,
  value: unknown,
  entries: readonly WrittenEntry[],
): Splice[] {
  const { text, newline, root } = target;
  if (isSeq(value) && (root.flow || text.slice(...rangeOf(value)).includes('#'))) {
    return intoFlowList(target, value, entries);
  }
  const [start, end] = rangeOf(value);
  if (root.flow) {
    const list = `[${flowEntries(target, entries)}]`;
    return [{ start, end, text: start === end ? ` ${list}` : list }];
  }
  const column = columnOf(text, startOf(pair.key)) + 2;
  const at = endOfLine(text, end);
  const gap = text.slice(0, start).length - text.slice(0, start).trimEnd().length;
  const isLast = text.slice(end, at).trim() === '';
  const removed =
    start === end ? [] : [{ start: isLast ? start - gap : start, end: isLast ? at : end, text: '' }];
  return [...removed, { start: at, end: at, text: block(entries, column, newline, false) }];
}

function rangeOf(node: unknown): [number, number] {
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : null;
  return Array.isArray(range) ? [Number(range[0]), Number(range[1])] : [0, 0];
}

/** A file that quotes its keys is JSON, and stays so. */
function flowStyle({ root, text }: Target): 'yaml' | 'json' {
  return root.flow === true && text[startOf(root.items[0]?.key)] === '"' ? 'json' : 'yaml';
}

function flowEntries(target: Target, entries: readonly WrittenEntry[]): string {
  return entries.map((entry) => flowText(entry, flowStyle(target))).join(', ');
}

function intoFlowList(target: Target, list: YAMLSeq, entries: readonly WrittenEntry[]): Splice[] {
  const { text, newline } = target;
  const [start, end] = rangeOf(list);
  const close = end - 1;
  const last = list.items.at(-1);
  if (last === undefined) return [{ start: close, end: close, text: intoBrackets(target, close, entries) }];
  const lastEnd = rangeOf(last)[1];
  const tail = text.slice(lastEnd, close);
  const comma = /^(?:\s|#[^\n]*\n)*,/.test(tail);
  if (!text.slice(start, close).includes('\n') || !tail.includes('\n')) {
    const at = comma ? lastEnd + tail.indexOf(',') + 1 : lastEnd;
    return [{ start: at, end: at, text: `${comma ? ' ' : ', '}${flowEntries(target, entries)}` }];
  }
  const indent = ' '.repeat(columnOf(text, rangeOf(last)[0]));
  const lines = entries.map((entry) => `${newline}${indent}${flowText(entry, flowStyle(target))}`).join(',');
  const at = endOfLine(text, comma ? lastEnd + tail.indexOf(',') : lastEnd);
  if (comma) return [{ start: at, end: at, text: `${lines},` }];
  if (at === lastEnd) return [{ start: at, end: at, text: `,${lines}` }];
  return [
    { start: lastEnd, end: lastEnd, text: ',' },
    { start: at, end: at, text: lines },
  ];
}

/** Behind a comment, on a line of its own. */
function intoBrackets(target: Target, close: number, entries: readonly WrittenEntry[]): string {
  const { text, newline } = target;
  const added = flowEntries(target, entries);
  const start = text.lastIndexOf('\n', close - 1) + 1;
  const lead = text.slice(start, close);
  if (lead.trim() === '' && start > 0) return `${INDENT}${added}${newline}${lead}`;
  return added;
}

function newFlowSection(target: Target, section: string, entries: readonly WrittenEntry[]): Splice[] {
  const { root } = target;
  const key = flowStyle(target) === 'json' ? JSON.stringify(section) : section;
  const at = rangeOf(root)[1] - 1;
  const last = root.items.at(-1);
  const lastEnd = last ? Math.max(endOfNode(last.key), endOfNode(last.value)) : at;
  const lead = last === undefined ? ' ' : /^\s*,/.test(target.text.slice(lastEnd, at)) ? ' ' : ', ';
  const from =
    lead === ' ' && last !== undefined ? lastEnd + target.text.slice(lastEnd, at).indexOf(',') + 1 : lastEnd;
  return [{ start: from, end: from, text: `${lead}${key}: [${flowEntries(target, entries)}]` }];
}
