import type { PlannedChange } from './plan.ts';

type Matcher = (change: PlannedChange) => boolean;

/** A group of changes that are made side by side; the next step starts when this one is done. */
export interface ExecutionStep {
  name: string;
  /** Whether a change belongs to this step. Every change belongs to exactly one. */
  has: Matcher;
  /** Those that start first within the step. */
  first?: Matcher;
  /** A change of this step is skipped when an earlier one that it needs did not succeed. */
  needs?: (change: PlannedChange, earlier: PlannedChange) => boolean;
}

const is =
  (kind: PlannedChange['kind'], ...actions: PlannedChange['action'][]): Matcher =>
  (change) =>
    change.kind === kind && actions.includes(change.action);

function roleChange(change: PlannedChange): { from: unknown; to: unknown } | null {
  if (change.kind !== 'operator' || change.action !== 'update') return null;
  const field = change.fields.find((candidate) => candidate.path === 'role');
  return field ? { from: field.before, to: field.after } : null;
}

/** An operator who becomes an admin by an update. */
export const isPromotion: Matcher = (change) => {
  const role = roleChange(change);
  return role !== null && role.to === 'admin';
};

/** An operator who stops being an admin by an update. */
export const isDemotion: Matcher = (change) => roleChange(change)?.from === 'admin';

/**
 * The order of execution. Deletes free seats before creates take them; webhooks are made
 * before others are broken; there are never fewer admins than the plan was checked for.
 */
export const EXECUTION_STEPS: readonly ExecutionStep[] = [
  { name: 'webhook creates and updates', has: is('webhook', 'create', 'update') },
  {
    name: 'operator updates',
    has: (change) => is('operator', 'update')(change) && !isDemotion(change),
    first: isPromotion,
  },
  { name: 'demotions', has: isDemotion, needs: (_change, earlier) => isPromotion(earlier) },
  {
    name: 'operator deletes',
    has: is('operator', 'delete'),
    needs: (_change, earlier) => isPromotion(earlier),
  },
  { name: 'operator creates', has: is('operator', 'create') },
  {
    name: 'statuses',
    has: is('status', 'update'),
    needs: (change, earlier) =>
      change.id === undefined && is('operator', 'create')(earlier) && earlier.key === change.key,
  },
  {
    name: 'webhook deletes',
    has: is('webhook', 'delete'),
    needs: (_change, earlier) => is('webhook', 'create', 'update')(earlier),
  },
];
