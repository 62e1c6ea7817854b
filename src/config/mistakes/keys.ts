import type { Pair, Scalar, YAMLMap } from 'yaml';
import type * as z from 'zod';
import { nearestWord } from '../../model/nearest-word.ts';
import { wholeFile } from '../schema/file-schema.ts';
import { branchesOf, itemsOf, nounOf, shapeOf } from '../schema/walk.ts';
import type { TextEdit } from './mistake.ts';
import { withPlainSpaces } from './spaces.ts';
import { faultyAt, isEmpty, keyOf, lineStartOf, mapOf, rangeOf, startOf, type Tree, tell } from './tree.ts';

type Shape = Readonly<Record<string, z.ZodType>>;

/** The keys of one section or entry. @param called what has them, in words. */
export function mendKeys(tree: Tree, map: YAMLMap, shape: Shape, called: string): void {
  indentChildren(tree, map, shape);
  if (map.items.some((pair) => isUnknown(keyOf(pair), shape))) mendUnknownKeys(tree, map, shape, called);
  for (const pair of map.items) {
    if (!isEmpty(pair.value)) continue;
    const key = keyOf(pair);
    const schema = key === null ? undefined : shape[key];
    if (key === null || !schema) continue;
    complainOfNothing(tree, pair, key, schema);
    pair.value = faultyAt(pair.key);
  }
}

/** Other than keys that a person may add at the top, where the schema lets them. */
function isUnknown(key: string | null, shape: Shape): key is string {
  if (key === null || Object.hasOwn(shape, key)) return false;
  return !(key.startsWith('x-') && Object.hasOwn(shape, 'version'));
}

function mendUnknownKeys(tree: Tree, map: YAMLMap, shape: Shape, called: string): void {
  const written = new Set(map.items.map((pair) => keyOf(pair)));
  map.items = map.items.filter((pair) => {
    const key = keyOf(pair);
    if (!isUnknown(key, shape)) return true;
    const meant = unknownKey(tree, pair, key, { shape, called, written });
    if (meant === null) return false;
    written.add(meant);
    (pair.key as Scalar).value = meant;
    return true;
  });
}

interface Among {
  shape: Shape;
  called: string;
  written: ReadonlySet<string | null>;
}

/** Complains, and tells as which key it is read; null where that cannot be told. */
function unknownKey(tree: Tree, pair: Pair, key: string, { shape, called, written }: Among): string | null {
  const known = Object.keys(shape);
  const free = known.filter((name) => !written.has(name));
  const same = free.find((name) => bare(name) === bare(key));
  const similar = same ?? nearestWord(withPlainSpaces(key), known);
  const isPart = similar?.startsWith(key) === true;
  const elsewhere = same === undefined && !isPart ? homesOf(key) : [];
  const nearest = elsewhere.length > 0 ? undefined : similar;
  const [from, to] = rangeOf(pair.key);
  tell(tree, from, to, {
    code: 'unknown-key',
    message: `unknown key "${shorten(key)}" in ${called}`,
    hint:
      nearest === undefined
        ? elsewhere.length > 0
          ? `"${key}" belongs in ${elsewhere.join(' or ')}`
          : `the keys here are: ${known.join(', ')}`
        : `did you mean "${nearest}"?`,
    ...(same === undefined ? {} : { fix: { from, to, text: same } }),
  });
  return nearest !== undefined && !written.has(nearest) ? nearest : null;
}

/** What is the same but for case and the characters between words. */
function bare(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

let homes: Map<string, string[]> | undefined;

/** What a key stands in elsewhere, in words. */
function homesOf(key: string): string[] {
  if (!homes) {
    homes = new Map();
    collectHomes(wholeFile(), 'the file', homes);
  }
  const found = homes.get(key) ?? [];
  return found.length > 3 ? [] : found;
}

function collectHomes(schema: z.ZodType, called: string, into: Map<string, string[]>): void {
  for (const [key, inner] of Object.entries(shapeOf(schema) ?? {})) {
    const known = into.get(key) ?? [];
    if (!known.includes(called)) known.push(called);
    into.set(key, known);
    const items = itemsOf(inner);
    if (items && shapeOf(items)) collectHomes(items, `a ${nounOf(items)}`, into);
    else collectHomes(inner, `"${key}"`, into);
  }
}

/** The pairs up to the first that is no child. */
function childrenBehind(pairs: readonly Pair[], shape: Shape, children: Shape): Pair[] {
  const end = pairs.findIndex((pair) => {
    const name = keyOf(pair);
    return name === null || Object.hasOwn(shape, name) || !Object.hasOwn(children, name);
  });
  return pairs.slice(0, end === -1 ? undefined : end);
}

function childrenOf(key: string | null, shape: Shape): Shape | undefined {
  const inner = key === null ? undefined : shape[key];
  return inner && shapeOf(inner);
}

/** `status:` with its keys at its own column. */
function indentChildren(tree: Tree, map: YAMLMap, shape: Shape): void {
  if (map.flow) return;
  for (let index = 0; index < map.items.length; index += 1) {
    const pair = map.items[index];
    if (!pair || !isEmpty(pair.value)) continue;
    const key = keyOf(pair);
    const children = childrenOf(key, shape);
    if (!children) continue;
    const moved = childrenBehind(map.items.slice(index + 1), shape, children);
    const [first] = moved;
    if (!first) continue;
    const from = startOf(first.key);
    const those =
      moved.length === 1
        ? 'this line belongs'
        : `this line and the next${moved.length === 2 ? '' : ` ${moved.length - 1}`} belong`;
    tell(tree, from, rangeOf(first.key)[1], {
      code: 'indentation',
      message: `${those} to "${key}", and ${moved.length === 1 ? 'stands' : 'stand'} beside it`,
      hint: `put two spaces in front, so that ${moved.length === 1 ? 'it stands' : 'they stand'} deeper than "${key}"`,
      fix: deeper(tree, lineStartOf(tree, from), rangeOf(moved.at(-1)?.value)[1]),
    });
    map.items.splice(index + 1, moved.length);
    pair.value = mapOf(moved, from);
  }
}

function deeper({ file }: Tree, from: number, to: number): TextEdit {
  return { from, to, text: file.text.slice(from, to).replace(/^(?=[^\r\n])/gm, '  ') };
}

/** A key with nothing behind it: nobody knows whether to leave or to clear. */
function complainOfNothing(tree: Tree, pair: Pair, key: string, schema: z.ZodType): void {
  const [from, to] = rangeOf(pair.key);
  const meta = schema.meta() ?? branchesOf(schema)[0]?.meta() ?? {};
  const isClearable = schema.safeParse(null).success;
  const literal = branchesOf(schema).find((branch) => branch.type === 'literal') as z.ZodLiteral | undefined;
  const only = literal?.values.size === 1 ? [...literal.values][0] : undefined;
  const [example] = (meta.examples as unknown[] | undefined) ?? [];
  const isRequired = !schema.safeParse(undefined).success;
  const isText = example === undefined || typeof example !== 'object';
  const value = isText
    ? `a value behind it${example === undefined ? '' : `, such as ${key}: ${String(example)}`}`
    : 'what belongs to it below, two spaces deeper';
  const away = isClearable
    ? `take the line away to leave it as it is, or write ${key}: "" to clear it`
    : isRequired
      ? `write ${value}`
      : `take the line away, or write ${value}`;
  tell(tree, from, to, {
    code: 'empty-value',
    message: `"${key}" has nothing behind it`,
    hint: only === undefined ? away : `write ${key}: ${String(only)}`,
    ...(only === undefined
      ? {}
      : { fix: { from, to: colonBehind(tree, to), text: `${key}: ${String(only)}` } }),
  });
}

function colonBehind({ file }: Tree, offset: number): number {
  const colon = file.text.indexOf(':', offset);
  return colon === -1 ? offset : colon + 1;
}
