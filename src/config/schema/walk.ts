import * as z from 'zod';

/** What a value may be: behind `optional` and inside unions. */
export function branchesOf(schema: z.ZodType): z.ZodType[] {
  if (schema instanceof z.ZodOptional) return branchesOf(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodUnion) {
    return schema.options.flatMap((option) => branchesOf(option as z.ZodType));
  }
  return [schema];
}

/** The items of the list that a value may be. */
export function itemsOf(schema: z.ZodType): z.ZodType | undefined {
  const list = branchesOf(schema).find((branch) => branch instanceof z.ZodArray);
  return list?.element as z.ZodType | undefined;
}

/** The keys of the map that a value may be, in canonical order. */
export function shapeOf(schema: z.ZodType): Readonly<Record<string, z.ZodType>> | undefined {
  const map = branchesOf(schema).find((branch) => branch instanceof z.ZodObject);
  return map?.shape as Readonly<Record<string, z.ZodType>> | undefined;
}

/** What stands under a key of the map that a value may be: each key has its own schema, or all have one. */
export function underKey(schema: z.ZodType, key: string): z.ZodType | undefined {
  const named = shapeOf(schema)?.[key];
  if (named) return named;
  const record = branchesOf(schema).find((branch) => branch instanceof z.ZodRecord);
  return record?.valueType as z.ZodType | undefined;
}

/** The keys of the map at a path; none where there can be no map. */
export function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let found: z.ZodType | undefined = schema;
  for (const step of path) {
    if (found === undefined) return [];
    found = typeof step === 'number' ? itemsOf(found) : underKey(found, String(step));
  }
  return found === undefined ? [] : Object.keys(shapeOf(found) ?? {});
}
