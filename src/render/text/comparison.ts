import type { PlannedChange } from '../../model/plan.ts';
import type { PlanComparison, ValueDifference } from '../../model/plan-comparison.ts';
import { comparisonSentence, differenceName, PLAN_NAMES, type PlanNames } from '../comparison.ts';
import { escapeForTerminal } from '../escape.ts';
import { peopleIn } from '../people.ts';
import { displayWidth, padTo, wrapWords } from '../width.ts';
import { changeHeadline } from './changes.ts';
import { joinBlocks, oldAndNew } from './lines.ts';
import { type Layout, layoutFor, type TextOptions } from './style.ts';
import { shownValue } from './values.ts';

/** What only one of two plans does, and what both do differently; the verdict last. */
export function renderComparisonText(
  comparison: PlanComparison,
  options: TextOptions & { names?: PlanNames },
): string {
  const { names = PLAN_NAMES } = options;
  const layout = layoutFor({ ...options, verbose: true });
  const { styles, width } = layout;
  const { setting, onlyNew, onlyOld, differing, isSame } = comparison;
  const paint = isSame ? styles.good : styles.heading;
  return joinBlocks([
    settingLines(setting, layout),
    changeList(`Only in ${names.new}`, onlyNew, layout),
    changeList(`Only in ${names.old}`, onlyOld, layout),
    differing.length === 0
      ? []
      : [
          ...heading(`In both, but not the same (${names.old} → ${names.new})`, layout),
          ...differing.flatMap(({ change, fields }) => [
            ...changeHeadline({ ...change, fields: [] }, peopleIn([change]), layout),
            ...differenceLines(fields, ' '.repeat(6), layout),
          ]),
        ],
    wrapWords(comparisonSentence(comparison), width).map(paint),
  ]);
}

function heading(text: string, { styles, width }: Layout): string[] {
  return wrapWords(escapeForTerminal(text), width).map(styles.heading);
}

function settingLines(setting: readonly ValueDifference[], layout: Layout): string[] {
  if (setting.length === 0) return [];
  return [...heading('Account and secrets', layout), ...differenceLines(setting, '  ', layout)];
}

function changeList(title: string, changes: readonly PlannedChange[], layout: Layout): string[] {
  if (changes.length === 0) return [];
  return [
    ...heading(title, layout),
    ...changes.flatMap((change) => changeHeadline(change, peopleIn(changes), layout)),
  ];
}

function differenceLines(rows: readonly ValueDifference[], indent: string, layout: Layout): string[] {
  const names = rows.map((row) => escapeForTerminal(differenceName(row)));
  const nameWidth = Math.max(...names.map(displayWidth));
  return rows.flatMap((row, index) =>
    oldAndNew(
      `${indent}${padTo(names[index] ?? '', nameWidth)}  `,
      shownValue(row.old),
      shownValue(row.new),
      layout,
    ),
  );
}
