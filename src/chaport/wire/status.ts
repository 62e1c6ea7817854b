import type { Fields } from '../../model/json.ts';
import { DEFAULT_STATUS_TTL } from '../../model/kinds/status.ts';
import { below, given } from './collection.ts';
import { operatorOnTheWire } from './operator.ts';
import type { WireKind } from './wire-kind.ts';

/** A part of an operator: read with them, and set by their id. Facts: status-set. */
export const statusOnTheWire: WireKind = {
  list: null,
  clearable: [],
  create: () => {
    throw new TypeError('a status is set, not created');
  },
  update: (id, fields) => ({
    method: 'POST',
    path: `${below(operatorOnTheWire.list.path, id)}/status`,
    nature: 'repeatable',
    body: statusBody(fields),
  }),
  delete: () => {
    throw new TypeError('a status is never deleted');
  },
};

/** Exactly one of `ttl` and `validUntil`. Facts: status-set. */
function statusBody(fields: Fields): Fields {
  const { status, ttl, validUntil } = given(fields, ['status', 'ttl', 'validUntil']);
  if (status === undefined) throw new TypeError('a status without its value');
  return validUntil === undefined ? { status, ttl: ttl ?? DEFAULT_STATUS_TTL } : { status, validUntil };
}
