import { type Drift, findDrift, isOfTheSameFiles } from '../../model/drift.ts';
import { UserError } from '../../model/errors.ts';
import type { Plan } from '../../model/plan.ts';
import type { ApplyReport } from '../../model/report.ts';
import { escapeForTerminal } from '../../render/escape.ts';
import { renderPlanJson } from '../../render/json/documents.ts';
import { renderPlanText } from '../../render/text/plan.ts';
import type { FlagsOf } from '../command.ts';
import type { PLAN_OPTIONS } from '../commands/plan.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { givePlanToPipeline } from '../github-actions.ts';
import { loadDesired } from '../load-desired.ts';
import { planAccount, planningOptions } from '../make-plan.ts';
import { openClient } from '../open-client.ts';
import { readReportFile } from '../read-report-file.ts';
import type { Terminal } from '../terminal.ts';
import { writeDocument } from '../write-document.ts';

type PlanFlags = FlagsOf<typeof PLAN_OPTIONS>;

/** Shows what would change. */
export async function runPlan(flags: PlanFlags, terminal: Terminal): Promise<ExitCode> {
  const options = planningOptions(flags);
  const lastReport = flags.since === undefined ? null : await readReportFile(flags.since);
  const loaded = await loadDesired(flags.file, terminal);
  const client = await openClient(flags, loaded.desired.secrets, terminal);
  try {
    const { plan } = await planAccount(loaded, client.reader, options);
    const drift = lastReport && driftSince(lastReport, plan, terminal);
    terminal.write(await renderPlan(plan, drift, flags, terminal), flags.format);
    if (flags.out !== undefined) {
      await writeDocument(flags.out, renderPlanJson(plan));
      terminal.inform(`Saved the plan to ${flags.out}.\n`);
    }
    await givePlanToPipeline(plan);
    if (plan.refusals.length > 0) return EXIT.refused;
    return flags.detailedExitcode && plan.changes.length > 0 ? EXIT.differences : EXIT.done;
  } finally {
    await client.close();
  }
}

/** @throws {UserError} for the report of another account. */
function driftSince(last: ApplyReport, plan: Plan, terminal: Terminal): Drift | null {
  if (last.account.baseUrl !== plan.account.baseUrl) {
    throw new UserError(
      'other-account',
      `--since: the report is about ${last.account.baseUrl}, and this plan about ${plan.account.baseUrl}`,
      { hint: 'give the report of the last apply to this account, or leave --since out' },
    );
  }
  if (plan.changes.length > 0 && !isOfTheSameFiles(plan, last)) {
    terminal.inform(
      `The files have changed since the last apply (${escapeForTerminal(last.finishedAt)}), so drift cannot be told from what they now ask for.\n`,
    );
  }
  return findDrift(plan, last);
}

/** What the rarer formats need is loaded for them alone. */
async function renderPlan(
  plan: Plan,
  drift: Drift | null,
  flags: PlanFlags,
  terminal: Terminal,
): Promise<string> {
  switch (flags.format) {
    case 'json':
      return renderPlanJson(plan);
    case 'markdown': {
      const { renderPlanMarkdown } = await import('../../render/markdown/plan.ts');
      return renderPlanMarkdown(plan, { maxBytes: flags.maxBytes, drift });
    }
    case 'html': {
      const { renderPlanHtml } = await import('../../render/html/plan.ts');
      return renderPlanHtml(plan, { drift });
    }
    default:
      return renderPlanText(plan, terminal.textOptions(), drift);
  }
}
