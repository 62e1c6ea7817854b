import type { DesiredState } from '../model/desired.ts';
import type { Fields, FieldValue } from '../model/json.ts';
import { KINDS } from '../model/kinds.ts';
import type { ResourceKind } from '../model/resource-kind.ts';

/** Turns real values into what a plan may hold: no secret, and no credential that only the live account knows. */
export interface Presenter {
  text(value: string): string;
  fields(kind: ResourceKind, fields: Fields): Fields;
  key(kind: ResourceKind, fields: Fields): string;
}

export function createPresenter(desired: DesiredState): Presenter {
  const { secrets } = desired;
  const known = textsOfFile(desired);
  // What the file itself says is shown as it is written there.
  const show = (value: string, hidden: string) =>
    hidden === value || known.has(value) ? secrets.conceal(value) : secrets.mask(hidden);
  return {
    text: (value) => secrets.conceal(value),
    fields: (kind, fields) => {
      const hidden = kind.hideCredentials(fields);
      const shown = (field: string, value: FieldValue) =>
        typeof value === 'string' ? show(value, String(hidden[field])) : value;
      return Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, shown(field, value)]));
    },
    key: (kind, fields) => {
      const hidden = kind.keyParts(kind.hideCredentials(fields));
      return kind
        .keyParts(fields)
        .map((part, index) => show(part, hidden[index] ?? ''))
        .join(' ');
    },
  };
}

function textsOfFile(desired: DesiredState): Set<string> {
  const known = new Set<string>();
  for (const kind of KINDS) {
    for (const { fields, previous } of kind.wanted(desired) ?? []) {
      for (const value of [...Object.values(fields), ...Object.values(previous?.fields ?? {})]) {
        if (typeof value === 'string') known.add(value);
      }
    }
  }
  return known;
}
