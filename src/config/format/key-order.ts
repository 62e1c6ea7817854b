import { isMap, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml';
import type * as z from 'zod';
import { OWN_KEY, wholeFile } from '../schema/file-schema.ts';
import { itemsOf, shapeOf, underKey } from '../schema/walk.ts';
import { isMergeKey, keyTextOf } from '../source/yaml-document.ts';

/**
 * Puts the keys of every map that the schema knows into the schema's order: merges first, the
 * writer's own before the sections, unknown keys last and as they were. Comments go with the key that they stand above.
 */
export function sortKeys(root: unknown): void {
  sortNode(root, wholeFile(), 'root');
}

type Parent = 'root' | 'pair' | 'list';

function sortNode(node: unknown, schema: z.ZodType | undefined, parent: Parent): void {
  if (isSeq(node)) {
    const items = schema && itemsOf(schema);
    for (const item of node.items) sortNode(item, items, 'list');
  } else if (isMap(node)) {
    const shape = schema && shapeOf(schema);
    // Two people whose dash is missing: sorted, nobody could tell any more whose keys are whose.
    if (shape && !hasKeyTwice(node)) sortMap(node, Object.keys(shape), parent);
    for (const pair of node.items)
      sortNode(pair.value, schema && underKey(schema, keyOf(pair) ?? ''), 'pair');
  }
}

function keyOf(pair: Pair): string | null {
  return isScalar(pair.key) && pair.key.value !== null ? keyTextOf(pair.key) : null;
}

function hasKeyTwice({ items }: YAMLMap): boolean {
  const keys = items.filter(({ key }) => !isMergeKey(key)).map(keyOf);
  return new Set(keys).size < keys.length;
}

function sortMap(map: YAMLMap, known: readonly string[], parent: Parent): void {
  const rank = (pair: Pair): number => {
    if (isMergeKey(pair.key)) return -1;
    const key = keyOf(pair) ?? '';
    // An anchor stands before what uses it.
    if (parent === 'root' && OWN_KEY.test(key)) return known.indexOf('include') + 0.5;
    const place = known.indexOf(key);
    return place === -1 ? known.length : place;
  };
  const [first] = map.items;
  const sorted = map.items.toSorted((a, b) => rank(a) - rank(b));
  if (sorted[0] !== first) moveHead(map, first, sorted[0], parent);
  map.items = sorted;
}

/** A comment above the first key may be kept with the map; it belongs to that key when another comes first. */
function moveHead(map: YAMLMap, from: Pair | undefined, to: Pair | undefined, parent: Parent): void {
  if (!isScalar(from?.key) || !isScalar(to?.key)) return;
  from.key.spaceBefore = to.key.spaceBefore === true;
  to.key.spaceBefore = false;
  if (parent === 'list') return;
  const { head, own } = splitModeline(joined(map.commentBefore, from.key.commentBefore), parent);
  map.commentBefore = null;
  from.key.commentBefore = own || null;
  to.key.commentBefore = joined(head, to.key.commentBefore) || null;
}

function joined(...comments: (string | null | undefined)[]): string {
  return comments.filter(Boolean).join('\n');
}

/** What is said to editors stays at the top of the file. */
function splitModeline(comment: string, parent: Parent): { head: string; own: string } {
  if (parent !== 'root') return { head: '', own: comment };
  const lines = comment.split('\n');
  const end = lines.findLastIndex((line) => /^\s*yaml-language-server:/.test(line)) + 1;
  return { head: lines.slice(0, end).join('\n'), own: lines.slice(end).join('\n') };
}
