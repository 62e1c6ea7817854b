import { createHash } from 'node:crypto';
import type { Plan } from './plan.ts';

/**
 * `sha256:` and the hex SHA-256 over the compact JSON (`JSON.stringify`) of the plan without
 * `createdAt` and `digest`, keys in the document's order.
 */
export function digestOf(plan: Omit<Plan, 'digest' | 'createdAt'> & Partial<Plan>): string {
  const { createdAt: _createdAt, digest: _digest, ...rest } = plan;
  return `sha256:${createHash('sha256').update(JSON.stringify(rest)).digest('hex')}`;
}
