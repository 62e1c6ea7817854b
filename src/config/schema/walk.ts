import * as z from 'zod';

/** What is asked of a schema for every value of a file is worked out once. */
export function onceEach<Answer>(answer: (schema: z.ZodType) => Answer): (schema: z.ZodType) => Answer {
  const known = new WeakMap<z.ZodType, { answer: Answer }>();
  return (schema) => {
    const found = known.get(schema) ?? { answer: answer(schema) };
    known.set(schema, found);
    return found.answer;
  };
}

/** What a value may be: behind `optional` and inside unions. */
export function branchesOf(schema: z.ZodType): z.ZodType[] {
  if (schema instanceof z.ZodOptional) return branchesOf(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodUnion) {
    return schema.options.flatMap((option) => branchesOf(option as z.ZodType));
  }
  return [schema];
}

/** The items of the list that a value may be. */
export const itemsOf = onceEach((schema): z.ZodType | undefined => {
  const list = branchesOf(schema).find((branch) => branch instanceof z.ZodArray);
  return list?.element as z.ZodType | undefined;
});

/** The keys of the map that a value may be, in canonical order. */
export const shapeOf = onceEach((schema): Readonly<Record<string, z.ZodType>> | undefined => {
  const map = branchesOf(schema).find((branch) => branch instanceof z.ZodObject);
  return map?.shape as Readonly<Record<string, z.ZodType>> | undefined;
});

/** What stands under a key of the map that a value may be: each key has its own schema, or all have one. */
export function underKey(schema: z.ZodType, key: string): z.ZodType | undefined {
  const named = shapeOf(schema)?.[key];
  if (named) return named;
  const record = branchesOf(schema).find((branch) => branch instanceof z.ZodRecord);
  return record?.valueType as z.ZodType | undefined;
}

/** What a value at a path may be; undefined where there can be none. */
export function schemaAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType | undefined {
  let found: z.ZodType | undefined = schema;
  for (const step of path) {
    if (found === undefined) return undefined;
    found = typeof step === 'number' ? itemsOf(found) : underKey(found, String(step));
  }
  return found;
}

/** The keys of the map at a path; none where there can be no map. */
export function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const found = schemaAt(schema, path);
  return found === undefined ? [] : Object.keys(shapeOf(found) ?? {});
}

/** What an entry of a list is called: `person`. */
export function nounOf(schema: z.ZodType): string {
  const [branch] = branchesOf(schema);
  return String(branch?.meta()?.title ?? 'one').toLowerCase();
}
