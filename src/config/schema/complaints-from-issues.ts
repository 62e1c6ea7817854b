import type * as z from 'zod';
import { nearestWord } from '../../model/nearest-word.ts';
import type { SecretBook } from '../../model/secrets.ts';
import { WrittenText } from '../../model/text.ts';
import type { Complaint } from '../complaints.ts';
import { dateHint, dateMeant } from '../mistakes/dates.ts';
import { cureOf } from '../mistakes/values.ts';
import { locate, type Path, placeAt, placeOfAnchor, placeOfKey } from '../source/locate.ts';
import { INVALID } from '../values/plain-values.ts';
import { keysAt, schemaAt } from './walk.ts';
import { isMap, type Located } from './written-map.ts';

type Issue = z.core.$ZodIssue;

/** Turns what zod found into complaints; values that were complained about before are passed by. */
export function* complaintsFromIssues(
  issues: readonly Issue[],
  schema: z.ZodType,
  located: Located,
): Generator<Complaint> {
  for (const issue of issues) yield* complaintsFromIssue(issue, issue.path, schema, located);
}

function* complaintsFromIssue(
  issue: Issue,
  path: Path,
  schema: z.ZodType,
  located: Located,
): Generator<Complaint> {
  const real = valueAt(located.real, path);
  if (real === INVALID) return;
  if (real === undefined) {
    if (!located.file.hasLostLines) yield missingKey(issue, path, located);
    return;
  }
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, path);
    for (const key of issue.keys) yield unknownKey(key, known, path, located);
    return;
  }
  const meant = issue.code === 'invalid_union' ? meantBranch(issue, real) : null;
  if (!meant) yield wrongValue(issue, path, schema, located);
  for (const inner of meant ?? []) {
    yield* complaintsFromIssue(inner, [...path, ...inner.path], schema, located);
  }
}

/** What is wrong in the one branch of a union that is for values of the same type. */
function meantBranch({ errors }: z.core.$ZodIssueInvalidUnion, real: unknown): readonly Issue[] | null {
  const meant = errors.filter((branch) => !branch.some((error) => isOtherType(error, real)));
  return meant.length === 1 ? (meant[0] ?? null) : null;
}

/** Whether a branch of a union is for values of another type altogether. */
function isOtherType(issue: Issue, real: unknown): boolean {
  if (issue.path.length > 0) return false;
  return issue.code === 'invalid_type' || (issue.code === 'invalid_value' && typeof real !== 'string');
}

function missingKey(issue: Issue, path: Path, { file, node, called }: Located): Complaint {
  const key = String(path.at(-1) ?? '');
  return {
    code: 'missing-key',
    message: `${subjectOf(path.slice(0, -1), called)} has no "${key}"`,
    hint: `add ${key}: ${issue.message}`,
    place: placeAt(file, node, path.slice(0, -1)),
  };
}

function unknownKey(key: string, known: readonly string[], path: Path, located: Located): Complaint {
  const { file, node, called, secrets } = located;
  const nearest = nearestWord(key, known);
  return {
    code: 'unknown-key',
    message: `unknown key "${shorten(secrets.mask(key))}" in ${subjectOf(path, called)}`,
    hint: nearest ? `did you mean "${nearest}"?` : `the keys here are: ${known.join(', ')}`,
    place: placeOfKey(file, node, [...path, key]),
  };
}

function wrongValue(issue: Issue, path: Path, schema: z.ZodType, located: Located): Complaint {
  const { file, node, called, secrets } = located;
  const expected = issue.message;
  const found = valueAt(located.filled, path);
  const anchor = placeOfAnchor(file, node, path);
  const isOfOtherType = issue.code === 'invalid_type' || issue.code === 'invalid_union';
  const [from, to] = locate(file, node, path).node?.range ?? [0, 0];
  const written = file.text.slice(from, to);
  const shown = typeof found === 'number' ? `the number ${written}` : describeValue(found, secrets);
  const wanted = found instanceof WrittenText ? undefined : schemaAt(schema, path);
  const cure = wanted ? cureOf(found, written, wanted) : null;
  return {
    code: cure?.code ?? (isOfOtherType ? 'wrong-type' : 'invalid-value'),
    message: `${subjectOf(path, called)} must be ${expected}; found ${shown}`,
    hint: cure?.hint ?? hintFor(issue, found, written),
    place: placeAt(file, node, path),
    ...(cure && !anchor ? { fix: { from, to, text: cure.text } } : {}),
    ...(anchor ? { related: { message: 'the anchor is here', place: anchor } } : {}),
  };
}

/** What the complaint is about, in words: the nearest key, or one of its list. */
function subjectOf(path: Path, called: string): string {
  const last = path.at(-1);
  if (last === undefined) return called;
  if (typeof last !== 'number') return `"${String(last)}"`;
  const list = path.at(-2);
  return list === undefined ? called : `one of "${String(list)}"`;
}

/** `text` is the value as the file has it: `0123` is read as the number 123. */
function hintFor(issue: Issue, found: unknown, text: string): string | undefined {
  if (typeof found === 'string') {
    const date = dateMeant(found);
    if (date) return dateHint(date);
    if (/^[^@]+@[^@]+[,;\s]+[^@]+@/.test(found))
      return 'each address needs a person of its own: one "- email: …" each';
    if (/^http:/i.test(found)) return `write it with https: ${found.replace(/^http:/i, 'https:')}`;
  }
  if (issue.code === 'invalid_value') {
    const nearest = typeof found === 'string' ? nearestWord(found, issue.values.map(String)) : undefined;
    return nearest === undefined || nearest === found ? undefined : `did you mean ${nearest}?`;
  }
  if (issue.code === 'invalid_type') return typeHint(issue.expected, found, text);
  return undefined;
}

function typeHint(expected: string, found: unknown, text: string): string | undefined {
  if (found === null) return 'write a value, or take the line away';
  if (expected === 'array') {
    return isMap(found)
      ? 'begin each part of a list with "- ", two spaces deeper than the key'
      : 'write it as a list: [one, other]';
  }
  if (expected === 'object' && Array.isArray(found)) {
    return text.startsWith('-')
      ? 'take the "- " in front of the keys away'
      : 'write keys with values: { key: value }';
  }
  return undefined;
}

/** A value as a sentence may name it. Strings with a secret are shown as the file has them. */
export function describeValue(value: unknown, secrets: SecretBook): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (value instanceof WrittenText) return `"${shorten(value.shown)}"`;
  if (typeof value === 'object') return 'keys with values';
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'string') {
    return value === '' ? 'an empty text' : `"${shorten(secrets.conceal(value))}"`;
  }
  return String(value);
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const step of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) {
      return found === INVALID ? INVALID : undefined;
    }
    found = (found as Record<PropertyKey, unknown>)[step];
  }
  return found;
}
