import type { Evidence } from '../../model/evidence.ts';
import type { Plan } from '../../model/plan.ts';
import type { PlanComparison } from '../../model/plan-comparison.ts';
import type { ApplyReport } from '../../model/report.ts';
import type { ShiftsComparison, ShiftsDocument } from '../../model/rota/document.ts';
import type { Diagnostic } from '../../model/source.ts';
import { escapeInJson } from '../escape.ts';

function renderJson(document: unknown): string {
  return `${escapeInJson(JSON.stringify(document, null, 2))}\n`;
}

export function renderPlanJson(plan: Plan): string {
  return renderJson(plan);
}

export function renderReportJson(report: ApplyReport): string {
  return renderJson(report);
}

export function renderComparisonJson(comparison: PlanComparison): string {
  return renderJson(comparison);
}

export function renderEvidenceJson(evidence: Evidence): string {
  return renderJson(evidence);
}

export function renderShiftsJson(document: ShiftsDocument | ShiftsComparison): string {
  return renderJson(document);
}

/** The public form of the complaints; the excerpt stays out, since the reader has the file. */
export function renderDiagnosticsJson(diagnostics: readonly Diagnostic[]): string {
  return renderJson({
    diagnostics: diagnostics.map(({ severity, code, message, hint, source, related, fix }) => ({
      severity,
      code,
      message,
      hint,
      source,
      related,
      fix,
    })),
  });
}
