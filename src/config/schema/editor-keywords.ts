import type * as z from 'zod';

type JsonSchema = z.core.JSONSchema.BaseSchema & Record<string, unknown>;

/**
 * What editors (yaml-language-server) understand beside JSON Schema: words in place of a pattern, and snippets in the
 * place of examples that are more than a word, which they would offer as "[object Object]".
 */
export function addEditorKeywords(zodSchema: z.core.$ZodType, jsonSchema: JsonSchema): void {
  const words = expectedBy(zodSchema);
  if (words !== undefined) {
    sayEverywhere(jsonSchema, `must be ${words}`);
  }
  const examples = jsonSchema.examples ?? [];
  const sections = examples.filter(
    (example): example is object => typeof example === 'object' && example !== null,
  );
  if (sections.length === 0) return;
  const single = examples.filter((example) => typeof example !== 'object' || example === null);
  if (single.length > 0) jsonSchema.examples = single;
  else delete jsonSchema.examples;
  jsonSchema.defaultSnippets = sections.map((body, index) => ({
    label: labelOf(jsonSchema, body, index),
    description: String(jsonSchema.description ?? ''),
    body: withoutVariables(body),
  }));
}

/** The same words for whatever branch an editor finds nearest, where that has none of its own. */
function sayEverywhere(schema: JsonSchema, message: string): void {
  schema.errorMessage ??= message;
  if (schema.pattern !== undefined) schema.patternErrorMessage ??= message;
  for (const branch of (schema.anyOf as JsonSchema[] | undefined) ?? []) sayEverywhere(branch, message);
}

/** The noun phrase that its complaints say. */
function expectedBy(zodSchema: z.core.$ZodType): string | undefined {
  const { error } = zodSchema._zod.def as unknown as { error?: (issue: unknown) => unknown };
  const words = error?.({ code: 'custom', input: undefined });
  return typeof words === 'string' ? words : undefined;
}

function labelOf({ title }: JsonSchema, body: unknown, index: number): string {
  const name = String(title ?? 'example').toLowerCase();
  const keys = Array.isArray(body) ? [] : Object.keys(body as object);
  if (index === 0 && name.length > 0) return name;
  return keys.length === 0 ? `${name} (list)` : `${name}: ${keys.join(', ')}`;
}

/** `$` begins a placeholder in a snippet. */
function withoutVariables(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('$', '\\$').replaceAll('}', '\\}');
  if (Array.isArray(value)) return value.map(withoutVariables);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutVariables(inner)]));
}
