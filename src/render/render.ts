import type { Drift, SinceThen } from '../model/drift.ts';
import { UserError } from '../model/errors.ts';
import type { Plan } from '../model/plan.ts';
import type { PlanComparison } from '../model/plan-comparison.ts';
import type { ApplyReport } from '../model/report.ts';
import type { ShiftsDocument } from '../model/rota/document.ts';
import type { Diagnostic } from '../model/source.ts';
import { renderDiagnosticsGithub } from './github/annotations.ts';
import { renderDiagnosticsGitlab, renderPlanGitlab, renderReportGitlab } from './gitlab/reports.ts';
import { renderComparisonHtml } from './html/comparison.ts';
import { renderPlanHtml } from './html/plan.ts';
import { renderReportHtml } from './html/report.ts';
import { renderShiftsHtml } from './html/shifts.ts';
import {
  renderComparisonJson,
  renderDiagnosticsJson,
  renderPlanJson,
  renderReportJson,
  renderShiftsJson,
} from './json/documents.ts';
import { renderComparisonMarkdown } from './markdown/comparison.ts';
import { renderPlanMarkdown } from './markdown/plan.ts';
import { renderReportMarkdown } from './markdown/report.ts';
import { holdBackCommands } from './runner-commands.ts';
import { renderShiftsSvg } from './shifts/picture.ts';
import { renderShiftsText } from './shifts/text.ts';
import { renderComparisonText } from './text/comparison.ts';
import { renderDiagnosticsText } from './text/diagnostics.ts';
import { renderPlanText } from './text/plan.ts';
import { renderReportText } from './text/report.ts';

export interface RenderOptions {
  /**
   * Plans and reports: all but `github`. Comparisons: `text`, `json`, `markdown`,
   * `html`. Diagnostics: `text`, `json`,
   * `github`, `gitlab`. Rotas: `text`, `json`, `html`, `svg`. Default `text`.
   */
  format?: 'text' | 'json' | 'markdown' | 'html' | 'github' | 'gitlab' | 'svg';
  /** For `text`: colour codes of a terminal. Default false. */
  color?: boolean;
  /** For `text`: columns. Default 80. */
  width?: number;
  /** For plans as `text`: lines of the terminal; what counts stands in the last ones. Default 24. */
  rows?: number;
  /** For `markdown`: UTF-8 bytes at most. Default 60,000. */
  maxBytes?: number;
  /** For plans but as JSON: what `tellSince` found. */
  since?: SinceThen | null;
  /** The same, of what `driftSince` found. */
  drift?: Drift | null;
  /** For the log of a runner (GitHub, GitLab, Azure): no text in it can give the runner a command. Default false. */
  onRunner?: boolean;
}

type Format = NonNullable<RenderOptions['format']>;
type Settings = Required<Omit<RenderOptions, 'format' | 'onRunner' | 'drift' | 'rows'>> & {
  rows: number | undefined;
};
type Renderers<Document> = Partial<Record<Format, (document: Document, settings: Settings) => string>>;

const PLAN_RENDERERS: Renderers<Plan> = {
  text: (plan, settings) => renderPlanText(plan, settings, settings.since),
  json: renderPlanJson,
  markdown: renderPlanMarkdown,
  html: renderPlanHtml,
  gitlab: renderPlanGitlab,
};

const REPORT_RENDERERS: Renderers<ApplyReport> = {
  text: renderReportText,
  json: renderReportJson,
  markdown: renderReportMarkdown,
  html: renderReportHtml,
  gitlab: renderReportGitlab,
};

const COMPARISON_RENDERERS: Renderers<PlanComparison> = {
  text: renderComparisonText,
  json: renderComparisonJson,
  markdown: renderComparisonMarkdown,
  html: (comparison) => renderComparisonHtml(comparison),
};

const DIAGNOSTICS_RENDERERS: Renderers<readonly Diagnostic[]> = {
  text: renderDiagnosticsText,
  json: renderDiagnosticsJson,
  github: renderDiagnosticsGithub,
  gitlab: renderDiagnosticsGitlab,
};

const SHIFTS_RENDERERS: Renderers<ShiftsDocument> = {
  text: renderShiftsText,
  json: renderShiftsJson,
  html: renderShiftsHtml,
  svg: renderShiftsSvg,
};

type Shown = ShiftsDocument | Plan | ApplyReport | PlanComparison | readonly Diagnostic[];

/**
 * A plan, a report, how two plans differ, a rota, or the diagnostics of the files as they are shown to people or
 * programs. All foreign text in it is escaped as the format needs it.
 * @throws {UserError} `unsupported-format` for a format that this document does not have.
 */
export function render(
  document: Shown,
  {
    format = 'text',
    onRunner = false,
    color = false,
    width = 80,
    rows,
    maxBytes = 60_000,
    drift = null,
    since = drift && { since: drift.since, drift, leavers: [], newcomers: [] },
  }: RenderOptions = {},
): string {
  const shown = renderAs(format, document, { color, width, rows, maxBytes, since });
  return onRunner ? holdBackCommands(shown, format === 'svg' ? 'html' : format) : shown;
}

function renderAs(format: Format, document: Shown, settings: Settings): string {
  if (isDiagnostics(document)) {
    return rendererFor('diagnostics', DIAGNOSTICS_RENDERERS, format)(document, settings);
  }
  if ('digests' in document) {
    return rendererFor('a comparison', COMPARISON_RENDERERS, format)(document, settings);
  }
  if ('gaps' in document) {
    return rendererFor('a rota', SHIFTS_RENDERERS, format)(document, settings);
  }
  return 'planDigest' in document
    ? rendererFor('a report', REPORT_RENDERERS, format)(document, settings)
    : rendererFor('a plan', PLAN_RENDERERS, format)(document, settings);
}

/** `Array.isArray` does not tell a readonly array from the rest. */
function isDiagnostics(document: Shown): document is readonly Diagnostic[] {
  return Array.isArray(document);
}

function rendererFor<Document>(what: string, renderers: Renderers<Document>, format: Format) {
  const renderer = Object.hasOwn(renderers, format) ? renderers[format] : undefined;
  if (renderer) return renderer;
  throw new UserError('unsupported-format', `${what} cannot be shown as ${JSON.stringify(format)}`, {
    hint: `choose one of ${Object.keys(renderers).join(', ')}`,
  });
}
