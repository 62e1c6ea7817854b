import type { FieldValue } from '../../model/json.ts';
import { escapeForTerminal } from '../escape.ts';
import { EMPTY } from '../wording.ts';

/** A value as it stands in a line: strings in quotes, with quotes and backslashes inside escaped. */
export function shownValue(value: FieldValue): string {
  if (value === null || value === '') return EMPTY;
  if (typeof value !== 'string') return String(value);
  return `"${escapeForTerminal(value.replace(/["\\]/g, '\\$&'))}"`;
}

/** A value that is one plain word needs no quotes. */
export function shownWord(value: FieldValue): string {
  return typeof value === 'string' && /^[a-z]+$/i.test(value) ? value : shownValue(value);
}
