/*
 * What may be said in public of what the account holds: known names, types and counts. Whatever else stands in
 * an answer, a key as well, may be somebody's address or secret.
 */

/** Names that answers in general have. */
const GENERAL =
  'result id links next total error errors message status statusCode code type detail title field path'.split(
    ' ',
  );

export type Json = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const DEEPEST = 4;

/** `{"error":{"status":number,"message":string}}` */
export function shapeOf(value: unknown, depth = 0): string {
  if (Array.isArray(value)) {
    const shapes = [...new Set(value.map((entry) => shapeOf(entry, depth + 1)))];
    return depth >= DEEPEST || shapes.length > 3 ? '[…]' : `[${shapes.join(',')}]`;
  }
  if (!isObject(value)) return typeOf(value);
  if (depth >= DEEPEST) return '{…}';
  const members = Object.entries(value).map(([key, member]) => {
    return `${GENERAL.includes(key) ? `"${key}"` : '<key>'}:${shapeOf(member, depth + 1)}`;
  });
  return `{${counted(members)
    .map(({ word, count }) => (count === 1 ? word : `${word} ×${count}`))
    .join(',')}}`;
}

export function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}

/** `id: string, name: string or null, 2 × <key>` */
export function fieldsOf(objects: readonly Json[], known: readonly string[]): string {
  const named = known.flatMap((key) => {
    const values = objects.filter((object) => Object.hasOwn(object, key)).map((object) => object[key]);
    if (values.length === 0) return [];
    return `${key}: ${[...new Set(values.map(typeOf))].sort().join(' or ')}`;
  });
  const unknown = unknownKeysOf(objects, known).length;
  return [...named, ...(unknown === 0 ? [] : [`${unknown} × <key>`])].join(', ');
}

export function unknownKeysOf(objects: readonly Json[], known: readonly string[]): string[] {
  return [...new Set(objects.flatMap((object) => Object.keys(object)))].filter((key) => !known.includes(key));
}

/** `operator ×3, <word> ×1`, and whether there is any that is not known. */
export function wordsOf(
  words: readonly unknown[],
  known: readonly string[],
): { text: string; hasOthers: boolean } {
  const shown = words.map((word) => (known.some((one) => one === word) ? String(word) : '<word>'));
  const text = counted(shown)
    .map(({ word, count }) => `${word} ×${count}`)
    .join(', ');
  return { text, hasOthers: shown.includes('<word>') };
}

function counted(words: readonly string[]): { word: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, count]) => ({ word, count }));
}
