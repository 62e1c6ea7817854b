import { loadConfigFiles } from '../config/index.ts';
import type { ConfigText } from '../config/source/config-text.ts';
import type { DesiredState } from '../model/desired.ts';
import type { Diagnostic } from '../model/source.ts';
import type { Environment } from './defaults.ts';
import { prepareShifts } from './timetables.ts';

export interface LoadConfigOptions {
  /** Where `${env:NAME}` and `${secret:NAME}` take their values from. Default: none is set. */
  env?: Environment | undefined;
  /** What relative paths are relative to, and file names are shown relative to. Default: the working directory. */
  cwd?: string | undefined;
  /** Asked for what `-` stands for. Default: nothing. */
  readStdin?: (() => Promise<Uint8Array>) | undefined;
  /**
   * `warning`: a harmless stand-in takes the place of a secret that is not set, and a text with another variable
   * that is not set is passed by: for checking, not for planning. Default `error`.
   */
  missingSecrets?: 'error' | 'warning' | undefined;
}

export interface LoadedConfig {
  /** What the files ask for; `null` when any diagnostic is an error. */
  desired: DesiredState | null;
  /** Every error and warning, files that cannot be read included; `render` shows them. */
  diagnostics: readonly Diagnostic[];
  /** The files as they were read: given to `plan`, its complaints show their lines. */
  texts: readonly ConfigText[];
}

/**
 * Reads files, folders of `*.yaml` and `*.yml`, and `-`, with what they include, as one configuration. What is
 * wrong with them is not thrown.
 */
export async function loadConfig(
  paths: string | readonly string[],
  {
    env = {},
    cwd = '.',
    readStdin = async () => new Uint8Array(),
    missingSecrets = 'error',
  }: LoadConfigOptions = {},
): Promise<LoadedConfig> {
  const named = typeof paths === 'string' ? [paths] : paths;
  const loaded = await loadConfigFiles(named, { cwd, readStdin }, { env, missingSecrets });
  if (loaded.desired) await prepareShifts(loaded.desired);
  return loaded;
}
