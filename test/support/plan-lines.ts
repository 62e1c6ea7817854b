import type { FieldValue } from '../../src/model/json.ts';
import { kindNamed } from '../../src/model/kinds/index.ts';
import type { Plan, PlannedChange } from '../../src/model/plan.ts';

const SYMBOLS = { create: '+', update: '~', delete: '-' } as const;

const show = (value: FieldValue) => (value === null ? '∅' : JSON.stringify(value));

/** A change in one line: `~ operator jon@acme.example jobTitle: "Steward" → "Supervisor"`. */
export function changeLine(change: PlannedChange): string {
  const { action, kind, key, fields, pruned } = change;
  const start = `${SYMBOLS[action]} ${kind} ${key}`;
  if (action === 'delete') return pruned ? `${start} (pruned)` : start;
  const shown =
    action === 'create'
      ? fields
          .filter(({ path }) => !kindNamed(kind).keyFields.includes(path))
          .map(({ path, after }) => `${path}: ${show(after)}`)
      : fields.map(({ path, before, after }) => `${path}: ${show(before)} → ${show(after)}`);
  return [start, shown.join(', ')].join(' ').trimEnd();
}

/** Everything that a plan decides, in lines that a table can hold. */
export function planLines(plan: Plan) {
  return {
    changes: plan.changes.map(changeLine),
    unmanaged: plan.unmanaged.map(({ kind, key }) => `${kind} ${key}`),
    warnings: plan.warnings.map(({ code }) => code),
    refusals: plan.refusals.map(({ code }) => code),
  };
}
