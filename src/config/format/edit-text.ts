import type { Document } from 'yaml';
import type { ConfigText } from '../source/config-text.ts';
import { canonicalText } from './canonical-text.ts';
import { formatConfigText, separateSections, sortedDocument } from './format-text.ts';
import { sortKeys } from './key-order.ts';

export interface EditedText {
  bytes: Uint8Array;
  /** The file was not in canonical form, so more of it changes than was edited. */
  isRewritten: boolean;
}

/**
 * A sound file after an edit of its document: in canonical form, with its comments, line ends and byte order
 * mark. JSON stays JSON.
 * @throws {UserError} `cannot-format` when a comment or the meaning would be lost
 */
export function editConfigText(file: ConfigText, edit: (document: Document) => void): EditedText {
  const original = new TextDecoder('utf-8', { ignoreBOM: true }).decode(file.bytes);
  const text = original.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const json = canonicalJson(text);
  let sorted = sortedDocument(text);
  const isCanonical = (json ?? canonicalText(sorted.document)) === text;
  if (!isCanonical && json === null) sorted = sortedDocument(formatConfigText(file));
  const { document, keepsKeyOrder } = sorted;
  edit(document);
  if (!keepsKeyOrder) sortKeys(document.contents);
  separateSections(document);
  const edited = json === null ? canonicalText(document) : jsonText(document.toJS());
  return { bytes: new TextEncoder().encode(spelledLike(original, edited)), isRewritten: !isCanonical };
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
