import { parseConfig, readConfigTexts } from '../config/index.ts';
import type { DesiredState } from '../model/desired.ts';
import { DiagnosticsError } from '../model/errors.ts';
import { renderDiagnosticsText } from '../render/text/diagnostics.ts';
import { readStdin, type Terminal } from './terminal.ts';

/**
 * The files that `--file` names as one desired state. Warnings go to stderr.
 * @throws {DiagnosticsError} with every error in them.
 */
export async function loadDesired(paths: readonly string[], terminal: Terminal): Promise<DesiredState> {
  const texts = await readConfigTexts(paths, { cwd: process.cwd(), readStdin });
  const { desired, diagnostics } = parseConfig(texts, { env: process.env });
  if (desired === null) throw new DiagnosticsError(diagnostics);
  if (diagnostics.length > 0) {
    terminal.inform(renderDiagnosticsText(diagnostics, terminal.textOptions('stderr')));
  }
  return desired;
}
