import type { LiveOperator, LiveWebhook } from '../model/live.ts';
import { canSay } from './sayable.ts';

/** The share of entries that a value must be true for to become a default. */
const NEARLY_ALL = 0.75;
const FEWEST = 2;

/**
 * What is true for nearly all operators. A field becomes a default only where every other entry can
 * say its own value. Never `admin`, which nobody should become by an omission, nor what is personal.
 */
export function commonOperatorFields(operators: readonly Pick<LiveOperator, 'language' | 'role'>[]): {
  language?: string;
  role?: string;
} {
  const common = (field: 'language' | 'role') => {
    const values = operators.map((operator) => operator[field]);
    return values.every((value) => value !== null && canSay(field, value)) ? commonValue(values) : undefined;
  };
  const language = common('language');
  const role = common('role');
  return {
    ...(language ? { language } : {}),
    ...(role === 'operator' ? { role } : {}),
  };
}

export function commonEssential(webhooks: readonly LiveWebhook[]): boolean | undefined {
  return commonValue(webhooks.map(({ essential }) => essential));
}

/** The value that nearly all have. */
function commonValue<T>(values: readonly T[]): T | undefined {
  if (values.length < FEWEST) return undefined;
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [value, count] = [...counts].reduce((best, next) => (next[1] > best[1] ? next : best));
  return count / values.length >= NEARLY_ALL ? value : undefined;
}
