import type { Drift } from '../../model/drift.ts';
import type { Plan, PlanRefusal, PlanWarning, UnmanagedObject } from '../../model/plan.ts';
import { escapeForTerminal } from '../escape.ts';
import { cutMiddle, displayWidth, padTo, wrapWords } from '../width.ts';
import { driftSentence, groupByKind, placeOf, planSummarySentence, REFUSED, UNMANAGED } from '../wording.ts';
import { changeBlocks } from './changes.ts';
import { joinBlocks, markedSentence } from './lines.ts';
import { type Layout, layoutFor, type TextOptions } from './style.ts';

/** Objects of a kind that are named before "N more". */
const NAMES_SHOWN = 10;

/** The plan as a reader in a terminal takes it in: what changes, what to beware of, the summary last. */
export function renderPlanText(plan: Plan, options: TextOptions, drift: Drift | null = null): string {
  const layout = layoutFor(options);
  return joinBlocks([
    accountLines(plan.account, layout),
    driftLines(drift, layout),
    ...changeBlocks(plan.changes, layout),
    unmanagedLines(plan.unmanaged, layout),
    warningLines(plan.warnings, layout),
    refusalLines(plan.refusals, layout),
    [
      ...(plan.changes.length > 0 ? [`Digest: ${escapeForTerminal(plan.digest)}`] : []),
      summaryLine(plan, layout),
    ],
  ]);
}

/** Which account this is about: on one line where it fits. */
export function accountLines(account: Plan['account'], layout: Layout): string[] {
  const url = `Account ${escapeForTerminal(account.baseUrl)}`;
  if (account.owner === undefined) return [layout.styles.quiet(cutMiddle(url, layout.width))];
  const owner = `owner ${escapeForTerminal(account.owner)}`;
  const line = `${url}, ${owner}`;
  const lines = displayWidth(line) <= layout.width ? [line] : [url, `        ${owner}`];
  return lines.map((part) => layout.styles.quiet(cutMiddle(part, layout.width)));
}

function driftLines(drift: Drift | null, layout: Layout): string[] {
  if (drift === null) return [];
  const [first = '', ...rest] = wrapWords(escapeForTerminal(driftSentence(drift)), layout.width);
  return [layout.styles.warning(first), ...rest, ...namesByKind(drift.concerns, layout)];
}

function unmanagedLines(unmanaged: readonly UnmanagedObject[], layout: Layout): string[] {
  if (unmanaged.length === 0) return [];
  return [layout.styles.heading(UNMANAGED), ...namesByKind(unmanaged, layout)];
}

/** A line or a few a kind, names wrapped, with an honest count of those that had no room. */
function namesByKind(objects: readonly Pick<UnmanagedObject, 'kind' | 'key'>[], layout: Layout): string[] {
  const groups = groupByKind(objects);
  const nounWidth = Math.max(...groups.map(({ kind }) => displayWidth(kind.noun.many)));
  const indent = nounWidth + 4;
  return groups.flatMap(({ kind, items }) => {
    const shown = layout.verbose ? items : items.slice(0, NAMES_SHOWN);
    const names = shown.map(({ key }) => {
      const name = escapeForTerminal(key);
      return layout.verbose ? name : cutMiddle(name, layout.width - indent - 1);
    });
    const hidden = items.length - shown.length;
    return wrapNames(hidden > 0 ? [...names, `${hidden} more`] : names, layout.width - indent).map(
      (line, index) => `  ${padTo(index === 0 ? kind.noun.many : '', nounWidth)}  ${line}`,
    );
  });
}

/** A comma list that breaks only between names. */
function wrapNames(names: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let line = '';
  names.forEach((name, index) => {
    const item = index === names.length - 1 ? name : `${name},`;
    const joined = line === '' ? item : `${line} ${item}`;
    if (line !== '' && displayWidth(joined) > width) {
      lines.push(line);
      line = item;
    } else line = joined;
  });
  return [...lines, line];
}

function warningLines(warnings: readonly PlanWarning[], layout: Layout): string[] {
  if (warnings.length === 0) return [];
  const { styles } = layout;
  return [
    styles.heading('Warnings'),
    ...warnings.flatMap((warning) =>
      markedSentence(`  ${styles.warning('!')}`, sentenceWithPlace(warning), layout),
    ),
  ];
}

function refusalLines(refusals: readonly PlanRefusal[], layout: Layout): string[] {
  if (refusals.length === 0) return [];
  const { styles, width } = layout;
  return [
    styles.error(REFUSED),
    ...refusals.flatMap((refusal) => [
      ...markedSentence(`  ${styles.error('✗')}`, sentenceWithPlace(refusal), layout),
      ...(refusal.hint === undefined
        ? []
        : wrapWords(escapeForTerminal(refusal.hint), width - 4).map((line) => `    ${line}`)),
    ]),
  ];
}

function sentenceWithPlace({ message, source }: Pick<PlanWarning, 'message' | 'source'>): string {
  return source ? `${message} (${placeOf(source)})` : message;
}

function summaryLine(plan: Plan, { styles }: Layout): string {
  const sentence = planSummarySentence(plan.summary);
  return plan.changes.length === 0 ? styles.good(sentence) : styles.heading(sentence);
}
