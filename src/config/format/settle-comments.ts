import type { CST } from 'yaml';

type Collection = CST.BlockMap | CST.BlockSequence;

/**
 * Gives each comment to the level that it is indented to. The parser leaves a comment that
 * follows a deeper one with the deeper one, which would move it away from what it is about.
 */
export function settleComments(token: CST.Token): void {
  if (token.type !== 'document' || !isCollection(token.value)) return;
  settleIn(token.value);
  // What is left behind the last key ends the document, as where nothing had to be moved.
  const last = token.value.items.at(-1);
  if (!last || last.value || ('key' in last && last.key) || last.sep) return;
  token.value.items.pop();
  token.end = [...last.start, ...(token.end ?? [])];
}

function isCollection(token: CST.Token | undefined | null): token is Collection {
  return token?.type === 'block-map' || token?.type === 'block-seq';
}

/** Returns what stands below the collection's level, and so belongs to what follows it. */
function settleIn(collection: Collection): CST.SourceToken[] {
  const items: { start: CST.SourceToken[]; key?: unknown; sep?: unknown; value?: CST.Token }[] =
    collection.items;
  for (let index = 0; index < items.length; index += 1) {
    const value = items[index]?.value;
    const left = isCollection(value) ? settleIn(value) : [];
    if (left.length === 0) continue;
    const next = items[index + 1];
    if (next) next.start.unshift(...left);
    else items.push({ start: left });
  }
  const last = items.at(-1);
  if (!last || last.key || last.sep || last.value) return [];
  const at = last.start.findIndex(({ type, indent }) => type === 'comment' && indent < collection.indent);
  if (at === -1 || last.start.some(({ type }) => !BLANK.has(type))) return [];
  const left = last.start.splice(startOfComment(last.start, at));
  if (last.start.length === 0) items.pop();
  return left;
}

const BLANK = new Set(['space', 'newline', 'comment']);

/** With its indentation and the empty lines above it. */
function startOfComment(tokens: readonly CST.SourceToken[], at: number): number {
  let start = at;
  while (start > 0) {
    const before = tokens[start - 1];
    if (before?.type === 'space') start -= 1;
    else if (before?.type === 'newline' && tokens[start - 2]?.type !== 'comment') start -= 1;
    else break;
  }
  return start;
}
