import { apply } from '../../executor/apply.ts';
import type { ProgressListener } from '../../executor/progress.ts';
import { RefusedError, UserError } from '../../model/errors.ts';
import type { Plan } from '../../model/plan.ts';
import type { ApplyReport } from '../../model/report.ts';
import { renderReportJson } from '../../render/json/documents.ts';
import { renderErrorText } from '../../render/text/error.ts';
import { renderPlanText } from '../../render/text/plan.ts';
import { renderProgressLine, renderReportText, renderStartedLine } from '../../render/text/report.ts';
import { askToApply } from '../ask.ts';
import type { FlagsOf } from '../command.ts';
import type { APPLY_OPTIONS } from '../commands/apply.ts';
import { EXIT, type ExitCode, exitCodeOfReport } from '../exit-codes.ts';
import { GLOBAL_OPTIONS } from '../flags.ts';
import { giveRefusalToPipeline, giveReportToPipeline, setPipelineOutputs } from '../github-actions.ts';
import { openClient } from '../open-client.ts';
import { type PreparedApply, prepareFromFiles, prepareFromPlan } from '../prepare-apply.ts';
import { listenForStop, type StopSignals } from '../stop-signals.ts';
import type { Terminal } from '../terminal.ts';
import { checkWritable, writeDocument } from '../write-document.ts';

type ApplyFlags = FlagsOf<typeof APPLY_OPTIONS> & { planfile?: string };

/** Plans or takes a saved plan, asks, applies it, and says what became of it. */
export async function runApply(flags: ApplyFlags, terminal: Terminal): Promise<ExitCode> {
  let changesStarted = false;
  const signals = listenForStop(terminal, () => process.exit(changesStarted ? EXIT.incomplete : EXIT.error));
  try {
    const prepared = await prepare(flags, signals, terminal);
    try {
      showPlan(prepared.plan, flags, terminal);
      await setPipelineOutputs(prepared.plan);
      try {
        checkMayApply(prepared.plan, flags);
      } catch (error) {
        await giveRefusalToPipeline(prepared.plan);
        throw error;
      }
      if (flags.report !== undefined) await checkWritable(flags.report);
      if (prepared.plan.changes.length > 0) await confirm(flags, signals, terminal);
      changesStarted = prepared.plan.changes.length > 0;
      const report = await applyPlan(prepared, flags, signals, terminal);
      const isWritten = await giveReport(report, flags, terminal);
      return isWritten ? exitCodeOfReport(report) : EXIT.incomplete;
    } finally {
      await prepared.client.close();
    }
  } finally {
    signals.release();
  }
}

async function prepare(flags: ApplyFlags, signals: StopSignals, terminal: Terminal): Promise<PreparedApply> {
  const open = (secrets: PreparedApply['secrets']) => openClient(flags, secrets, terminal);
  if (flags.planfile === undefined) return prepareFromFiles(flags, open, signals, terminal);
  const [file, ...more] = flags.file;
  if (more.length > 0 || file !== GLOBAL_OPTIONS.file.default[0]) {
    throw new UserError('usage', 'a saved plan is applied without the files', {
      hint: 'leave --file out, or leave the saved plan out to plan anew',
    });
  }
  if (flags.target !== undefined || flags.prune !== undefined) {
    throw new UserError('usage', 'a saved plan is applied as it is', {
      hint: 'give --target and --prune to `chaportctl plan --out FILE`',
    });
  }
  return prepareFromPlan(flags.planfile, open, signals);
}

/** In JSON the report is the only result, so the plan goes beside it. */
function showPlan(plan: Plan, { format }: ApplyFlags, terminal: Terminal): void {
  if (format === 'json') terminal.inform(renderPlanText(plan, terminal.textOptions('stderr')));
  else terminal.write(renderPlanText(plan, terminal.textOptions()));
}

function checkMayApply(plan: Plan, { expectDigest }: ApplyFlags): void {
  if (expectDigest !== undefined && expectDigest !== plan.digest) {
    throw new RefusedError('other-plan', 'this is not the plan that was reviewed', {
      hint: `expected ${expectDigest}; the plan above is what would happen now: review it, and expect its digest`,
    });
  }
  const [refusal] = plan.refusals;
  if (refusal) throw new RefusedError(refusal.code, 'a guard of the policy refuses this plan: see above');
}

async function confirm(flags: ApplyFlags, signals: StopSignals, terminal: Terminal): Promise<void> {
  if (flags.autoApprove) return;
  if (!terminal.canAsk) {
    throw new RefusedError('no-confirmation', 'there is no terminal to ask on, so nothing was changed', {
      hint: 'give --auto-approve (-y) to apply without being asked',
    });
  }
  let confirmed = false;
  try {
    terminal.complain('\n');
    confirmed = await askToApply(signals.stop);
  } catch (error) {
    if (signals.stop.aborted) throw new UserError('interrupted', 'interrupted, and nothing was changed');
    throw error;
  }
  if (!confirmed) throw new RefusedError('no-confirmation', 'not confirmed, so nothing was changed');
}

function applyPlan(
  { plan, client, secrets, verification }: PreparedApply,
  flags: ApplyFlags,
  signals: StopSignals,
  terminal: Terminal,
): Promise<ApplyReport> {
  return apply(plan, {
    reader: client.reader,
    writer: client.writer,
    secrets,
    concurrency: flags.concurrency,
    verification,
    signals,
    progress: progressOn(terminal, plan.changes.length),
    now: () => new Date(),
  });
}

/** One plain line a finished change, and on a terminal a live line for the one that has just begun. */
function progressOn(terminal: Terminal, total: number): ProgressListener {
  let finished = 0;
  return {
    started: (change) => {
      terminal.showLiveLine(`[${finished}/${total}] `, (options) => renderStartedLine(change, options));
    },
    finished: (_change, result) => {
      finished += 1;
      terminal.inform(`${renderProgressLine(result, terminal.textOptions('stderr'))}\n`);
    },
  };
}

/** `false` where a file could not be written: the changes are made, so the caller must not say otherwise. */
async function giveReport(report: ApplyReport, flags: ApplyFlags, terminal: Terminal): Promise<boolean> {
  const afterProgress = terminal.showsProgressBesideResults;
  if (flags.format === 'json') terminal.write(renderReportJson(report));
  else if (report.changes.length > 0) {
    if (afterProgress) terminal.inform('\n');
    terminal.write(renderReportText(report, { ...terminal.textOptions(), afterProgress }));
  }
  try {
    if (flags.report !== undefined) await writeDocument(flags.report, renderReportJson(report));
    await giveReportToPipeline(report);
    return true;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    terminal.complain(`${renderErrorText(error, terminal.textOptions('stderr'))}`);
    return false;
  }
}
