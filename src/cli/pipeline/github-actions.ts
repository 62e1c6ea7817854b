import { appendFile } from 'node:fs/promises';
import { type RefusedError, UserError } from '../../model/errors.ts';
import type { Plan } from '../../model/plan.ts';
import type { PlanComparison } from '../../model/plan-comparison.ts';
import type { ApplyReport } from '../../model/report.ts';
import { REVIEWED_NAMES } from '../../render/comparison.ts';
import type { GoOn } from '../../render/go-on.ts';

/** GitHub takes a summary of 1 MiB a step; this leaves room for other parts of the step. */
const SUMMARY_BYTES = 500_000;

/** Adds the plan to the job's summary, and its numbers to the step's outputs, where the environment asks for that. */
export async function givePlanToPipeline(plan: Plan): Promise<void> {
  await addToSummary(() => planInMarkdown(plan));
  await setPipelineOutputs(plan);
}

/** A plan that apply refuses, for whatever reason: that comes first, and whoever reads on can review it there. */
export async function giveRefusalToPipeline(
  plan: Plan,
  error: RefusedError,
  comparison: PlanComparison | null,
): Promise<void> {
  await giveErrorToPipeline(error);
  if (comparison) await addComparisonToSummary(comparison);
  await addToSummary(() => planInMarkdown(plan));
  await append('GITHUB_OUTPUT', 'refused=true\n');
}

const told = new WeakSet<UserError>();

/** Adds why the run ended with nothing changed, once. What cannot be written must not hide the error itself. */
export async function giveErrorToPipeline(error: UserError): Promise<void> {
  if (told.has(error)) return;
  told.add(error);
  await addToSummary(async () => {
    const { renderErrorMarkdown } = await import('../../render/markdown/error.ts');
    return renderErrorMarkdown(error);
  }).catch(() => {});
}

/** What differs from the plan that was reviewed. */
function addComparisonToSummary(comparison: PlanComparison): Promise<void> {
  return addToSummary(async () => {
    const { renderComparisonMarkdown } = await import('../../render/markdown/comparison.ts');
    return renderComparisonMarkdown(comparison, { maxBytes: SUMMARY_BYTES, names: REVIEWED_NAMES });
  });
}

/** Adds what apply did to the job's summary, and to the step's outputs. */
export async function giveReportToPipeline(report: ApplyReport, goOn: GoOn): Promise<void> {
  await addToSummary(async () => {
    const { renderReportMarkdown } = await import('../../render/markdown/report.ts');
    return renderReportMarkdown(report, { maxBytes: SUMMARY_BYTES, goOn });
  });
  const { summary, converged, remainingDigest } = report;
  await appendOutputs({
    applied: summary.applied,
    failed: summary.failed,
    converged,
    'remaining-digest': remainingDigest ?? '',
  });
}

export async function setPipelineOutputs({ summary, changes, digest, refusals }: Plan): Promise<void> {
  await appendOutputs({
    'has-changes': changes.length > 0,
    creates: summary.create,
    updates: summary.update,
    deletes: summary.delete,
    digest,
    refused: refusals.length > 0,
  });
}

/** The outputs of a step: plain words and numbers, so nothing in them can start a line of its own. */
async function appendOutputs(outputs: Readonly<Record<string, string | number | boolean>>): Promise<void> {
  const lines = Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`);
  await append('GITHUB_OUTPUT', lines.join(''));
}

async function planInMarkdown(plan: Plan): Promise<string> {
  const { renderPlanMarkdown } = await import('../../render/markdown/plan.ts');
  return renderPlanMarkdown(plan, { maxBytes: SUMMARY_BYTES });
}

/** Nothing is rendered where nobody asks. An empty line ends each part, so that the next one does not continue its last table. */
async function addToSummary(render: () => Promise<string>): Promise<void> {
  if (process.env.GITHUB_STEP_SUMMARY) await append('GITHUB_STEP_SUMMARY', `${await render()}\n`);
}

async function append(variable: string, text: string): Promise<void> {
  const path = process.env[variable];
  if (path === undefined || path === '') return;
  try {
    await appendFile(path, text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError('cannot-write', `${variable}: ${path} cannot be written: ${reason}`, {
      cause: error,
    });
  }
}
