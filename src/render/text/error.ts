import { DiagnosticsError, type Difference, RefusedError, type UserError } from '../../model/errors.ts';
import { escapeForTerminal } from '../escape.ts';
import { displayWidth, padTo } from '../width.ts';
import { EMPTY } from '../wording.ts';
import { renderDiagnosticsText } from './diagnostics.ts';
import { fitLines, joinBlocks, markedSentence, oldAndNew } from './lines.ts';
import { type Layout, layoutFor, type TextOptions } from './style.ts';

/** An error the user can act on: one sentence, the hint under it, and what differs where that is the reason. */
export function renderErrorText(error: UserError, options: TextOptions): string {
  if (error instanceof DiagnosticsError) return renderDiagnosticsText(error.diagnostics, options);
  const layout = layoutFor(options);
  const { styles } = layout;
  const isRefused = error instanceof RefusedError;
  const differences = isRefused ? error.differences : [];
  const hint = error.hint === undefined ? [] : markedSentence('Hint:', error.hint, layout);
  return joinBlocks([
    [...markedSentence(styles.error(isRefused ? 'Refused:' : 'Error:'), error.message, layout), ...hint],
    differenceLines(differences, layout),
  ]);
}

function differenceLines(differences: readonly Difference[], layout: Layout): string[] {
  if (differences.length === 0) return [];
  const names = differences.map(({ kind, key }) => `${kind} ${key}`);
  const objects = [...new Set(names)];
  return [
    layout.styles.heading('What differs (the plan saw → the account has)'),
    ...objects.flatMap((object) => [
      ...fitLines(escapeForTerminal(object), layout.width - 2, true).map((part) => `  ${part}`),
      ...rowLines(
        differences.filter((_row, index) => names[index] === object),
        layout,
      ),
    ]),
  ];
}

function rowLines(rows: readonly Difference[], layout: Layout): string[] {
  const pathWidth = Math.max(...rows.map((row) => displayWidth(escapeForTerminal(row.path))));
  return rows.flatMap(({ path, planned, live }) => {
    const name = `      ${pathWidth === 0 ? '' : `${padTo(escapeForTerminal(path), pathWidth)}  `}`;
    return oldAndNew(name, shownText(planned), shownText(live), layout);
  });
}

/** The texts of a difference are ready sentences or values, so they take no quotes. */
function shownText(text: string): string {
  return text === '' ? EMPTY : escapeForTerminal(text);
}
