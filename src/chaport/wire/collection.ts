import type { Fields } from '../../model/json.ts';
import type { WireKind } from './wire-kind.ts';

export interface Collection {
  path: string;
  /** Those that are sent; any other is not. */
  writable: readonly string[];
  clearable: readonly string[];
}

/** `POST` to the list; `PUT` and `DELETE` below it. A `PUT` has every writable field: right whether it merges or replaces. Facts: put. */
export function callsOf({
  path,
  writable,
  clearable,
}: Collection): Pick<WireKind, 'create' | 'update' | 'delete'> {
  return {
    create: (fields) => ({ method: 'POST', path, nature: 'create', body: given(fields, writable) }),
    update: (id, fields) => ({
      method: 'PUT',
      path: below(path, id),
      nature: 'repeatable',
      body: { ...given(fields, writable), ...emptied(fields, clearable) },
    }),
    delete: (id) => ({ method: 'DELETE', path: below(path, id), nature: 'repeatable' }),
  };
}

export function below(path: string, id: string): string {
  // `.` and `..` would climb out of the list even when percent-encoded; half a character cannot be.
  if (/^\.{0,2}$/.test(id) || !id.isWellFormed()) throw new TypeError(`${JSON.stringify(id)} is no id`);
  return `${path}/${encodeURIComponent(id)}`;
}

/** Those of the named fields that have a value. */
export function given(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
      return value === undefined || value === null ? [] : [[name, value]];
    }),
  );
}

function emptied(fields: Fields, clearable: readonly string[]): Fields {
  const cleared = clearable.filter((name) => Object.hasOwn(fields, name) && fields[name] === null);
  return Object.fromEntries(cleared.map((name) => [name, '']));
}
