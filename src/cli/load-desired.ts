import { type ConfigText, loadConfigFiles } from '../config/index.ts';
import type { DesiredState } from '../model/desired.ts';
import { DiagnosticsError } from '../model/errors.ts';
import { renderDiagnosticsText } from '../render/text/diagnostics.ts';
import { readStdin, type Terminal } from './terminal/terminal.ts';

/** What the files ask for, and their texts, from which later complaints show their lines. */
export interface LoadedDesired {
  desired: DesiredState;
  texts: readonly ConfigText[];
}

/**
 * The files that `--file` names as one desired state. Warnings go to stderr.
 * @throws {DiagnosticsError} with every error in them.
 */
export async function loadDesired(paths: readonly string[], terminal: Terminal): Promise<LoadedDesired> {
  const io = { cwd: process.cwd(), readStdin };
  const { desired, diagnostics, texts } = await loadConfigFiles(paths, io, { env: process.env });
  if (desired === null) throw new DiagnosticsError(diagnostics);
  if (diagnostics.length > 0) {
    terminal.inform(renderDiagnosticsText(diagnostics, terminal.textOptions('stderr')));
  }
  return { desired, texts };
}
