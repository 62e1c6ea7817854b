import type { ProgressListener } from '../../../executor/progress.ts';
import { RefusedError, UserError } from '../../../model/errors.ts';
import type { Plan, PlannedChange } from '../../../model/plan.ts';
import { comparePlans } from '../../../model/plan-comparison.ts';
import type { ApplyReport } from '../../../model/report.ts';
import { ApplyRecord } from '../../../operations/apply-record.ts';
import type { ConnectionOptions } from '../../../operations/connect.ts';
import { parseExpectedPlan } from '../../../operations/saved-plan.ts';
import { REVIEWED_NAMES } from '../../../render/comparison.ts';
import { renderReportJson } from '../../../render/json/documents.ts';
import { peopleIn } from '../../../render/people.ts';
import { renderRefusalText } from '../../../render/refusal.ts';
import { renderErrorText } from '../../../render/text/error.ts';
import { renderPlanText } from '../../../render/text/plan.ts';
import {
  renderInterruption,
  renderProgressLine,
  renderReportText,
  renderStartedLine,
} from '../../../render/text/report.ts';
import { openAccount } from '../../account/open-account.ts';
import { EXIT, type ExitCode, exitCodeOfReport } from '../../exit-codes.ts';
import { fileError } from '../../files/file-error.ts';
import { checkOutputs, makeRoomFor } from '../../files/output-paths.ts';
import { readDocument } from '../../files/read-document.ts';
import { writeDocument, writeDocumentAtOnce } from '../../files/write-document.ts';
import { isDefaultFile } from '../../options/global.ts';
import {
  giveErrorToPipeline,
  giveRefusalToPipeline,
  giveReportToPipeline,
  setPipelineOutputs,
} from '../../pipeline/github-actions.ts';
import { askForYes } from '../../terminal/ask.ts';
import { describeFault } from '../../terminal/describe-fault.ts';
import { listenForStop, type StopSignals } from '../../terminal/stop-signals.ts';
import { isClosedPipe, isMissing, settleStream } from '../../terminal/streams.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import type { FlagsOf } from '../definition.ts';
import type { APPLY_OPTIONS } from './definition.ts';
import { goOnAfter } from './go-on.ts';
import { type PreparedApply, prepareFromFiles, prepareFromPlan } from './prepare.ts';

const QUESTION = "Apply these changes? Only 'yes' is accepted: ";

type ApplyFlags = FlagsOf<typeof APPLY_OPTIONS> & { planfile?: string };

/** Plans or takes a saved plan, asks, applies it, and says what became of it. */
export async function runApply(flags: ApplyFlags, terminal: Terminal): Promise<ExitCode> {
  const record = new ApplyRecord();
  const signals = listenForStop(terminal, (signal) => exitAtOnce(signal, record, flags, terminal));
  try {
    const expected = flags.expectPlan === undefined ? null : await readExpectedPlan(flags.expectPlan);
    const prepared = await prepare(flags, signals, terminal);
    record.plan = prepared.plan;
    try {
      const refusal = whyRefused(prepared.plan, { flags, terminal, expected });
      showPlan(prepared.plan, refusal, flags, terminal);
      await setPipelineOutputs(prepared.plan);
      await checkAndConfirm(prepared.plan, refusal, record, { flags, signals, terminal, expected });
      const report = await prepared.apply({
        signals,
        settleSeconds: flags.settle,
        progress: record.listeningTo(progressOn(terminal, prepared.plan.changes, flags)),
      });
      const isGiven = await giveReport(report, flags, terminal);
      return isGiven || !record.hasBegun ? exitCodeOfReport(report) : EXIT.incomplete;
    } finally {
      await prepared.account.close();
    }
  } catch (error) {
    if (error instanceof UserError && !record.hasBegun) await giveErrorToPipeline(error);
    if (error instanceof UserError || !record.hasBegun) throw error;
    await reportFault(error, record, flags, terminal);
    return EXIT.incomplete;
  } finally {
    signals.release();
  }
}

/** A fault of the program in the middle of the changes: what is known is told all the same. */
async function reportFault(
  error: unknown,
  record: ApplyRecord,
  flags: ApplyFlags,
  terminal: Terminal,
): Promise<void> {
  terminal.complain(describeFault(error, terminal));
  const known = record.reportNow('stopped by a fault of chaportctl');
  if (known) await giveReport(known, flags, terminal);
}

interface Run {
  flags: ApplyFlags;
  signals: StopSignals;
  terminal: Terminal;
  /** What `--expect-plan` names. */
  expected: Plan | null;
}

async function readExpectedPlan(path: string): Promise<Plan> {
  return parseExpectedPlan(await readDocument(path, 'plan'), path);
}

/** The second signal: what is known is written down, and that is all. */
function exitAtOnce(signal: string, record: ApplyRecord, flags: ApplyFlags, terminal: Terminal): never {
  const { report } = flags;
  const known = record.reportNow(`stopped at once by ${signal}`, signal);
  const underWay = known?.summary.unknown ?? 0;
  if (underWay > 0) {
    terminal.complain(
      `Stopped at once: ${underWay === 1 ? 'a call was' : `${underWay} calls were`} under way, and whether the account has them is not known.\n`,
    );
  }
  if (known && report !== undefined && !writeDocumentAtOnce(report, renderReportJson(known))) {
    terminal.complain('The report could not be written.\n');
  }
  if (known && record.hasBegun) tellInterruption(known, flags, terminal);
  process.exit(record.hasBegun ? EXIT.incomplete : EXIT.error);
}

/** A refused plan has a report as well: nothing in it was sent. */
async function checkAndConfirm(
  plan: Plan,
  refusal: RefusedError | null,
  record: ApplyRecord,
  run: Run,
): Promise<void> {
  try {
    if (refusal) {
      await tellDifferences(plan, run);
      throw refusal;
    }
    if (plan.changes.length > 0) await confirm(run.flags, run.signals, run.terminal);
  } catch (error) {
    if (error instanceof RefusedError) {
      const { expected } = run;
      const differs = expected !== null && expected.digest !== plan.digest;
      await giveRefusalToPipeline(plan, error, differs ? comparePlans(expected, plan) : null);
    }
    const report = error instanceof UserError ? record.reportNow(error.message) : null;
    if (report && run.flags.format === 'json') run.terminal.write(renderReportJson(report), 'json');
    if (report && run.flags.report !== undefined)
      await writeDocument(run.flags.report, renderReportJson(report));
    throw error;
  }
}

async function prepare(flags: ApplyFlags, signals: StopSignals, terminal: Terminal): Promise<PreparedApply> {
  const ways = {
    open: (masked: ConnectionOptions['desired']) => openAccount(flags, terminal, masked),
    checkOutputs: (inputs: readonly string[]) => makeRoomForReport(flags, inputs),
  };
  if (flags.planfile === undefined) return prepareFromFiles(flags, ways, signals, terminal);
  if (!isDefaultFile(flags.file)) {
    throw new UserError('usage', 'a saved plan is applied without the files', {
      hint: 'leave --file out, or leave the saved plan out to plan anew',
    });
  }
  if (flags.target !== undefined || flags.prune !== undefined) {
    throw new UserError('usage', 'a saved plan is applied as it is', {
      hint: 'give --target and --prune to `chaportctl plan --out FILE`',
    });
  }
  return prepareFromPlan(flags.planfile, flags.evidence, ways, signals);
}

/** An older report must not be taken for this run's. */
async function makeRoomForReport(
  { report, tokenFile, expectPlan, evidence }: ApplyFlags,
  inputs: readonly string[],
): Promise<void> {
  if (report === undefined) return;
  const others = [tokenFile, expectPlan, evidence].filter((path) => path !== undefined);
  await checkOutputs([{ flag: '--report', path: report }], [...inputs, ...others]);
  await makeRoomFor(report);
}

/** In JSON the report is the only result, so the plan goes beside it. That it is refused stands first. */
function showPlan(
  plan: Plan,
  refusal: RefusedError | null,
  { format }: ApplyFlags,
  terminal: Terminal,
): void {
  const isJson = format === 'json';
  const options = terminal.textOptions(isJson ? 'stderr' : 'stdout');
  const text = (refusal ? renderRefusalText(refusal, options) : '') + renderPlanText(plan, options);
  if (isJson) terminal.inform(text);
  else terminal.write(text, 'text');
}

/** Why this plan is not applied, as far as that is known before anybody is asked. */
function whyRefused(plan: Plan, { flags, terminal, expected }: Omit<Run, 'signals'>): RefusedError | null {
  const digests = [flags.expectDigest, expected?.digest].filter((digest) => digest !== undefined);
  const other = digests.find((digest) => digest !== plan.digest);
  if (other !== undefined) {
    return new RefusedError('other-plan', 'this is not the plan that was reviewed', {
      hint: `expected ${other}; ${whyOtherPlan(plan)}`,
    });
  }
  const [refusal] = plan.refusals;
  if (refusal)
    return new RefusedError(refusal.code, `a guard of the policy refuses this plan: ${refusal.message}`);
  if (plan.changes.length === 0 || flags.autoApprove || terminal.canAsk) return null;
  return new RefusedError('no-confirmation', 'there is no terminal to ask on', {
    hint: 'give --auto-approve (-y) to apply without being asked',
  });
}

async function tellDifferences(plan: Plan, { terminal, expected }: Run): Promise<void> {
  if (expected === null || expected.digest === plan.digest) return;
  const comparison = comparePlans(expected, plan);
  const { renderComparisonText } = await import('../../../render/text/comparison.ts');
  const options = { ...terminal.textOptions('stderr'), names: REVIEWED_NAMES };
  terminal.complain(`${renderComparisonText(comparison, options)}\n`);
}

function whyOtherPlan({ changes }: Plan): string {
  if (changes.length === 0) {
    return 'nothing is left to do: what was reviewed has been applied already, or is no longer asked for';
  }
  return 'the plan that is shown is what would happen now: review it, and expect its digest. Where it looks the same, the files or another field of an object that it touches have changed: `chaportctl plan --format json` shows both';
}

async function confirm(flags: ApplyFlags, signals: StopSignals, terminal: Terminal): Promise<void> {
  if (flags.autoApprove) return;
  let confirmed = false;
  try {
    terminal.complain('\n');
    confirmed = await askForYes(QUESTION, signals.stop);
  } catch (error) {
    if (signals.stop.aborted) throw new UserError('interrupted', 'interrupted, and nothing was changed');
    throw error;
  }
  if (!confirmed) throw new RefusedError('no-confirmation', 'not confirmed, so nothing was changed');
}

/** One plain line a finished change, and on a terminal a live line for the one that has just begun. */
function progressOn(
  terminal: Terminal,
  changes: readonly PlannedChange[],
  { format }: ApplyFlags,
): ProgressListener {
  let finished = 0;
  const total = changes.length;
  const people = peopleIn(changes);
  const isTold = format === 'text';
  return {
    started: (change) => {
      terminal.showLiveLine(`[${finished}/${total}] `, (options) =>
        renderStartedLine(change, { ...options, people }),
      );
    },
    finished: (_change, result) => {
      finished += 1;
      // The report names what was not begun, with the reason.
      if (isTold && result.attempts === 0 && result.outcome === 'skipped') return;
      const options = { ...terminal.textOptions('stderr'), people, isTold };
      terminal.inform(`${renderProgressLine(result, options)}\n`);
    },
  };
}

/**
 * Writes the report, then prints it. `false` where one of the documents that were asked for is not whole: the
 * changes are made, so the caller must not say otherwise.
 */
async function giveReport(report: ApplyReport, flags: ApplyFlags, terminal: Terminal): Promise<boolean> {
  const isWritten = await succeeds(terminal, async () => {
    if (flags.report !== undefined) await writeDocument(flags.report, renderReportJson(report));
  });
  const isInPipeline = await succeeds(terminal, () => giveReportToPipeline(report, goOnAfter(report, flags)));
  showReport(report, flags, terminal);
  const isLost = flags.format === 'json' && isMissing('stdout');
  const fault = isLost ? Object.assign(new Error(), { code: 'EBADF' }) : await settleStream('stdout');
  const isShown = fault === null || (flags.format === 'text' && isClosedPipe(fault));
  if (!isShown) complainOf(fileError('cannot-write', 'standard output', fault), terminal);
  return isWritten && isInPipeline && isShown;
}

function showReport(report: ApplyReport, flags: ApplyFlags, terminal: Terminal): void {
  const { format } = flags;
  if (format === 'json') {
    terminal.write(renderReportJson(report), 'json');
    tellInterruption(report, flags, terminal);
  } else if (report.changes.length > 0) {
    const goOn = goOnAfter(report, flags);
    const text = renderReportText(report, { ...terminal.textOptions(), afterPlan: true, goOn });
    terminal.write(`\n${text}`, 'text');
  }
}

/** For whoever does not see the report itself. */
function tellInterruption(report: ApplyReport, flags: ApplyFlags, terminal: Terminal): void {
  const goOn = goOnAfter(report, flags);
  const text = renderInterruption(report, { ...terminal.textOptions('stderr'), goOn });
  if (text !== '') terminal.complain(text);
}

async function succeeds(terminal: Terminal, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    complainOf(error, terminal);
    return false;
  }
}

function complainOf(error: UserError, terminal: Terminal): void {
  terminal.complain(renderErrorText(error, terminal.textOptions('stderr')));
}
