import type { AdoptedFile } from '../../export/index.ts';
import { escapeForTerminal } from '../../render/escape.ts';

/** A sentence for each file of which more changes than was asked for. */
export function describeRewritten(files: readonly AdoptedFile[], dryRun: boolean): string[] {
  const verb = dryRun ? 'would be' : 'was';
  return files
    .filter(({ isRewritten }) => isRewritten)
    .map(
      ({ name }) =>
        `${escapeForTerminal(name)} was not in canonical form: it ${verb} rewritten as \`chaportctl fmt\` does, comments kept.\n`,
    );
}
