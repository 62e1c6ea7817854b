import { isMap, isScalar, isSeq } from 'yaml';
import { canonicalText, createDocument } from '../config/format/index.ts';
import type { WrittenEntry } from '../model/written-entry.ts';
import { asComment } from './compose-file.ts';

/** An entry as the lines of a block list, without indentation: `- email: …` and what follows. */
export function blockLines(entry: WrittenEntry): string[] {
  const document = createDocument([entry.keys]);
  const [item] = isSeq(document.contents) ? document.contents.items : [];
  if (isMap(item)) {
    if (entry.notes.length > 0) item.commentBefore = entry.notes.map(asComment).join('\n');
    const first = item.items[0]?.value;
    if (entry.remark !== undefined && isScalar(first)) first.comment = asComment(entry.remark);
    for (const { value } of item.items) if (isMap(value) || isSeq(value)) value.flow = true;
  }
  return canonicalText(document).trimEnd().split('\n');
}

/** An entry on one line: `{ email: … }`, or as JSON in a file that is JSON. */
export function flowText(entry: WrittenEntry, style: 'yaml' | 'json'): string {
  if (style === 'json') return JSON.stringify(entry.keys);
  // In a list, so that what is special inside brackets gets its quotes; and too long a line is none of our business.
  const parts = Object.entries(entry.keys).map(([key, value]) => `${key}: ${flowValue(value)}`);
  return `{ ${parts.join(', ')} }`;
}

function flowValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowValue).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{ ${Object.entries(value)
      .map(([key, inner]) => `${key}: ${flowValue(inner)}`)
      .join(', ')} }`;
  }
  const document = createDocument([value]);
  if (isSeq(document.contents)) document.contents.flow = true;
  const text = canonicalText(document).trim();
  // A text so long that it does not fit a line is quoted instead.
  return text.startsWith('[') && !text.includes('\n') ? text.slice(1, -1) : JSON.stringify(value);
}
