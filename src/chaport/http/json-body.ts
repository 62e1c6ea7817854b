/** `undefined` where it is none. */
export function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Whether JSON says at its top that the call has failed, whatever the status is. */
export function saysItFailed(json: unknown): boolean {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return false;
  const members = new Map<string, unknown>(Object.entries(json));
  return (
    ['error', 'errors'].some((name) => !isEmpty(members.get(name))) ||
    ['success', 'ok'].some((name) => members.get(name) === false)
  );
}

function isEmpty(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() === '';
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return !value;
}
