import type { KindName } from '../../model/kinds/index.ts';
import { operatorOnTheWire } from './operator.ts';
import { statusOnTheWire } from './status.ts';
import { webhookOnTheWire } from './webhook.ts';
import type { WireKind, WireList } from './wire-kind.ts';

/** Every kind: one that is forgotten here does not compile. */
export const WIRE: Readonly<Record<KindName, WireKind>> = {
  operator: operatorOnTheWire,
  status: statusOnTheWire,
  webhook: webhookOnTheWire,
};

/** @throws {TypeError} for a name that is no kind's: nothing is ever sent for it. */
export function wireOf(kind: KindName): WireKind {
  if (!Object.hasOwn(WIRE, kind)) throw new TypeError(`the API has no mapping for the kind "${kind}"`);
  return WIRE[kind];
}

/** The lists that can be read, each once. */
export function wireLists(): WireList[] {
  return Object.values(WIRE).flatMap(({ list }) => list ?? []);
}
