import { type Drift, findDrift } from '../../model/drift.ts';
import type { Plan } from '../../model/plan.ts';
import { renderPlanJson } from '../../render/json/documents.ts';
import { renderPlanMarkdown } from '../../render/markdown/plan.ts';
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
  const desired = await loadDesired(flags.file, terminal);
  const client = await openClient(flags, desired.secrets, terminal);
  try {
    const { plan } = await planAccount(desired, client.reader, options);
    const drift = lastReport && findDrift(plan, lastReport);
    terminal.write(renderPlan(plan, drift, flags, terminal));
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

function renderPlan(plan: Plan, drift: Drift | null, flags: PlanFlags, terminal: Terminal): string {
  switch (flags.format) {
    case 'json':
      return renderPlanJson(plan);
    case 'markdown':
      return renderPlanMarkdown(plan, { maxBytes: flags.maxBytes, drift });
    default:
      return renderPlanText(plan, terminal.textOptions(), drift);
  }
}
