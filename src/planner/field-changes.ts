import deepDiff from 'deep-diff';
import type { Fields } from '../model/json.ts';
import type { FieldChange } from '../model/plan.ts';

/** The fields in which two flat objects differ, in the given order. What one side lacks counts as `null`. */
export function changedFields(
  before: Fields | null,
  after: Fields | null,
  order: readonly string[],
): FieldChange[] {
  const changes = new Map<string, FieldChange>();
  for (const difference of deepDiff.diff(present(before), present(after)) ?? []) {
    const path = String(difference.path?.[0]);
    changes.set(path, { path, before: before?.[path] ?? null, after: after?.[path] ?? null });
  }
  return order.flatMap((field) => changes.get(field) ?? []);
}

function present(fields: Fields | null): Fields {
  return Object.fromEntries(Object.entries(fields ?? {}).filter(([, value]) => value !== null));
}
