import type { PlannedChange } from '../../model/plan.ts';
import type { PlanComparison } from '../../model/plan-comparison.ts';
import { comparisonSentence, differenceName, PLAN_NAMES, type PlanNames } from '../comparison.ts';
import { capitalised, count } from '../wording.ts';
import { code, prose } from './inline.ts';
import type { MarkdownOptions } from './plan.ts';
import { mostThatFits } from './size.ts';

/** What differs between two plans, for the summary of a pipeline step; what has no room is counted. */
export function renderComparisonMarkdown(
  comparison: PlanComparison,
  { maxBytes, names = PLAN_NAMES }: MarkdownOptions & { names?: PlanNames },
): string {
  const rows = rowsOf(comparison, names);
  const sentence = `**${prose(comparisonSentence(comparison))}**\n`;
  if (rows.length === 0) return sentence;
  const render = (shown: number) => {
    const hidden = rows.length - shown;
    const table = ['| Change | What | Old | New |', '| --- | --- | --- | --- |', ...rows.slice(0, shown)];
    const more =
      hidden === 0 ? [] : ['', `${count(hidden, { one: 'more row', many: 'more rows' })} not shown here.`];
    return [sentence, ...table, ...more, ''].join('\n');
  };
  return mostThatFits(rows.length, maxBytes, render) ?? sentence;
}

function rowsOf({ setting, onlyOld, onlyNew, differing }: PlanComparison, names: PlanNames): string[] {
  const row = (...cells: string[]) => `| ${cells.join(' | ')} |`;
  const only = (change: PlannedChange, name: string) =>
    row(nameOf(change), capitalised(prose(`only in ${name}`)), '', '');
  return [
    ...setting.map(({ path, old, new: next }) => row('', code(path), cell(old), cell(next))),
    ...onlyNew.map((change) => only(change, names.new)),
    ...onlyOld.map((change) => only(change, names.old)),
    ...differing.flatMap(({ change, fields }) =>
      fields.map((field, index) =>
        row(
          index === 0 ? nameOf(change) : '',
          differenceName({ ...field, path: code(field.path) }),
          cell(field.old),
          cell(field.new),
        ),
      ),
    ),
  ];
}

function nameOf({ action, kind, key }: PlannedChange): string {
  return `${action} ${kind} ${code(key)}`;
}

function cell(value: unknown): string {
  return code(value === null ? '' : String(value));
}
