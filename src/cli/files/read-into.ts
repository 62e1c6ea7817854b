import { existsSync } from 'node:fs';
import { type ConfigText, readConfigTexts } from '../../config/index.ts';
import { UserError } from '../../model/errors.ts';
import { isDefaultFile } from '../options/global.ts';
import { readStdin } from '../terminal/terminal.ts';

/** The files that are added to, by name, and the texts of the whole configuration. */
export async function readInto(
  named: readonly string[],
  file: readonly string[],
): Promise<{ into: string[]; texts: ConfigText[] }> {
  if (named.includes('-')) {
    throw new UserError('usage', '--into takes files, not standard input', { hint: 'name a file' });
  }
  const io = { cwd: process.cwd(), readStdin };
  const into = await readConfigTexts(named, io);
  const texts = await readConfigTexts([...named, ...otherFiles(file)], io);
  return { into: into.map(({ name }) => name), texts };
}

/** The rest of the configuration; the default file only where there is one. */
function otherFiles(file: readonly string[]): readonly string[] {
  return isDefaultFile(file) && !existsSync(file[0] ?? '') ? [] : file;
}
