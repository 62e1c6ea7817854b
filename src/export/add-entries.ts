import { type Document, isAlias, isMap, isScalar, isSeq, type Pair, YAMLSeq } from 'yaml';
import { UserError } from '../model/errors.ts';
import type { WrittenEntry } from '../model/written-entry.ts';
import { createEntry } from './compose-file.ts';

/**
 * Adds entries at the end of a section, which is made where the document has none.
 * @throws {UserError} `cannot-insert` for a section that is not written out in this file
 */
export function addEntries(
  name: string,
  document: Document,
  section: string,
  entries: readonly WrittenEntry[],
): void {
  const list = listOf(name, document, section);
  const [, second] = list.items as { spaceBefore?: boolean }[];
  for (const entry of entries) {
    const node = createEntry(document, entry);
    if (second?.spaceBefore) node.spaceBefore = true;
    list.items.push(node);
  }
}

/** The list of a section, written over lines. */
function listOf(name: string, document: Document, section: string): YAMLSeq {
  const root = document.contents;
  if (!isMap(root)) throw cannotInsert(name, section, 'the file is not a map of sections');
  root.flow = false;
  const pair = root.items.find(({ key }) => isScalar(key) && key.value === section) as Pair | undefined;
  if (!pair) {
    const list = new YAMLSeq();
    root.items.push(document.createPair(section, list));
    return list;
  }
  const { value } = pair;
  if (isAlias(value)) throw cannotInsert(name, section, `it is the alias *${value.source}`);
  if (isSeq(value)) return inBlockStyle(value);
  if (value !== null && !(isScalar(value) && value.value === null)) {
    throw cannotInsert(name, section, 'it is not a list');
  }
  const list = new YAMLSeq();
  if (value?.comment) list.commentBefore = value.comment;
  pair.value = list;
  return list;
}

/** A comment behind the closing bracket moves above the list. */
function inBlockStyle(list: YAMLSeq): YAMLSeq {
  if (!list.flow && list.items.length > 0) return list;
  list.flow = false;
  list.commentBefore = [list.commentBefore, list.comment].filter(Boolean).join('\n') || null;
  list.comment = null;
  return list;
}

function cannotInsert(name: string, section: string, why: string): UserError {
  return new UserError('cannot-insert', `${name}: nothing can be added to "${section}": ${why}`, {
    hint: 'name another file with --into',
  });
}
