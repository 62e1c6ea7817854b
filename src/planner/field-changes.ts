import deepDiff from 'deep-diff';
import { realFields, type Values } from '../model/text.ts';

/** The names of the fields in which two flat objects differ, in the given order. What one side lacks is empty. */
export function differingFields(
  before: Values | null,
  after: Values | null,
  order: Iterable<string>,
): string[] {
  const differing = new Set(
    (deepDiff.diff(present(before), present(after)) ?? []).map(({ path }) => String(path?.[0])),
  );
  return [...order].filter((field) => differing.has(field));
}

function present(values: Values | null): object {
  return Object.fromEntries(Object.entries(realFields(values ?? {})).filter(([, value]) => value !== null));
}
