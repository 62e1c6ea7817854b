import type { DesiredState } from '../../../model/desired.ts';
import { DiagnosticsError, UserError } from '../../../model/errors.ts';
import type { ShiftsComparison } from '../../../model/rota/document.ts';
import { loadConfig } from '../../../operations/load.ts';
import {
  compareShifts,
  nextDays,
  type ShiftsOptions,
  type ShiftsOverview,
  showShifts,
} from '../../../operations/shifts.ts';
import { renderShiftsJson } from '../../../render/json/documents.ts';
import { renderComparisonText, renderGapsText, renderShiftsText } from '../../../render/shifts/text.ts';
import { renderDiagnosticsText } from '../../../render/text/diagnostics.ts';
import { EXIT, type ExitCode } from '../../exit-codes.ts';
import { readStdin, type Terminal } from '../../terminal/terminal.ts';
import type { FlagsOf } from '../definition.ts';
import type { SHIFTS_OPTIONS } from './definition.ts';
import { takeDays } from './take-days.ts';

type ShiftsFlags = FlagsOf<typeof SHIFTS_OPTIONS>;

/** What --check and --compare look over where no days are given. */
const FOUR_WEEKS = 28;

/** Shows the rota, checks its coverage, or compares it with another one. */
export async function runShifts(flags: ShiftsFlags, terminal: Terminal): Promise<ExitCode> {
  const days = takeDays(flags);
  const now = new Date();
  const desired = await loadQuietly(flags.file, terminal);
  const timeZone = flags.zone;
  if (flags.compare !== undefined) {
    const { format } = flags;
    if (format !== 'text' && format !== 'json') {
      throw new UserError('usage', `who gains and loses which shift cannot be shown as ${format}`, {
        hint: 'choose one of text, json',
      });
    }
    if (flags.check) {
      throw new UserError('usage', '--check and --compare are two questions: ask one at a time', {
        hint: 'chaportctl shifts --check, then chaportctl shifts --compare FILE',
      });
    }
    const other = await loadQuietly([flags.compare], terminal);
    const options = { days: days ?? undefined, timeZone, who: flags.who, now };
    const comparison = compareShifts(desired, other, options);
    const home = desired.shifts?.timeZone ?? other.shifts?.timeZone ?? 'UTC';
    return giveComparison(comparison, timeZone ?? home, flags, terminal);
  }
  const span = days ?? (flags.check ? nextDays(desired, FOUR_WEEKS, { timeZone, now }) : undefined);
  const options: ShiftsOptions = { days: span, timeZone, who: flags.who, now };
  const overview = showShifts(desired, options);
  if (overview.warnings.length > 0) {
    terminal.inform(renderDiagnosticsText(overview.warnings, terminal.textOptions('stderr')));
  }
  await giveOverview(overview, desired, { flags, terminal, now });
  return flags.check && overview.document.gaps.length > 0 ? EXIT.refused : EXIT.done;
}

/** Whoever looks at the rota needs no secrets. */
async function loadQuietly(paths: readonly string[], terminal: Terminal): Promise<DesiredState> {
  const io = { cwd: process.cwd(), readStdin };
  const { desired, diagnostics } = await loadConfig(paths, {
    ...io,
    env: process.env,
    missingSecrets: 'warning',
  });
  const told = diagnostics.filter(({ code, severity }) => severity === 'error' || code !== 'missing-secret');
  if (desired === null) throw new DiagnosticsError(told);
  if (told.length > 0) terminal.inform(renderDiagnosticsText(told, terminal.textOptions('stderr')));
  return desired;
}

function giveComparison(
  comparison: ShiftsComparison,
  timeZone: string,
  { format, who }: ShiftsFlags,
  terminal: Terminal,
): ExitCode {
  if (format === 'json') terminal.write(renderShiftsJson(comparison), 'json');
  else terminal.write(renderComparisonText(comparison, timeZone, { ...terminal.textOptions(), who }), 'text');
  return comparison.gains.length + comparison.loses.length > 0 ? EXIT.differences : EXIT.done;
}

interface Showing {
  flags: ShiftsFlags;
  terminal: Terminal;
  now: Date;
}

/** What the rarer formats need is loaded for them alone. */
async function giveOverview(
  { document, entries }: ShiftsOverview,
  desired: DesiredState,
  { flags, terminal, now }: Showing,
): Promise<void> {
  switch (flags.format) {
    case 'json':
      terminal.write(renderShiftsJson(document), 'json');
      return;
    case 'html': {
      const { renderShiftsHtml } = await import('../../../render/html/shifts.ts');
      terminal.write(renderShiftsHtml(document), 'html');
      return;
    }
    case 'svg': {
      const { renderShiftsSvg } = await import('../../../render/shifts/picture.ts');
      terminal.write(renderShiftsSvg(document), 'html');
      return;
    }
    case 'ics': {
      const { renderShiftsIcs } = await import('../../../render/shifts/ics.ts');
      terminal.write(renderShiftsIcs(entries, now), 'file');
      return;
    }
    default: {
      const rules = desired.policy.coverage?.length ?? 0;
      const text = flags.check ? renderGapsText(document, rules, terminal.textOptions()) : null;
      terminal.write(text ?? renderShiftsText(document, terminal.textOptions()), 'text');
    }
  }
}
