import { UserError } from '../model/errors.ts';

/** Every call that the simulated API has. `*` stands for an id. */
export const API_CALLS = [
  'GET me.json',
  'GET operators',
  'POST operators',
  'GET operators/*',
  'PUT operators/*',
  'DELETE operators/*',
  'POST operators/*/status',
  'GET events/subscriptions',
  'POST events/subscriptions',
  'GET events/subscriptions/*',
  'PUT events/subscriptions/*',
  'DELETE events/subscriptions/*',
] as const;
export type ApiCall = (typeof API_CALLS)[number];

/** A pattern for calls: `null` is any method, any path. */
export interface CallPattern {
  method: string | null;
  parts: string[] | null;
}

/** Reads `[METHOD ]PATH`; `null` where it is neither. `subscriptions` is short for `events/subscriptions`. */
function parseCall(text: string): CallPattern | null {
  const match = /^(?:([A-Za-z]+|\*)\s+)?(\S+)$/.exec(text.trim());
  if (!match) return null;
  const [, method, path = ''] = match;
  const parts = partsOf(path);
  if (parts[0] === 'subscriptions') parts.unshift('events');
  return {
    method: method === undefined || method === '*' ? null : method.toUpperCase(),
    parts: path === '*' ? null : parts,
  };
}

/** The pattern of `[METHOD ]PATH`. @throws {UserError} with this code, when no call of the API can match */
export function checkedCall(text: string, code: string): CallPattern {
  const pattern = parseCall(text);
  if (pattern !== null && matchesSomeRoute(pattern)) return pattern;
  throw new UserError(code, `the API has no call "${text}"`, {
    hint: `The calls are ${API_CALLS.join(', ')}, or * for all.`,
  });
}

/** The parts of a path below the base URL, with or without the slash before it. */
export function partsOf(path: string): string[] {
  return path.replace(/^\//, '').split('/');
}

export function callMatches(pattern: CallPattern, method: string, path: string): boolean {
  if (pattern.method !== null && pattern.method !== method) return false;
  return pattern.parts === null || partsMatch(pattern.parts, partsOf(path));
}

/** The call of the API that this is; `null` where it has none like it. */
export function callOf(method: string, path: string): ApiCall | null {
  return API_CALLS.find((call) => call.startsWith(`${method} `) && isAt(call, path)) ?? null;
}

/** The methods that the API has for a path. */
export function methodsOf(path: string): string[] {
  return API_CALLS.filter((call) => isAt(call, path)).map((call) => call.split(' ')[0] ?? '');
}

function isAt(call: ApiCall, path: string): boolean {
  const parts = partsOf(path);
  return !parts.includes('') && partsMatch(partsOf(call.split(' ')[1] ?? ''), parts);
}

/** Whether there is any call of the API that the pattern could match. */
function matchesSomeRoute(pattern: CallPattern): boolean {
  return API_CALLS.some((call) => {
    const route = parseCall(call);
    if (!route?.parts) return false;
    if (pattern.method !== null && pattern.method !== route.method) return false;
    return (
      pattern.parts === null ||
      partsMatch(pattern.parts, route.parts) ||
      partsMatch(route.parts, pattern.parts)
    );
  });
}

function partsMatch(pattern: readonly string[], parts: readonly string[]): boolean {
  return (
    pattern.length === parts.length && pattern.every((part, index) => part === '*' || part === parts[index])
  );
}
