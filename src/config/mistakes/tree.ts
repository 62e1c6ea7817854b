import { isScalar, type Node, type Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type * as z from 'zod';
import type { Complaint } from '../complaints.ts';
import { itemsOf, onceEach, shapeOf } from '../schema/walk.ts';
import { placeBetween, type SourceFile } from '../source/source-file.ts';
import { isMergeKey, keyTextOf } from '../source/yaml-document.ts';
import { INVALID } from '../values/plain-values.ts';

/** The content of a file while slips are looked for in it. What was complained of is mended in the nodes, for the rest to be read. */
export interface Tree {
  file: SourceFile;
  /** Anchors that stand in the file, and those that something refers to. */
  anchors: ReadonlySet<string>;
  used: ReadonlySet<string>;
  add: (complaint: Complaint) => void;
}

/** A complaint about a stretch of the file. */
export type Told = Omit<Complaint, 'place' | 'related'>;

export function tell({ file, add }: Tree, from: number, to: number, told: Told): void {
  add({ ...told, place: placeBetween(file, from, to) });
}

export function startOf(node: unknown): number {
  return rangeOf(node)[0];
}

export function rangeOf(node: unknown): readonly [number, number] {
  const { range } = (node ?? {}) as { range?: [number, number, number] | null };
  return range ? [range[0], range[1]] : [0, 0];
}

export function keyOf({ key }: Pair): string | null {
  return isScalar(key) && key.value !== null && !isMergeKey(key) ? keyTextOf(key) : null;
}

/** Whether nothing at all is written: `null` and `~` are something. */
export function isEmpty(node: unknown): boolean {
  if (node === null || node === undefined) return true;
  return isScalar(node) && node.value === null && !node.source && !node.anchor && !node.tag;
}

/** Stands for what was complained of, where it is. */
export function faultyAt(node: unknown): Scalar {
  const scalar = new Scalar<unknown>(INVALID);
  scalar.range = (node as Node | null)?.range ?? null;
  return scalar;
}

export function mapOf(items: Pair[], from: number): YAMLMap {
  const map = new YAMLMap();
  map.items = items;
  const last = items.at(-1);
  const to = Math.max(from, rangeOf(last?.value)[1], rangeOf(last?.key)[1]);
  map.range = [from, to, to];
  return map;
}

export function listOf(items: Node[], { range }: Node): YAMLSeq {
  const list = new YAMLSeq();
  list.items = items;
  list.range = range ?? null;
  return list;
}

/** The key that every entry of a list has, and that says which it is: `email`. */
export const identityOf = onceEach((schema): string | undefined => {
  const shape = shapeOf(schema) ?? {};
  return Object.keys(shape).find((key) => shape[key] && !shape[key].safeParse(undefined).success);
});

/** Whether more than one key must stand in an entry. */
export function needsMore(schema: z.ZodType): boolean {
  const shape = Object.values(shapeOf(schema) ?? {});
  return shape.filter((field) => !field.safeParse(undefined).success).length > 1;
}

/** The start of the line that a place is on. */
export function lineStartOf({ file }: Tree, offset: number): number {
  return file.lineAround(offset).start;
}

/** What stands in front of a place on its line. */
export function headOf(tree: Tree, offset: number): string {
  return tree.file.text.slice(lineStartOf(tree, offset), offset);
}

/** Whether entries of this list have keys. */
export function entriesOf(schema: z.ZodType | undefined): z.ZodType | undefined {
  const items = schema && itemsOf(schema);
  return items && shapeOf(items) ? items : undefined;
}
