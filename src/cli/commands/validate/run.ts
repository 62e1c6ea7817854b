import { isMendedByFormat } from '../../../config/format/index.ts';
import type { DesiredState } from '../../../model/desired.ts';
import { desiredObjects, KINDS } from '../../../model/kinds/index.ts';
import type { Diagnostic } from '../../../model/source.ts';
import { type LoadedConfig, loadConfig } from '../../../operations/load.ts';
import { escapeForTerminal } from '../../../render/escape.ts';
import { renderDiagnosticsGithub } from '../../../render/github/annotations.ts';
import { renderDiagnosticsGitlab } from '../../../render/gitlab/reports.ts';
import { renderDiagnosticsJson } from '../../../render/json/documents.ts';
import { renderDiagnosticsText } from '../../../render/text/diagnostics.ts';
import { EXIT, type ExitCode } from '../../exit-codes.ts';
import { readStdin, type Terminal } from '../../terminal/terminal.ts';
import type { FlagsOf } from '../definition.ts';
import type { VALIDATE_OPTIONS } from './definition.ts';

/** Checks the files. Complaints are the result, so they go to stdout. */
export async function runValidate(
  flags: FlagsOf<typeof VALIDATE_OPTIONS>,
  terminal: Terminal,
): Promise<ExitCode> {
  const {
    desired,
    diagnostics: found,
    texts,
  } = await loadConfig(flags.file, {
    cwd: process.cwd(),
    readStdin,
    env: process.env,
    missingSecrets: flags.allowMissingSecrets ? 'warning' : 'error',
  });
  const diagnostics = desired?.shifts ? [...found, ...(await warningsOfShifts(desired, texts))] : found;
  if (flags.format === 'json') terminal.write(renderDiagnosticsJson(diagnostics), 'json');
  else if (flags.format === 'github') terminal.write(renderDiagnosticsGithub(diagnostics), 'github');
  else if (flags.format === 'gitlab') terminal.write(renderDiagnosticsGitlab(diagnostics), 'gitlab');
  else if (diagnostics.length > 0)
    terminal.write(renderDiagnosticsText(diagnostics, terminal.textOptions()), 'text');
  const mendable = diagnostics.filter(isMendedByFormat).length;
  if (mendable > 0 && flags.format === 'text') {
    terminal.inform(`\`chaportctl fmt --fix\` mends ${mendable === 1 ? 'one' : mendable} of these.\n`);
  }
  if (desired === null) return EXIT.error;
  if (flags.format === 'text' && !terminal.quiet) terminal.write(`${describeValid(desired)}\n`, 'text');
  return EXIT.done;
}

/** Only files with shifts pay for it. */
async function warningsOfShifts(desired: DesiredState, texts: LoadedConfig['texts']): Promise<Diagnostic[]> {
  const { warnOfShifts } = await import('../../../operations/shifts.ts');
  return warnOfShifts(desired, { texts });
}

function describeValid(desired: DesiredState): string {
  const { files } = desired.config;
  const [only = ''] = files;
  const single = only === '-' ? 'standard input' : escapeForTerminal(only);
  const name = files.length === 1 ? single : `${files.length} files`;
  const counts = KINDS.flatMap((kind) => {
    const count = desiredObjects(kind, desired)?.length;
    if (count === undefined || (count === 0 && kind.partOf)) return [];
    return `${count} ${count === 1 ? kind.noun.one : kind.noun.many}`;
  });
  return `Valid: ${name}${counts.length === 0 ? '' : ` (${counts.join(', ')})`}`;
}
