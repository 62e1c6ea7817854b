import { type GlobFault, globFault } from '../model/glob-syntax.ts';
import type { Complaint } from './complaints.ts';
import type { Written } from './read-sections.ts';
import type { Place } from './source-file.ts';
import type { WrittenFile } from './written-config.ts';

/** A glob that is not understood would match nothing, and guard nobody. */
export function checkGlobs(
  heads: readonly Written<WrittenFile>[],
  add: (complaint: Complaint) => void,
): void {
  for (const head of heads) {
    const { protect, prune } = head.keys.policy ?? {};
    const lists = [{ globs: protect, path: ['protect'] }];
    if (prune && !Array.isArray(prune)) {
      lists.push({ globs: prune.operators, path: ['prune', 'operators'] });
      lists.push({ globs: prune.webhooks, path: ['prune', 'webhooks'] });
    }
    for (const { globs = [], path } of lists) {
      for (const [index, glob] of globs.entries()) {
        const fault = globFault(glob);
        if (!fault) continue;
        const place = placeIn(head.placeOf('policy', ...path, index), glob, fault);
        add({ code: 'bad-glob', message: fault.message, hint: fault.hint, place });
      }
    }
  }
}

/** The fault itself, where the file has the glob as it is read; the whole value where it has escapes or references. */
function placeIn({ file, offset, length }: Place, glob: string, fault: GlobFault): Place {
  const start = file.text.slice(offset, offset + length).indexOf(glob);
  if (start === -1) return { file, offset, length };
  return { file, offset: offset + start + fault.at, length: fault.length };
}
