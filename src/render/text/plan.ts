import type { SinceThen } from '../../model/drift.ts';
import type { Plan, PlanRefusal, PlanWarning, UnmanagedObject } from '../../model/plan.ts';
import { asOf, planSummarySentence } from '../closing.ts';
import { escapeForTerminal } from '../escape.ts';
import { cutMiddle, displayWidth, wrapWords } from '../width.ts';
import { placeOf, REFUSED, UNMANAGED } from '../wording.ts';
import { changeBlocks } from './changes.ts';
import { impactLines, verdictLines } from './impact.ts';
import { joinBlocks, markedSentence } from './lines.ts';
import { sinceBlocks } from './since.ts';
import { type Layout, layoutFor, type TextOptions } from './style.ts';
import { unmanagedLines } from './unmanaged.ts';

/** Lines that the question or the shell's prompt takes, with the empty one above it. */
const ROOM_FOR_QUESTION = 2;
/** The impact never has less room than this. */
const LEAST_ROOM = 3;

/** The plan as a reader in a terminal takes it in: what changes, what to beware of, and last what counts. */
export function renderPlanText(plan: Plan, options: TextOptions, since: SinceThen | null = null): string {
  const layout = layoutFor(options);
  return joinBlocks([
    ...changeBlocks(plan.changes, layout),
    ...sinceBlocks(since, plan, layout),
    unmanagedBlock(plan.unmanaged, layout),
    warningLines(plan.warnings, layout),
    refusalLines(plan.refusals, layout),
    plan.changes.length > 0 ? [`Digest: ${escapeForTerminal(plan.digest)}`] : [],
    ...lastScreen(plan, layout),
  ]);
}

/** What a reader must have seen before saying yes, in as many lines as the terminal shows. */
function lastScreen(plan: Plan, layout: Layout): string[][] {
  const verdict = verdictLines(plan, layout);
  const time = asOf(plan);
  const end = [
    ...accountLines(plan.account, layout),
    ...(time === null ? [] : wrapWords(time, layout.width).map(layout.styles.warning)),
    summaryLine(plan, layout),
  ];
  const wrapped = Math.ceil(displayWidth(end.at(-1) ?? '') / layout.width) - 1;
  // With the empty line between the two blocks.
  const room = layout.rows - ROOM_FOR_QUESTION - verdict.length - end.length - wrapped - 1;
  return [[...verdict, ...impactLines(plan, Math.max(LEAST_ROOM, room), layout)], end];
}

/** Which account this is about: on one line where it fits. */
export function accountLines(account: Plan['account'], layout: Layout): string[] {
  const url = `Account ${escapeForTerminal(account.baseUrl)}`;
  if (account.owner === undefined) return [layout.styles.quiet(cutMiddle(url, layout.width))];
  const owner = `owner ${escapeForTerminal(account.owner)} (as the file says)`;
  const line = `${url}, ${owner}`;
  const lines = displayWidth(line) <= layout.width ? [line] : [url, `        ${owner}`];
  return lines.map((part) => layout.styles.quiet(cutMiddle(part, layout.width)));
}

function unmanagedBlock(unmanaged: readonly UnmanagedObject[], layout: Layout): string[] {
  if (unmanaged.length === 0) return [];
  return [layout.styles.heading(UNMANAGED), ...unmanagedLines(unmanaged, layout)];
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

/** It stays on one line, to be searched for. */
function summaryLine(plan: Plan, { styles }: Layout): string {
  const sentence = escapeForTerminal(planSummarySentence(plan));
  const isAllWell = plan.changes.length === 0 && plan.unmanaged.length === 0;
  return isAllWell ? styles.good(sentence) : styles.heading(sentence);
}
