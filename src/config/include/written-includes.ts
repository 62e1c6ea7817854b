import { SecretBook } from '../../model/secrets.ts';
import { WrittenText } from '../../model/text.ts';
import { Complaints } from '../complaints.ts';
import { isMap } from '../schema/written-map.ts';
import type { ConfigText, InclusionProblem } from '../source/config-text.ts';
import { openSourceFile } from '../source/decode.ts';
import { parseYaml } from '../source/yaml-document.ts';
import { toPlainValues } from '../values/plain-values.ts';
import type { Environment } from '../values/reference.ts';
import { Variables } from '../values/variables.ts';

/** The paths under `include`, references replaced. What is wrong in the file itself is complained of when it is parsed. */
export function writtenIncludes(
  { name, bytes }: ConfigText,
  env: Environment,
): (string | InclusionProblem)[] {
  // Parsing is what takes the time, and most files include nothing.
  if (!Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('include')) return [];
  const secrets = new SecretBook();
  const unheard = new Complaints(secrets);
  const file = openSourceFile(name, 0, bytes, unheard);
  if (file) parseYaml(file, unheard);
  if (!file?.root) return [];
  const variables = new Variables();
  const said = toPlainValues(file, { env, missingSecrets: 'error', secrets, variables }, unheard);
  const items = isMap(said?.filled) ? said.filled.include : null;
  return Array.isArray(items) ? items.map(pathOrProblem) : [];
}

function pathOrProblem(item: unknown): string | InclusionProblem {
  if (item instanceof WrittenText)
    return { ...UNREADABLE, message: 'a path with a secret in it would be shown' };
  if (typeof item !== 'string') return { ...UNREADABLE, message: 'this path is not known' };
  if (item === '' || item.includes('\0')) return { ...UNREADABLE, message: 'this is no path' };
  if (item === '-') return { ...UNREADABLE, message: 'standard input cannot be included' };
  return item;
}

const UNREADABLE = {
  code: 'unreadable-file',
  hint: 'write the path of a file or folder, relative to this file',
} as const;
