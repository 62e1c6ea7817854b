import type { SinceThen } from '../../model/drift.ts';
import type { Plan } from '../../model/plan.ts';
import type { PlanComparison } from '../../model/plan-comparison.ts';
import type { ApplyReport } from '../../model/report.ts';
import type { PlanNames } from '../../render/comparison.ts';
import { renderComparisonJson, renderPlanJson, renderReportJson } from '../../render/json/documents.ts';
import { renderPlanText } from '../../render/text/plan.ts';
import type { FormatFlags } from '../options/format.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** What the rarer formats need is loaded for them alone. */
export async function planInFormat(
  plan: Plan,
  { format, maxBytes }: FormatFlags,
  terminal: Terminal,
  since: SinceThen | null = null,
): Promise<string> {
  switch (format) {
    case 'json':
      return renderPlanJson(plan);
    case 'markdown': {
      const { renderPlanMarkdown } = await import('../../render/markdown/plan.ts');
      return renderPlanMarkdown(plan, { maxBytes, since });
    }
    case 'html': {
      const { renderPlanHtml } = await import('../../render/html/plan.ts');
      return renderPlanHtml(plan, { since });
    }
    case 'gitlab': {
      const { renderPlanGitlab } = await import('../../render/gitlab/reports.ts');
      return renderPlanGitlab(plan);
    }
    default:
      return renderPlanText(plan, terminal.textOptions(), since);
  }
}

export async function reportInFormat(
  report: ApplyReport,
  { format, maxBytes }: FormatFlags,
  terminal: Terminal,
): Promise<string> {
  switch (format) {
    case 'json':
      return renderReportJson(report);
    case 'markdown': {
      const { renderReportMarkdown } = await import('../../render/markdown/report.ts');
      return renderReportMarkdown(report, { maxBytes });
    }
    case 'html': {
      const { renderReportHtml } = await import('../../render/html/report.ts');
      return renderReportHtml(report);
    }
    case 'gitlab': {
      const { renderReportGitlab } = await import('../../render/gitlab/reports.ts');
      return renderReportGitlab(report);
    }
    default: {
      const { renderReportText } = await import('../../render/text/report.ts');
      return renderReportText(report, terminal.textOptions());
    }
  }
}

export async function comparisonInFormat(
  comparison: PlanComparison,
  { format, maxBytes }: { format: 'text' | 'json' | 'markdown' | 'html'; maxBytes: number },
  terminal: Terminal,
  names: PlanNames,
): Promise<string> {
  if (format === 'json') return renderComparisonJson(comparison);
  if (format === 'markdown') {
    const { renderComparisonMarkdown } = await import('../../render/markdown/comparison.ts');
    return renderComparisonMarkdown(comparison, { maxBytes, names });
  }
  if (format === 'html') {
    const { renderComparisonHtml } = await import('../../render/html/comparison.ts');
    return renderComparisonHtml(comparison, { names });
  }
  const { renderComparisonText } = await import('../../render/text/comparison.ts');
  return renderComparisonText(comparison, { ...terminal.textOptions(), names });
}
