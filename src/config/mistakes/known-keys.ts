import type * as z from 'zod';
import { wholeFile } from '../schema/file-schema.ts';
import { itemsOf, shapeOf } from '../schema/walk.ts';

/** Every key that a file may have, and whether it takes a list at any of its places. */
let known: ReadonlyMap<string, boolean> | undefined;

function keys(): ReadonlyMap<string, boolean> {
  if (!known) {
    const found = new Map<string, boolean>();
    for (const [key, inner] of keysIn(wholeFile()))
      found.set(key, found.get(key) === true || itemsOf(inner) !== undefined);
    known = found;
  }
  return known;
}

/** Not where a key is misspelled: what it takes is not known. */
export function takesNoList(key: string): boolean {
  return keys().get(key) === false;
}

function keysIn(schema: z.ZodType): [key: string, schema: z.ZodType][] {
  const items = itemsOf(schema);
  const shape = shapeOf(schema) ?? {};
  return [
    ...Object.entries(shape).flatMap(([key, inner]): [string, z.ZodType][] => [
      [key, inner],
      ...keysIn(inner),
    ]),
    ...(items ? keysIn(items) : []),
  ];
}

/** A piece of a pattern: one of the known keys. */
export function anyKnownKey(): string {
  return `(?:${[...keys().keys()].join('|')})`;
}
