import { isAlias, isMap, isSeq, type Node, visit, type YAMLMap, type YAMLSeq } from 'yaml';
import type * as z from 'zod';
import type { Complaints } from '../complaints.ts';
import { wholeFile } from '../schema/file-schema.ts';
import { itemsOf, nounOf, shapeOf } from '../schema/walk.ts';
import type { SourceFile } from '../source/source-file.ts';
import { listFromMap, mendEntries } from './entries.ts';
import { mendKeys } from './keys.ts';
import { mendText } from './texts.ts';
import { entriesOf, faultyAt, isEmpty, keyOf, rangeOf, type Tree, tell } from './tree.ts';

/** Finds the slips that are sound YAML and mean something else, and mends them in the nodes for the rest to be read. */
export function mendTree(file: SourceFile, complaints: Complaints): void {
  const { anchors, used } = anchorsIn(file);
  const tree: Tree = { file, anchors, used, add: (complaint) => complaints.add(complaint) };
  file.root = mendNode(tree, file.root, wholeFile(), 'the file') as Node | null;
}

function anchorsIn({ root, text }: SourceFile): { anchors: Set<string>; used: Set<string> } {
  const anchors = new Set<string>();
  const used = new Set<string>();
  if (!/[&*]/.test(text)) return { anchors, used };
  visit(root, {
    Node: (_key, node) => {
      if (isAlias(node)) used.add(node.source);
      else if ('anchor' in node && typeof node.anchor === 'string') anchors.add(node.anchor);
    },
  });
  return { anchors, used };
}

/** @param called what it is, in words. */
function mendNode(tree: Tree, node: unknown, schema: z.ZodType, called: string): unknown {
  if (isMap(node)) return mendMap(tree, node, schema, called);
  return isSeq(node) ? mendList(tree, node, schema, called) : mendText(tree, node, schema);
}

function mendMap(tree: Tree, map: YAMLMap, schema: z.ZodType, called: string): unknown {
  const shape = shapeOf(schema);
  if (!shape) {
    const list = listFromMap(tree, map, schema);
    return list ? mendList(tree, list, schema, called) : map;
  }
  mendKeys(tree, map, shape, called);
  for (const pair of map.items) {
    const key = keyOf(pair);
    const inner = key !== null && Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (inner) pair.value = mendNode(tree, pair.value, inner, `"${key}"`);
  }
  return map;
}

function mendList(tree: Tree, list: YAMLSeq, schema: z.ZodType, called: string): YAMLSeq {
  const items = itemsOf(schema);
  if (!items) return list;
  const entry = entriesOf(schema);
  if (entry) mendEntries(tree, list, entry);
  const each = entry ? `a ${nounOf(entry)}` : called;
  list.items = list.items.map((item) =>
    isEmpty(item) ? withoutContent(tree, item) : mendNode(tree, item, items, each),
  );
  return list;
}

function withoutContent(tree: Tree, item: unknown): unknown {
  const [at] = rangeOf(item);
  const dash = tree.file.text.lastIndexOf('-', Math.max(0, at - 1));
  const isDash = dash !== -1 && tree.file.text.slice(dash + 1, at).trim() === '';
  const from = isDash ? dash : at;
  tell(tree, from, from + 1, {
    code: 'empty-value',
    message: isDash ? 'this "-" has nothing behind it' : 'nothing stands here between two commas',
    hint: isDash ? 'take the line away, or write what it is about behind it' : 'take one of the commas away',
  });
  return faultyAt(item);
}
