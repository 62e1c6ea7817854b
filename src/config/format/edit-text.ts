import { type Document, isMap, isScalar, isSeq, LineCounter, type Node } from 'yaml';
import type { Source } from '../../model/source.ts';
import type { ConfigText } from '../source/config-text.ts';
import { canonicalText } from './canonical-text.ts';
import { formatConfigText, parseForWriting, separateSections, sortedDocument } from './format-text.ts';
import { sortKeys } from './key-order.ts';

export interface EditedText {
  bytes: Uint8Array;
  /** The file was not in canonical form, so more of it changes than was edited. */
  isRewritten: boolean;
}

/** Changes a document. `itemAt` finds the item of a list that starts at a place of the file. */
export type DocumentEdit = (document: Document, itemAt: (place: Source) => unknown) => void;

/**
 * A sound file after an edit of its document: in canonical form, with its comments, line ends and byte order
 * mark. JSON stays JSON.
 * @throws {UserError} `cannot-format` when a comment or the meaning would be lost
 */
export function editConfigText(file: ConfigText, edit: DocumentEdit): EditedText {
  const original = new TextDecoder('utf-8', { ignoreBOM: true }).decode(file.bytes);
  const text = original.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const json = canonicalJson(text);
  let sorted = sortedDocument(text);
  const pathAt = itemPaths(text, sorted.document);
  const isCanonical = (json ?? canonicalText(sorted.document)) === text;
  if (!isCanonical && json === null) sorted = sortedDocument(formatConfigText(file));
  const { document, keepsKeyOrder } = sorted;
  edit(document, (place) => {
    const path = pathAt(place);
    return path && document.getIn(path, true);
  });
  if (!keepsKeyOrder) sortKeys(document.contents);
  separateSections(document);
  const edited = json === null ? canonicalText(document) : jsonText(document.toJS());
  return { bytes: new TextEncoder().encode(spelledLike(original, edited)), isRewritten: !isCanonical };
}

/** Finds the items of a file's lists by where they start. */
export function itemsOf({ bytes }: ConfigText): (place: Source) => unknown {
  const text = new TextDecoder().decode(bytes).replace(/\r\n?/g, '\n');
  const document = parseForWriting(text);
  const pathAt = itemPaths(text, document);
  return (place) => {
    const path = pathAt(place);
    return path && document.getIn(path, true);
  };
}

type ItemPath = readonly unknown[];

/** The path of each item of a list by where it starts; looked for when it is first asked. */
function itemPaths(text: string, document: Document): (place: Source) => ItemPath | undefined {
  let paths: Map<number, ItemPath> | null = null;
  const lines = new LineCounter();
  return ({ line, column }) => {
    if (paths === null) {
      for (let at = 0; at !== -1; at = text.indexOf('\n', at) + 1 || -1) lines.addNewLine(at);
      paths = new Map();
      collectItems(document.contents, [], paths);
    }
    return paths.get((lines.lineStarts[line - 1] ?? 0) + column - 1);
  };
}

function collectItems(node: unknown, path: ItemPath, into: Map<number, ItemPath>): void {
  if (isMap(node)) {
    for (const { key, value } of node.items)
      if (isScalar(key)) collectItems(value, [...path, key.value], into);
  } else if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) {
      const start = (item as Node).range?.[0];
      if (start !== undefined) into.set(start, [...path, index]);
    }
  }
}

/** `null`: the text is no JSON. */
function canonicalJson(text: string): string | null {
  try {
    return /^\s*\{/.test(text) ? jsonText(JSON.parse(text)) : null;
  } catch {
    return null;
  }
}

function jsonText(content: unknown): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** With the line ends and the byte order mark of the original. */
function spelledLike(original: string, text: string): string {
  const lines = original.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
  return original.startsWith('\ufeff') ? `\ufeff${lines}` : lines;
}
