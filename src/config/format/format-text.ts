import {
  Composer,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  Parser,
  visit,
} from 'yaml';
import { DiagnosticsError, UserError } from '../../model/errors.ts';
import { SecretBook } from '../../model/secrets.ts';
import { Complaints } from '../complaints.ts';
import type { ConfigText } from '../source/config-text.ts';
import { openSourceFile } from '../source/decode.ts';
import { parseYaml } from '../source/yaml-document.ts';
import { canonicalText, DOCUMENT_OPTIONS } from './canonical-text.ts';
import { sortKeys } from './key-order.ts';
import { settleComments } from './settle-comments.ts';

/** More rounds than any file was seen to need until its text stays the same. */
const MOST_ROUNDS = 5;

/**
 * The canonical form of a configuration file: the schema's key order, quotes only where they are
 * needed, an empty line between sections. Comments, anchors and merges stay, and so does the
 * meaning. Formatting the result again gives the same text.
 *
 * @throws {DiagnosticsError} when the text is no YAML
 * @throws {UserError} `cannot-format` when a comment or the meaning would be lost
 */
export function formatConfigText(file: ConfigText): string {
  const complaints = new Complaints(new SecretBook());
  const source = openSourceFile(file.name, 0, file.bytes, complaints);
  if (source) parseYaml(source, complaints);
  if (!source || complaints.hasErrors) throw new DiagnosticsError(complaints.toDiagnostics());
  const text = source.text.replace(/\r\n?/g, '\n');
  let formatted = formatOnce(text);
  for (let round = 1; round < MOST_ROUNDS; round += 1) {
    const again = formatOnce(formatted);
    if (again === formatted) break;
    formatted = again;
  }
  checkNothingLost(text, formatted, source.shownName);
  return formatted;
}

function formatOnce(text: string): string {
  return canonicalText(sortedDocument(text).document);
}

/** The document of a text, its keys and sections where the canonical form has them. */
export function sortedDocument(text: string): { document: Document; keepsKeyOrder: boolean } {
  const document = parseForWriting(text);
  const before = aliasTargets(document);
  sortKeys(document.contents);
  const after = aliasTargets(document);
  // An alias must stay behind its anchor: otherwise the keys stay as they are.
  const keepsKeyOrder = [...before].some(([alias, target]) => after.get(alias) !== target);
  const sorted = keepsKeyOrder ? parseForWriting(text) : document;
  separateSections(sorted);
  return { document: sorted, keepsKeyOrder };
}

export function parseForWriting(text: string): Document {
  const tokens = [...new Parser().parse(text)];
  for (const token of tokens) settleComments(token);
  const [document] = new Composer(DOCUMENT_OPTIONS).compose(tokens, true, text.length);
  if (!document) throw new TypeError('a composer always gives a document');
  return document as Document;
}

/** The node that each alias stands for: the last one before it with that anchor. */
function aliasTargets(document: Document): Map<Node, Node | undefined> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Node, Node | undefined>();
  visit(document, {
    Node: (_key, node) => {
      if (isAlias(node)) targets.set(node, anchors.get(node.source));
      else if ('anchor' in node && typeof node.anchor === 'string') anchors.set(node.anchor, node);
    },
  });
  return targets;
}

/** An empty line above every section but the first, and nowhere more than one. */
export function separateSections(document: Document): void {
  document.commentBefore = collapse(document.commentBefore);
  document.comment = collapse(document.comment);
  visit(document, {
    Node: (_key, node) => {
      if (isAlias(node)) return;
      node.commentBefore = collapse(node.commentBefore);
      node.comment = collapse(node.comment);
    },
  });
  const { contents } = document;
  if (!isMap(contents) || contents.flow) return;
  for (const [index, { key, value }] of contents.items.entries()) {
    if (isScalar(key)) key.spaceBefore = index > 0;
    endWithoutEmptyLine(value);
  }
}

/** A comment at the end of a section brings its own empty line, beside the one above the next section. */
function endWithoutEmptyLine(node: unknown): void {
  if (!isCollection(node)) return;
  node.comment = node.comment?.replace(/\n$/, '') ?? null;
  const last = node.items.at(-1);
  endWithoutEmptyLine(isPair(last) ? last.value : last);
}

function collapse(comment: string | null | undefined): string | null {
  return comment
    ? comment
        .replace(/^\n+/, '')
        .replace(/\n+$/, '\n')
        .replace(/\n{3,}/g, '\n\n')
    : null;
}

function checkNothingLost(before: string, after: string, name: string): void {
  const same =
    meaningOf(parseForWriting(before).contents) === meaningOf(parseForWriting(after).contents) &&
    commentsOf(before) === commentsOf(after);
  if (same) return;
  throw new UserError('cannot-format', `${name} cannot be put into canonical form without losing something`, {
    hint: 'the file is left as it is; please report it with the file that shows it',
  });
}

/** One text for all spellings of a value: the order of keys, quotes and layout do not show in it. */
function meaningOf(node: unknown): string {
  if (isAlias(node)) return `*${node.source}`;
  if (isPair(node)) return `${meaningOf(node.key)}: ${meaningOf(node.value)}`;
  if (!isScalar(node) && !isMap(node) && !isSeq(node)) return 'null';
  const props = `${node.anchor ? `&${node.anchor} ` : ''}${node.tag ? `!${node.tag} ` : ''}`;
  if (isMap(node)) {
    const pairs = node.items.map(meaningOf);
    // Of a repeated key the first one counts, so their order is part of the meaning.
    const keys = node.items.map(({ key }) => meaningOf(key));
    const order = pairs.map((_pair, at) => at).sort((a, b) => compare(keys[a], keys[b]) || a - b);
    return `${props}{${order.map((at) => pairs[at]).join(', ')}}`;
  }
  if (isSeq(node)) return `${props}[${node.items.map(meaningOf).join(', ')}]`;
  const isMerge = node.value === '<<' && node.type === 'PLAIN';
  const text = typeof node.value === 'string' ? JSON.stringify(node.value) : node.source || 'null';
  return `${props}${isMerge ? '<<' : text}`;
}

function compare(a = '', b = ''): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function commentsOf(text: string): string {
  const comments: string[] = [];
  for (const token of new Parser().parse(text)) collectComments(token, comments);
  return comments.sort().join('\n');
}

function collectComments(token: unknown, into: string[]): void {
  if (Array.isArray(token)) for (const part of token) collectComments(part, into);
  else if (typeof token === 'object' && token !== null) {
    const { type, source } = token as { type?: unknown; source?: unknown };
    if (type === 'comment' && typeof source === 'string') into.push(source.trim());
    else for (const part of Object.values(token)) collectComments(part, into);
  }
}
