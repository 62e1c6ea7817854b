import type { Section } from '../../model/kinds/kind.ts';
import type { Text } from '../../model/text.ts';
import type { FileSections } from '../schema/read-sections.ts';
import type { WrittenMap } from '../schema/written-map.ts';

/** An entry, or an override of one, as a file has it. */
export interface FileEntry {
  file: number;
  /** What it is about, in the spelling that is compared; `null` where that is not sound. */
  key: string | null;
  map: WrittenMap;
  /** A field that an override may not say here, after a complaint. */
  refused?: string;
}

/** The entries of a section in all files. */
export function entriesOf(files: readonly FileSections[], section: Section): FileEntry[] {
  return files.flatMap(({ file, entries }) =>
    (entries.get(section.name) ?? []).map((map) => ({ file, key: keyIn(map, section), map })),
  );
}

export function keyIn({ keys }: WrittenMap, { key, keyOf }: Section): string | null {
  const written = keys[key] as Text | undefined;
  return written === undefined ? null : keyOf(written);
}

export function byKey(entries: readonly FileEntry[]): Map<string, FileEntry[]> {
  const lists = new Map<string, FileEntry[]>();
  for (const entry of entries) {
    if (entry.key === null) continue;
    const list = lists.get(entry.key);
    if (list) list.push(entry);
    else lists.set(entry.key, [entry]);
  }
  return lists;
}
