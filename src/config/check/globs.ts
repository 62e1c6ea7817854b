import { type GlobFault, globFault } from '../../model/glob-syntax.ts';
import { sectionsOfFile } from '../../model/kinds/index.ts';
import { realOf, type Text } from '../../model/text.ts';
import type { Complaint } from '../complaints.ts';
import type { Head } from '../schema/read-sections.ts';
import type { Place } from '../source/source-file.ts';

/** A glob that is not understood would match nothing, and guard nobody. */
export function checkGlobs(heads: readonly Head[], add: (complaint: Complaint) => void): void {
  for (const head of heads) {
    const { protect, prune } = head.keys.policy ?? {};
    checkList(head, protect, ['protect'], add);
    if (prune === undefined || Array.isArray(prune)) continue;
    for (const { section } of sectionsOfFile()) {
      checkList(head, prune[section.name], ['prune', section.name], add);
    }
  }
}

function checkList(
  head: Head,
  globs: unknown,
  path: readonly string[],
  add: (complaint: Complaint) => void,
): void {
  for (const [index, written] of (Array.isArray(globs) ? (globs as Text[]) : []).entries()) {
    const glob = realOf(written);
    const fault = globFault(glob);
    if (!fault) continue;
    const place = placeIn(head.placeOf('policy', ...path, index), glob, fault);
    add({ code: 'bad-glob', message: fault.message, hint: fault.hint, place });
  }
}

/** The fault itself, where the file has the glob as it is read; the whole value where it has escapes or references. */
function placeIn({ file, offset, length }: Place, glob: string, fault: GlobFault): Place {
  const start = file.text.slice(offset, offset + length).indexOf(glob);
  if (start === -1) return { file, offset, length };
  return { file, offset: offset + start + fault.at, length: fault.length };
}
