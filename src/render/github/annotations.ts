import type { Diagnostic } from '../../model/source.ts';
import { escapeForTerminal } from '../escape.ts';

/** Workflow commands that GitHub shows as annotations at the line. One line a complaint. */
export function renderDiagnosticsGithub(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((diagnostic) => `${annotation(diagnostic)}\n`).join('');
}

function annotation({ severity, code, message, hint, source, related }: Diagnostic): string {
  const properties = source
    ? { ...(source.file === '-' ? {} : { file: source.file }), line: source.line, col: source.column }
    : {};
  const shownProperties = Object.entries({ ...properties, title: code })
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
    .join(',');
  const lines = [
    message,
    ...(hint === undefined ? [] : [hint]),
    ...(related ? [`${related.source.file}:${related.source.line}: ${related.message}`] : []),
  ];
  return `::${severity} ${shownProperties}::${lines.map(escapeData).join('%0A')}`;
}

/** GitHub's own rules; a line break in foreign text is already the two characters `\n` by then. */
function escapeData(text: string): string {
  return escapeForTerminal(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
