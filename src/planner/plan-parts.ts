import type { FieldChange } from '../model/change.ts';
import { fingerprintOf } from '../model/digest.ts';
import type { Fields } from '../model/json.ts';
import type { Kind } from '../model/kinds/index.ts';
import type { LiveObject } from '../model/live.ts';
import type { ManagedObject, PlannedChange, UnmanagedObject } from '../model/plan.ts';
import type { SecretBook } from '../model/secrets.ts';
import type { Diagnostic, Source } from '../model/source.ts';
import { holdsSecret, type Value, type Values, WrittenText } from '../model/text.ts';
import type { Draft, DraftChange, DraftUnmanaged } from './draft.ts';
import { identifying, type Presenter } from './presenter.ts';
import type { Reached } from './reached.ts';

/** A change as a plan shows it. What cannot be shown without its secret is an error. */
export function toPlanned(
  draft: DraftChange,
  reached: Reached,
  presenter: Presenter,
  errors: Diagnostic[],
): PlannedChange {
  const { kind, live, desired } = draft;
  const source = desired?.source ?? draft.claimedBy?.source;
  const key = presenter.key(kind, desired ? identifying(desired) : (live?.fields ?? {}));
  for (const [field, value] of Object.entries(draft.after ?? {})) {
    if (isUnsendable(value)) errors.push(unsendable(kind, key, field, source));
  }
  const shared = {
    kind: kind.name,
    key,
    fields: fieldChanges(draft),
    effects: kind.effects({ ...draft, reached }),
    ...(live ? aboutOf(kind, live) : {}),
    ...(source ? { source } : {}),
    ...secretFields('secretFields', draft.after),
    ...secretFields('secretFieldsBefore', draft.before),
  };
  const { before, after } = draft;
  if (after === null) {
    return {
      action: 'delete',
      ...shared,
      id: live?.id ?? '',
      before: shownFields(before ?? {}),
      after,
      ...(draft.claimedBy === undefined ? {} : { pruned: true as const }),
    };
  }
  if (draft.action === 'create') {
    return { action: 'create', ...shared, before: null, after: shownFields(after) };
  }
  return {
    action: 'update',
    ...shared,
    ...(live ? { id: live.id } : {}),
    before: before && shownFields(before),
    after: shownFields(after),
  };
}

function shownFields(values: Values): Fields {
  return Object.fromEntries(Object.entries(values).map(([field, value]) => [field, shown(value)]));
}

function shown(value: Value | undefined) {
  return value instanceof WrittenText ? value.shown : (value ?? null);
}

/** Of what is deleted every field, so that it can be made again. */
function fieldChanges({ action, live, before, after, paths }: DraftChange): FieldChange[] {
  const old = action === 'delete' ? live?.fields : before;
  return paths.map((path) => ({ path, before: shown(old?.[path]), after: shown(after?.[path]) }));
}

/** It is not shown as it is, and what is shown does not lead back to it: it would be sent masked. */
function isUnsendable(value: Value): boolean {
  return value instanceof WrittenText && value.secrets.length === 0 && value.shown !== value.real;
}

function unsendable(kind: Kind, key: string, field: string, source: Source | undefined): Diagnostic {
  return {
    severity: 'error',
    code: 'unsendable-secret',
    message: `${kind.noun.one} ${key}: its ${field} holds a secret in another spelling, so it cannot be planned without showing the secret`,
    hint: `write ${field} in the file with \${secret:NAME}`,
    ...(source ? { source } : {}),
  };
}

function secretFields<Name extends string>(name: Name, values: Values | null): { [key in Name]?: string[] } {
  const fields = Object.entries(values ?? {}).flatMap(([field, value]) => (holdsSecret(value) ? field : []));
  return (fields.length === 0 ? {} : { [name]: fields }) as { [key in Name]?: string[] };
}

/** What readers are told of it beside its fields; what is empty says nothing. */
function aboutOf(kind: Kind, live: LiveObject): { about?: Fields } {
  const about = tell(kind.about, live);
  return Object.keys(about).length === 0 ? {} : { about };
}

function tell(fields: readonly string[], { fields: writable, readOnly }: LiveObject): Fields {
  const all = { ...shownFields(writable), ...readOnly };
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = all[field] ?? null;
      return value === null ? [] : [[field, value]];
    }),
  );
}

export function toUnmanaged({ kind, live }: DraftUnmanaged, presenter: Presenter): UnmanagedObject {
  const key = presenter.key(kind, live.fields);
  return { kind: kind.name, key, id: live.id, ...tell(kind.introduction, live) } as UnmanagedObject;
}

export function toManaged(
  { kind, desired, live }: Draft['managed'][number],
  presenter: Presenter,
): ManagedObject {
  return {
    kind: kind.name,
    key: presenter.key(kind, identifying(desired)),
    ...(live ? { id: live.id } : {}),
  };
}

/** Of each named secret the first digits of a hash, in the order of the names. */
export function fingerprints(names: Iterable<string>, secrets: SecretBook): Record<string, string | null> {
  return Object.fromEntries(
    [...names].sort().map((name) => [name, fingerprintOf(name, secrets.valueOf(name) ?? '')]),
  );
}
