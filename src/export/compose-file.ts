import { type Document, isMap, isScalar, isSeq, type Node } from 'yaml';
import { canonicalText, createDocument, formatConfigText } from '../config/format/index.ts';
import type { WrittenEntry } from '../model/written-entry.ts';

/** Where editors look for the schema, relative to the file; `chaportctl schema` prints it. */
export const MODELINE = ' yaml-language-server: $schema=./chaport.schema.json';

/** A configuration file before it is text. */
export interface FileContent {
  /** Lines at the top, below the modeline. */
  header: readonly string[];
  /** `null`: not known; a commented-out section takes its place. */
  owner: string | null;
  /** Addresses that the owner may have. */
  ownerCandidates: readonly string[];
  defaults: Readonly<Record<string, object>>;
  /** By name and in order; a section that is not in it is not in the file. */
  sections: Readonly<Record<string, readonly WrittenEntry[]>>;
  /** Lines above a key of the file. */
  notes: Readonly<Record<string, readonly string[]>>;
}

/** The same as plain data; what stands in comments is not in it. */
export function plainContent({ owner, defaults, sections }: FileContent): object {
  const entries = Object.entries(sections).map(([name, list]) => [name, list.map(({ keys }) => keys)]);
  return {
    version: 1,
    ...(owner === null ? {} : { account: { owner } }),
    ...(Object.keys(defaults).length === 0 ? {} : { defaults }),
    ...Object.fromEntries(entries),
  };
}

/** The canonical text of the file, with its comments. */
export function composeFile(content: FileContent): string {
  const document = createDocument(plainContent(content));
  document.commentBefore = [MODELINE, ...content.header.map(asComment)].join('\n');
  const root = document.contents;
  if (!isMap(root)) throw new TypeError('the content is a map');
  for (const { key, value } of root.items) {
    if (!isScalar(key)) continue;
    const name = String(key.value);
    const notes = content.notes[name] ?? [];
    if (notes.length > 0) key.commentBefore = notes.map(asComment).join('\n');
    if (name === 'defaults') makeFlow(value);
    if (isSeq(value)) {
      for (const [index, entry] of (content.sections[name] ?? []).entries())
        annotate(value.items[index], entry);
    }
  }
  const [, second] = root.items;
  if (content.owner === null && isScalar(second?.key)) {
    const block = commentedAccount(content);
    const { commentBefore } = second.key;
    second.key.commentBefore = `${block}\n\n${commentBefore ?? ''}`.replace(/\n\n$/, '\n');
  }
  return formatConfigText({ name: 'the new file', bytes: new TextEncoder().encode(canonicalText(document)) });
}

/** A line as yaml keeps comments. Foreign text in it was escaped before. */
function asComment(line: string): string {
  return line === '' ? ' ' : ` ${line}`;
}

function commentedAccount({ ownerCandidates }: FileContent): string {
  const [first = 'owner@acme.example', ...others] = ownerCandidates;
  return [
    "The owner's address guards against a wrong token. Check it, then remove the # of the two lines.",
    'account:',
    `  owner: ${canonicalText(createDocument(first)).trimEnd()}`,
    ...(others.length === 0
      ? []
      : [`  # or ${others.slice(0, 9).join(', ')}${others.length > 9 ? ', …' : ''}`]),
  ]
    .map(asComment)
    .join('\n');
}

/** `operator: { language: en }`: each on one line. */
function makeFlow(node: unknown): void {
  if (!isMap(node)) return;
  for (const { value } of node.items) if (isMap(value)) value.flow = true;
}

/** An entry as an item of a list, with what is said beside it. */
export function createEntry(document: Document, entry: WrittenEntry): Node {
  const node = document.createNode(entry.keys);
  annotate(node, entry);
  return node;
}

function annotate(item: unknown, entry: WrittenEntry): void {
  if (!isMap(item)) return;
  if (entry.notes.length > 0) item.commentBefore = entry.notes.map(asComment).join('\n');
  const first = item.items[0]?.value;
  if (entry.remark !== undefined && isScalar(first)) first.comment = asComment(entry.remark);
  for (const { key, value } of item.items) {
    if (isMap(value)) value.flow = true;
    if (isScalar(key)) annotateItems(value, entry.itemRemarks?.[String(key.value)]);
  }
}

function annotateItems(list: unknown, remarks: readonly string[] | undefined): void {
  if (!isSeq(list)) return;
  list.flow = remarks === undefined;
  for (const [index, item] of list.items.entries()) {
    const remark = remarks?.[index];
    if (remark !== undefined) (item as Node).comment = asComment(remark);
  }
}
