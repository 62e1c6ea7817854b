import type { ConfigText } from './config-text.ts';
import { type LoadedConfig, type LoadOptions, parseConfig } from './parse-config.ts';
import { type ReadIo, readWhatCanBeRead } from './read-config-texts.ts';

/** A configuration with the texts it was read from, in which `withExcerpts` finds the lines. */
export interface LoadedFiles extends LoadedConfig {
  texts: ConfigText[];
}

/**
 * Reads and parses what `--file` names. Never throws for what the user can mend: files that cannot be
 * read are complained of first, then what is wrong in the others.
 */
export async function loadConfigFiles(
  paths: readonly string[],
  io: ReadIo,
  options: Omit<LoadOptions, 'isIncomplete'>,
): Promise<LoadedFiles> {
  const { texts, problems } = await readWhatCanBeRead(paths, io);
  const isIncomplete = problems.length > 0;
  const { desired, diagnostics } = parseConfig(texts, { ...options, isIncomplete });
  return { desired: isIncomplete ? null : desired, diagnostics: [...problems, ...diagnostics], texts };
}
