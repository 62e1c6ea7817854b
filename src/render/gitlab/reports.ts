import type { Action } from '../../model/change.ts';
import { sha256 } from '../../model/digest.ts';
import type { Plan } from '../../model/plan.ts';
import type { ApplyReport } from '../../model/report.ts';
import type { Diagnostic } from '../../model/source.ts';
import { escapeForTerminal, escapeInJson } from '../escape.ts';
import { placeOf } from '../wording.ts';

/** The numbers of a plan. GitLab takes these three keys and no others. */
export function renderPlanGitlab({ changes }: Plan): string {
  return countsOf(changes);
}

/** The numbers of what an apply has done. */
export function renderReportGitlab({ changes }: ApplyReport): string {
  return countsOf(changes.filter(({ outcome }) => outcome === 'applied'));
}

function countsOf(changes: readonly { action: Action }[]): string {
  const number = (wanted: Action) => changes.filter(({ action }) => action === wanted).length;
  return reportText({ create: number('create'), update: number('update'), delete: number('delete') });
}

/** What GitLab's own widgets of a merge request read: `artifacts:reports:terraform` and `codequality`. */
function reportText(report: unknown): string {
  return `${escapeInJson(JSON.stringify(report))}\n`;
}

/** Complaints as findings at their lines. */
export function renderDiagnosticsGitlab(diagnostics: readonly Diagnostic[]): string {
  const seen = new Map<string, number>();
  return reportText(
    diagnostics.map((diagnostic) => {
      const { severity, code, message, hint, source, related } = diagnostic;
      // The line is no part of it: a finding that moved is the same one.
      const name = `${code}\0${source?.file ?? ''}\0${message}`;
      const number = seen.get(name) ?? 0;
      seen.set(name, number + 1);
      return {
        description: [
          message,
          ...(hint === undefined ? [] : [hint]),
          ...(related ? [`${placeOf(related.source)}: ${related.message}`] : []),
        ]
          .map(escapeForTerminal)
          .join('; '),
        check_name: code,
        fingerprint: sha256(`${name}\0${number}`),
        severity: severity === 'error' ? 'critical' : 'minor',
        location: { path: pathOf(source?.file), lines: { begin: source?.line ?? 1 } },
      };
    }),
  );
}

/** GitLab wants one, also where no file is at fault; `./` before it would hide the finding. */
function pathOf(file = '-'): string {
  return file === '-' ? 'chaport.yaml' : file.replace(/^(?:\.\/)+/, '');
}
