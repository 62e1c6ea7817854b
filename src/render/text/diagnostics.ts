import type { Diagnostic, Source } from '../../model/source.ts';
import { escapeForTerminal } from '../escape.ts';
import { cutMiddle, displayWidth } from '../width.ts';
import { count } from '../wording.ts';
import { joinBlocks, markedSentence } from './lines.ts';
import { type Layout, layoutFor, type TextOptions } from './style.ts';

/** Every complaint with its place, the line and a marker, and what would be right; the count last. */
export function renderDiagnosticsText(diagnostics: readonly Diagnostic[], options: TextOptions): string {
  const layout = layoutFor(options);
  if (diagnostics.length === 0) return '';
  return joinBlocks([
    ...diagnostics.map((diagnostic) => diagnosticLines(diagnostic, layout)),
    [layout.styles.heading(countLine(diagnostics))],
  ]);
}

function diagnosticLines(diagnostic: Diagnostic, layout: Layout): string[] {
  const { severity, code, message, hint, source, related } = diagnostic;
  const { styles } = layout;
  const paint = severity === 'error' ? styles.error : styles.warning;
  const place = source ? `${styles.heading(shownPlace(source))}: ` : '';
  return [
    `${place}${paint(severity)} ${styles.quiet(`[${escapeForTerminal(code)}]`)}`,
    ...markedSentence(' ', message, layout),
    ...frameLines(diagnostic, layout),
    ...(related ? markedSentence(`  ${shownPlace(related.source)}:`, related.message, layout) : []),
    ...(hint === undefined ? [] : markedSentence('  hint:', hint, layout)),
  ];
}

/** `file:line:column`, as editors and terminals link it. */
function shownPlace(source: Source): string {
  const file = source.file === '-' ? '<stdin>' : escapeForTerminal(source.file);
  return `${file}:${source.line}:${source.column}`;
}

/** The line complained of with a marker under the place; a long line shows the part around it. */
function frameLines({ source, excerpt, severity }: Diagnostic, layout: Layout): string[] {
  // A marker under nothing says nothing.
  if (!source || !excerpt || excerpt.text.trim() === '') return [];
  const { styles, width } = layout;
  const start = Math.min((excerpt.column ?? source.column) - 1, excerpt.text.length);
  const end = Math.max(start, Math.min(start + excerpt.length, excerpt.text.length));
  const number = String(source.line);
  const gutter = ' '.repeat(number.length + 3);
  const room = width - gutter.length - 2;
  const marked = cutMiddle(escapeForTerminal(excerpt.text.slice(start, end)), Math.floor(room / 2));
  const before = cutStart(escapeForTerminal(excerpt.text.slice(0, start)), Math.floor(room / 4));
  const after = escapeForTerminal(excerpt.text.slice(end));
  const left = before + marked;
  const line = left + cutEnd(after, room - displayWidth(left));
  const marker = '^'.repeat(Math.max(1, displayWidth(marked)));
  const paint = severity === 'error' ? styles.error : styles.warning;
  return [
    `${styles.quiet(`  ${number} |`)} ${line}`.trimEnd(),
    `${styles.quiet(`${gutter}|`)} ${' '.repeat(displayWidth(before))}${paint(marker)}`,
  ];
}

function cutStart(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  return `…${trimColumns([...text].reverse(), width - 1)
    .reverse()
    .join('')}`;
}

function cutEnd(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  return width < 1 ? '' : `${trimColumns([...text], width - 1).join('')}…`;
}

function trimColumns(characters: string[], width: number): string[] {
  let used = 0;
  const end = characters.findIndex((character) => {
    used += displayWidth(character);
    return used > width;
  });
  return end === -1 ? characters : characters.slice(0, end);
}

/** `2 errors, 1 warning in 1 file`. */
function countLine(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter((entry) => entry.severity === 'error').length;
  const warnings = diagnostics.length - errors;
  const files = new Set(diagnostics.flatMap((entry) => (entry.source ? [entry.source.file] : []))).size;
  const counts = [
    ...(errors > 0 ? [count(errors, { one: 'error', many: 'errors' })] : []),
    ...(warnings > 0 ? [count(warnings, { one: 'warning', many: 'warnings' })] : []),
  ].join(', ');
  return files === 0 ? counts : `${counts} in ${count(files, { one: 'file', many: 'files' })}`;
}
