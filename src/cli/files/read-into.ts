import { type ConfigText, readConfigTexts, readNamedTexts } from '../../config/index.ts';
import { UserError } from '../../model/errors.ts';
import { HAS_NAMED_FILES, isDefaultFile } from '../options/global.ts';
import { readStdin } from '../terminal/terminal.ts';

/** The files that are added to, by name, and the texts of the whole configuration. */
export async function readInto(
  named: readonly string[],
  file: readonly string[],
): Promise<{ into: string[]; texts: ConfigText[] }> {
  if (named.includes('-')) {
    throw new UserError('usage', '--into takes files, not standard input', { hint: 'name a file' });
  }
  const io = { cwd: process.cwd(), readStdin, env: process.env };
  const into = await readNamedTexts(named, io);
  const texts = await readConfigTexts([...named, ...otherFiles(file)], io);
  return { into: into.map(({ name }) => name), texts };
}

/** The rest of the configuration, where it is named: what merely lies beside the files is not read. */
function otherFiles(file: readonly string[]): readonly string[] {
  return isDefaultFile(file) && !HAS_NAMED_FILES ? [] : file;
}
