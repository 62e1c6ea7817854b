import type { DesiredState } from '../../model/desired.ts';
import { DiagnosticsError } from '../../model/errors.ts';
import { type LoadedConfig, loadConfig } from '../../operations/load.ts';
import { renderDiagnosticsText } from '../../render/text/diagnostics.ts';
import { readStdin, type Terminal } from '../terminal/terminal.ts';

/** What sound files ask for, and their texts. */
export interface LoadedDesired extends Pick<LoadedConfig, 'texts'> {
  desired: DesiredState;
}

/**
 * The files that `--file` names as one desired state. Warnings go to stderr.
 * @param onRead is given the names of all files, sound or not.
 * @throws {DiagnosticsError} with every error in them.
 */
export async function loadDesired(
  paths: readonly string[],
  terminal: Terminal,
  onRead: (names: readonly string[]) => Promise<void> = async () => {},
  stop?: AbortSignal,
): Promise<LoadedDesired> {
  const io = { cwd: process.cwd(), readStdin: () => readStdin(stop) };
  const { desired, diagnostics, texts } = await loadConfig(paths, { ...io, env: process.env });
  await onRead(texts.map(({ name }) => name));
  if (desired === null) throw new DiagnosticsError(diagnostics);
  if (diagnostics.length > 0) {
    terminal.inform(renderDiagnosticsText(diagnostics, terminal.textOptions('stderr')));
  }
  return { desired, texts };
}
