import { sectionsOfFile } from '../../model/kinds/index.ts';
import type { SecretBook } from '../../model/secrets.ts';
import type { Complaints } from '../complaints.ts';
import type { Inclusions } from '../include/inclusions.ts';
import type { FileSections, Head } from '../schema/read-sections.ts';
import type { WrittenMap } from '../schema/written-map.ts';
import { entriesOf } from './entries.ts';
import { joinHeads } from './join-keys.ts';
import { layOver } from './lay-over.ts';
import { readOverrides } from './read-overrides.ts';

/** What all files say together: as one that a person could have written. */
export interface JoinedFiles {
  head: Head;
  /** The entries of each section, overrides laid over them. */
  entries: ReadonlyMap<string, readonly WrittenMap[]>;
}

/** Joins the sections of all files. `null` where there are none. */
export function joinFiles(
  files: readonly FileSections[],
  inclusions: Inclusions,
  hasAllFiles: boolean,
  secrets: SecretBook,
  complaints: Complaints,
): JoinedFiles | null {
  if (files.length === 0) return null;
  const add = complaints.add.bind(complaints);
  const entries = sectionsOfFile().map(({ section }) => {
    const context = { section, inclusions, hasAllFiles, secrets, add };
    const written = entriesOf(files, section);
    return [section.name, layOver(written, readOverrides(files, written, context), context)] as const;
  });
  return { head: joinHeads(files, inclusions, add), entries: new Map(entries) };
}
