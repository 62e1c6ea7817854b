import { type DesiredStatus, STATUS_VALUES } from '../desired.ts';
import type { Fields } from '../json.ts';
import type { ResourceKind, WantedObject } from '../resource-kind.ts';
import { movedFromAddress, operatorKey } from './operator.ts';

/** An operator's status, set apart from the operator (B). It is part of them: always there, only ever updated. */
export const statusKind: ResourceKind = {
  name: 'status',
  noun: { one: 'status', many: 'statuses' },
  list: 'operators',
  fields: ['email', 'status'],
  keyInWords: 'the key of a status is the e-mail address of its operator',
  keyFields: ['email'],
  createDefaults: {},
  createNeeds: [],
  words: { status: STATUS_VALUES },
  partOf: 'operator',
  liveDuplicates: 'error',
  wanted: (desired) =>
    desired.operators?.flatMap((operator) =>
      operator.status && !operator.absent
        ? [wantedStatus(operator.email, operator.movedFrom, operator.status)]
        : [],
    ) ?? null,
  live: (live) =>
    (live.operators ?? []).map(({ id, email, lastStatus }) => ({
      key: operatorKey(email),
      id,
      fields: { email, status: lastStatus },
    })),
  pruneGlobs: () => [],
  globText: (fields) => operatorKey(String(fields.email)),
  keyParts: (fields) => [operatorKey(String(fields.email))],
  normalise: (fields) => fields,
  globsIgnoreCase: true,
  hideCredentials: (fields) => fields,
  effects: ({ after }) => {
    if (typeof after?.validUntil === 'string') return [`holds until ${after.validUntil}`];
    return typeof after?.ttl === 'number' ? [`holds for ${formatDuration(after.ttl)}`] : [];
  },
};

function wantedStatus(email: string, movedFrom: string | undefined, status: DesiredStatus): WantedObject {
  const extras: Fields =
    status.until === undefined ? { ttl: status.ttl ?? null } : { validUntil: status.until };
  return {
    key: operatorKey(email),
    ...movedFromAddress(movedFrom),
    absent: false,
    fields: { email, status: status.value },
    extras,
    onlyAtCreation: status.mode === 'initial',
    ...(status.until === undefined ? {} : { until: status.until }),
    source: status.source,
  };
}

const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
] as const;

/** Seconds in the largest unit that divides them: `43200` → `12h`, `90` → `90s`. */
export function formatDuration(seconds: number): string {
  for (const [unit, size] of UNITS) {
    if (seconds >= size && seconds % size === 0) return `${seconds / size}${unit}`;
  }
  return `${seconds}s`;
}
