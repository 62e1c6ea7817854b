import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import { type Place, placeBetween, placeOfNode, type SourceFile } from './source-file.ts';
import { isMergeKey, keyTextOf } from './yaml-document.ts';

export type Path = readonly PropertyKey[];

/** A value in a file: its node, and the key it stands under. */
export interface LocatedValue {
  node: Node | null;
  key: Node | null;
}

/** Pairs by key, made once for each map that is searched. */
const indexes = new WeakMap<YAMLMap, Map<string, Pair>>();

/**
 * Follows a path from a node, through aliases and merged maps. A step that leads nowhere (a
 * missing key) ends at the last value there is. The last value may be an alias itself.
 */
export function locate(file: SourceFile, start: Node | null, path: Path): LocatedValue {
  let found: LocatedValue = { node: start, key: null };
  for (const step of path) {
    const next = stepInto(file, resolveAlias(file, found.node), step);
    if (!next) break;
    found = next;
  }
  return found;
}

/** Where to point for the value at a path: at the value, or at its key where the value is empty. */
export function placeAt(file: SourceFile, start: Node | null, path: Path): Place {
  const { node, key } = locate(file, start, path);
  const isEmpty = node?.range && node.range[0] === node.range[1];
  const shown = isEmpty || node === null ? (key ?? node) : node;
  return shown === null ? { file, offset: 0, length: 1 } : placeOfNode(file, shown);
}

/** The nearest place to a path that stands within the start node itself, not behind an alias or a merge. */
export function ownPlaceAt(file: SourceFile, start: Node | null, path: Path): Place {
  let node = start;
  for (const step of path) {
    const next: Node | null = isMap(node)
      ? ((indexOf(file, node).get(String(step))?.value as Node | undefined) ?? null)
      : isSeq(node)
        ? ((node.items[Number(step)] as Node | undefined) ?? null)
        : null;
    if (next === null) break;
    node = next;
  }
  return placeAt(file, node, []);
}

/** Whether a map has a key that it does not merge. */
export function hasOwnKey(file: SourceFile, node: Node | null, key: string): boolean {
  return isMap(node) && indexOf(file, node).has(key);
}

/** The place of the key at a path. */
export function placeOfKey(file: SourceFile, start: Node | null, path: Path): Place {
  const { node, key } = locate(file, start, path);
  const shown = key ?? node;
  return shown === null ? { file, offset: 0, length: 1 } : placeOfNode(file, shown);
}

/** The place of `key: value` at a path. */
export function placeOfPair(file: SourceFile, start: Node | null, path: Path): Place {
  const { node, key } = locate(file, start, path);
  const from = key?.range?.[0];
  const to = node?.range?.[1];
  if (from === undefined || to === undefined || to < from) return placeOfKey(file, start, path);
  return placeBetween(file, from, to);
}

/** Where the anchor stands that the value at a path is an alias of. */
export function placeOfAnchor(file: SourceFile, start: Node | null, path: Path): Place | undefined {
  const { node } = locate(file, start, path);
  const target = isAlias(node) ? resolveAlias(file, node) : null;
  return target ? placeOfNode(file, target) : undefined;
}

function resolveAlias(file: SourceFile, node: Node | null): Node | null {
  return isAlias(node) ? (file.aliasTargets.get(node) ?? null) : node;
}

function stepInto(file: SourceFile, node: Node | null, step: PropertyKey): LocatedValue | null {
  if (isSeq(node)) {
    const item = node.items[Number(step)];
    return { node: (item as Node | undefined) ?? null, key: null };
  }
  if (!isMap(node)) return null;
  const pair = findPair(file, node, String(step), 0);
  return pair ? { node: pair.value as Node | null, key: pair.key as Node } : null;
}

/** Merges of merges are followed as far as anybody nests them. */
const MAX_MERGE_DEPTH = 64;

function findPair(file: SourceFile, map: YAMLMap, key: string, depth: number): Pair | null {
  const pairs = indexOf(file, map);
  const own = pairs.get(key);
  if (own && !isMergeKey(own.key)) return own;
  const merge = pairs.get('<<');
  if (!merge || !isMergeKey(merge.key) || depth > MAX_MERGE_DEPTH) return null;
  const merged = resolveAlias(file, merge.value as Node | null);
  for (const item of isSeq(merged) ? merged.items : [merged]) {
    const source = resolveAlias(file, item as Node | null);
    const found = isMap(source) ? findPair(file, source, key, depth + 1) : null;
    if (found) return found;
  }
  return null;
}

function indexOf(file: SourceFile, map: YAMLMap): Map<string, Pair> {
  const known = indexes.get(map);
  if (known) return known;
  const index = new Map<string, Pair>();
  for (const pair of map.items) {
    const key = resolveAlias(file, pair.key as Node);
    // The first of duplicate keys is the one whose value was taken.
    if (isScalar(key) && !index.has(keyTextOf(key))) index.set(keyTextOf(key), pair);
  }
  indexes.set(map, index);
  return index;
}
