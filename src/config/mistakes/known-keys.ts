import type * as z from 'zod';
import { wholeFile } from '../schema/file-schema.ts';
import { itemsOf, shapeOf } from '../schema/walk.ts';

let known: ReadonlySet<string> | undefined;

/** Every key that a file may have, at whatever place. */
export function knownKeys(): ReadonlySet<string> {
  known ??= new Set(keysIn(wholeFile()));
  return known;
}

function keysIn(schema: z.ZodType): string[] {
  const items = itemsOf(schema);
  const shape = shapeOf(schema) ?? {};
  return [
    ...Object.entries(shape).flatMap(([key, inner]) => [key, ...keysIn(inner)]),
    ...(items ? keysIn(items) : []),
  ];
}

/** A piece of a pattern: one of the known keys. */
export function anyKnownKey(): string {
  return `(?:${[...knownKeys()].join('|')})`;
}
