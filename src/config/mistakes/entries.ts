import { isMap, isScalar, type Node, Pair, Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import type * as z from 'zod';
import { nounOf } from '../schema/walk.ts';
import type { TextEdit } from './mistake.ts';
import {
  entriesOf,
  headOf,
  identityOf,
  keyOf,
  lineStartOf,
  listOf,
  mapOf,
  needsMore,
  rangeOf,
  startOf,
  type Tree,
  tell,
} from './tree.ts';

/** People and webhooks that are not told apart, in a list of such. Returns the list as it is meant. */
export function mendEntries(tree: Tree, node: YAMLSeq, schema: z.ZodType): void {
  node.items = node.items.flatMap((item) => {
    if (isMap(item)) return withoutSecond(tree, item, schema);
    return isScalar(item) && typeof item.value === 'string'
      ? (entryFromText(tree, item, schema, node.flow === true) ?? item)
      : item;
  });
}

/** Where one entry after the other begins. */
function beginnings(map: YAMLMap, identity: string | undefined): number[] {
  if (map.items.filter((pair) => keyOf(pair) === identity).length < 2) return [0];
  const keys = map.items.map((pair) => keyOf(pair) ?? '<<');
  const of = (key: string | undefined) => keys.flatMap((other, index) => (other === key ? [index] : []));
  const texts = new Set(of(identity).map((index) => String(scalarOf(map.items[index]))));
  if (texts.size < 2) return [0];
  const firsts = of(keys[0]);
  return firsts.length > 1
    ? firsts
    : [
        0,
        ...of(identity)
          .filter((index) => index > 0)
          .slice(keys[0] === identity ? 0 : 1),
      ];
}

function scalarOf(pair: Pair | undefined): unknown {
  return isScalar(pair?.value) ? pair.value.value : undefined;
}

/** A second person whose "- " is missing would take the keys of the first. */
function withoutSecond(tree: Tree, map: YAMLMap, schema: z.ZodType): YAMLMap[] {
  const starts = beginnings(map, identityOf(schema));
  if (starts.length === 1) return [map];
  const noun = nounOf(schema);
  const head = headOf(tree, startOf(map));
  return starts.map((start, index) => {
    const pairs = map.items.slice(start, starts[index + 1]);
    const from = startOf(pairs[0]?.key);
    if (index === 0) {
      return Object.assign(mapOf(pairs, startOf(map)), { flow: map.flow });
    }
    const before = map.items[start - 1];
    const end = Math.max(rangeOf(before?.value)[1], rangeOf(before?.key)[1]);
    const fix: TextEdit | null = map.flow
      ? { from: end, to: from, text: ' }, { ' }
      : /^\s*$/.test(headOf(tree, from)) && /^\s*(?:-\s+)+$/.test(head)
        ? { from: lineStartOf(tree, from), to: from, text: head.replace(/-(?=.*-)/g, ' ') }
        : null;
    tell(tree, from, rangeOf(pairs[0]?.key)[1], {
      code: 'missing-dash',
      message: `another ${noun} begins here, and needs ${map.flow ? 'brackets of its own' : 'a "- " in front'}`,
      hint: map.flow
        ? `close the one before and open the next: }, {`
        : `write ${JSON.stringify(head.replace(/-(?=.*-)/g, ' ').trim())} in front of "${keyOf(pairs[0] as Pair)}", two columns to the left`,
      ...(fix ? { fix } : {}),
    });
    return mapOf(pairs, from);
  });
}

/** An address where a person is due. */
function entryFromText(tree: Tree, item: Scalar, schema: z.ZodType, isFlow: boolean): Node | null {
  const identity = identityOf(schema);
  const field = identity === undefined ? undefined : schemaOf(schema, identity);
  if (identity === undefined || !field?.safeParse(item.value).success) return null;
  const [from, to] = rangeOf(item);
  const written = tree.file.text.slice(from, to);
  const noun = nounOf(schema);
  const isShort = needsMore(schema);
  const text = isFlow ? `{ ${identity}: ${written} }` : `${identity}: ${written}`;
  tell(tree, from, to, {
    code: 'wrong-type',
    message: `a ${noun} is written with its keys, and this is an address alone`,
    hint: isShort
      ? `write ${identity}: in front, and the other keys of a ${noun} below it`
      : `write ${identity}: in front: ${isFlow ? '' : '- '}${text}`,
    ...(isShort ? {} : { fix: { from, to, text } }),
  });
  return entryOf(identity, item, []);
}

function schemaOf(schema: z.ZodType, key: string): z.ZodType | undefined {
  return (schema as z.ZodObject).shape?.[key] as z.ZodType | undefined;
}

function entryOf(identity: string, value: Scalar, others: readonly Pair[]): YAMLMap {
  const key = new Scalar(identity);
  key.range = value.range ?? null;
  return mapOf([new Pair<unknown, unknown>(key, value), ...others], startOf(value));
}

/** Keys where a list of entries is due. Returns the list that is meant, if one can be told. */
export function listFromMap(tree: Tree, map: YAMLMap, schema: z.ZodType): YAMLSeq | null {
  const entry = entriesOf(schema);
  if (!entry || map.items.length === 0) return null;
  const shape = Object.keys((entry as z.ZodObject).shape ?? {});
  if (map.items.every((pair) => shape.includes(keyOf(pair) ?? ''))) return dashless(tree, map, entry);
  return keyedByAddress(tree, map, entry);
}

function dashless(tree: Tree, map: YAMLMap, entry: z.ZodType): YAMLSeq {
  const starts = beginnings(map, identityOf(entry));
  const [from, to] = rangeOf(map);
  const noun = nounOf(entry);
  const begins = starts.map((start) => startOf(map.items[start]?.key));
  tell(tree, from, rangeOf(map.items[0]?.key)[1], {
    code: 'missing-dash',
    message: `each ${noun} of a list begins with "- ", and ${starts.length === 1 ? 'this one does' : 'these do'} not`,
    hint: `write "- " in front of the first key of each ${noun}, and two spaces in front of the others`,
    fix: map.flow
      ? { from, to, text: `[${tree.file.text.slice(from, to)}]` }
      : withDashes(tree, from, lastOf(map), begins),
  });
  const entries = starts.map((start, index) =>
    mapOf(map.items.slice(start, starts[index + 1]), begins[index] ?? from),
  );
  return listOf(entries, map);
}

function lastOf(map: YAMLMap): number {
  const last = map.items.at(-1);
  return Math.max(rangeOf(last?.value)[1], rangeOf(last?.key)[1]);
}

function withDashes(tree: Tree, from: number, to: number, begins: readonly number[]): TextEdit {
  let text = '';
  for (let at = from; at < to; ) {
    const { start, end } = tree.file.lineAround(at);
    const next = Math.min(to, end);
    const line = tree.file.text.slice(Math.max(start, from), next);
    const isBlank = line.trim() === '';
    const begin = begins.find((offset) => offset >= start && offset <= end);
    if (begin !== undefined) {
      const head = tree.file.text.slice(Math.max(start, from), begin);
      text += `${head}- ${tree.file.text.slice(begin, next)}`;
    } else text += isBlank ? line : `  ${line}`;
    const following = nextLine(tree, end);
    text += following > to ? '' : tree.file.text.slice(next, following);
    at = following;
  }
  return { from, to, text };
}

function nextLine({ file }: Tree, end: number): number {
  const found = file.text.indexOf('\n', end);
  return found === -1 ? file.text.length + 1 : found + 1;
}

/** `anke@acme.example:` with the person's keys below. */
function keyedByAddress(tree: Tree, map: YAMLMap, entry: z.ZodType): YAMLSeq | null {
  const identity = identityOf(entry) ?? '';
  const field = schemaOf(entry, identity);
  const isAddress = (pair: Pair) => field?.safeParse(keyOf(pair)).success === true;
  if (!map.items.every(isAddress)) return null;
  const noun = nounOf(entry);
  const entries = map.items.map((pair) => {
    const [from, to] = rangeOf(pair.key);
    const colon = tree.file.text.slice(to).search(/:/) + to + 1;
    const below = isMap(pair.value) && !pair.value.flow ? pair.value : null;
    const isTwoDeeper = below && headOf(tree, startOf(below)).length === headOf(tree, from).length + 2;
    tell(tree, from, to, {
      code: 'missing-dash',
      message: `a ${noun} of a list begins with "- " and the key "${identity}"`,
      hint: `write - ${identity}: ${tree.file.text.slice(from, to)}`,
      ...(isTwoDeeper
        ? { fix: { from, to: colon, text: `- ${identity}: ${tree.file.text.slice(from, to)}` } }
        : {}),
    });
    return entryOf(identity, pair.key as Scalar, below?.items ?? []);
  });
  return listOf(entries, map);
}
