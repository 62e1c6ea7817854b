import { operatorKind } from './kinds/operator.ts';
import { statusKind } from './kinds/status.ts';
import { webhookKind } from './kinds/webhook.ts';
import type { KindName } from './plan.ts';
import type { ResourceKind } from './resource-kind.ts';

export const KINDS: readonly ResourceKind[] = [operatorKind, statusKind, webhookKind];

export function kindNamed(name: KindName): ResourceKind {
  const kind = KINDS.find((candidate) => candidate.name === name);
  if (!kind) throw new TypeError(`no resource kind "${name}"`);
  return kind;
}
