import { kindNamed } from '../../model/kinds/index.ts';
import type { ApplyReport, ChangeResult, Outcome } from '../../model/report.ts';
import { escapeForTerminal } from '../escape.ts';
import {
  ACTION_WORDS,
  CONVERGED,
  effortOf,
  NO_CHANGES,
  OUTCOME_ORDER,
  OUTCOME_WORDS,
  RUN_AGAIN,
  reportSummarySentence,
} from '../wording.ts';
import { changeHeadline } from './changes.ts';
import { fitLines, joinBlocks, markedSentence, withRightEdge } from './lines.ts';
import { accountLines } from './plan.ts';
import { type Layout, layoutFor, type TextOptions } from './style.ts';

/** What apply did and did not do, whether the account ended as planned, and the summary last. */
export function renderReportText(
  report: ApplyReport,
  options: TextOptions & {
    /** The reader has just seen plan and progress: what was applied is only counted, unless there is more to say of it. */
    afterProgress?: boolean;
  },
): string {
  const layout = layoutFor(options);
  const isToBeTold = ({ outcome, note }: ChangeResult) =>
    outcome !== 'applied' || note !== undefined || !options.afterProgress;
  const told = report.changes.filter(isToBeTold);
  return joinBlocks([
    options.afterProgress ? [] : accountLines(report.account, layout),
    ...OUTCOME_ORDER.map((outcome) => outcomeLines(outcome, told, layout)),
    interruptedLines(report, layout),
    endLines(report, layout),
    [summaryLine(report, layout)],
  ]);
}

function outcomeLines(outcome: Outcome, changes: readonly ChangeResult[], layout: Layout): string[] {
  const results = changes.filter((change) => change.outcome === outcome);
  if (results.length === 0) return [];
  const paint = outcome === 'applied' ? layout.styles.heading : paintFor(outcome, layout);
  return [paint(OUTCOME_WORDS[outcome].heading), ...results.flatMap((result) => resultLines(result, layout))];
}

function resultLines(result: ChangeResult, layout: Layout): string[] {
  const { styles, width, verbose } = layout;
  const symbol = styles.action[result.action](ACTION_WORDS[result.action].symbol);
  const effort = result.attempts > 0 ? effortOf(result) : '';
  const text = `${kindNamed(result.kind).noun.one} ${escapeForTerminal(result.key)}`;
  const keepWhole = verbose || result.action === 'delete';
  const [first = '', ...more] = fitLines(
    text,
    width - 4 - (keepWhole || effort === '' ? 0 : effort.length + 2),
    keepWhole,
  );
  const line = `  ${symbol} ${first}`;
  return [
    withRightEdge(line, styles.quiet(effort), width)?.trimEnd() ?? line,
    ...more.map((part) => `    ${part}`),
    ...[result.error, result.note].flatMap((why = '') =>
      why === '' ? [] : markedSentence('     ', why, layout),
    ),
  ];
}

function interruptedLines(report: ApplyReport, { styles }: Layout): string[] {
  if (report.interrupted === undefined) return [];
  const signal = escapeForTerminal(report.interrupted);
  return [styles.error(`Interrupted by ${signal}: no new call was started after it.`)];
}

function endLines(report: ApplyReport, layout: Layout): string[] {
  const { styles } = layout;
  if (report.verificationError !== undefined) {
    const text = `The account could not be read back: ${report.verificationError}`;
    return markedSentence(styles.error('✗'), text, layout);
  }
  if (report.remaining.length > 0) {
    return [
      styles.heading('Still to do, as the account stands now'),
      ...report.remaining.flatMap((change) => changeHeadline(change, layout)),
      RUN_AGAIN,
    ];
  }
  return report.converged && report.changes.length > 0 ? [styles.good(CONVERGED)] : [];
}

function summaryLine(report: ApplyReport, { styles }: Layout): string {
  if (report.changes.length === 0 && report.converged) return styles.good(NO_CHANGES);
  const sentence = reportSummarySentence(report.summary);
  return report.converged && report.summary.failed === 0 ? styles.good(sentence) : styles.error(sentence);
}

function paintFor(outcome: Outcome, { styles }: Layout): (text: string) => string {
  if (outcome === 'applied') return styles.good;
  return outcome === 'skipped' ? styles.warning : styles.error;
}

/** One plain line for a change that is done with: `✓ created operator jon@acme.example (120 ms)`. */
export function renderProgressLine(result: ChangeResult, options: TextOptions): string {
  const layout = layoutFor(options);
  const words = ACTION_WORDS[result.action];
  const object = `${kindNamed(result.kind).noun.one} ${escapeForTerminal(result.key)}`;
  const reason = result.error === undefined ? '' : `: ${escapeForTerminal(result.error)}`;
  const symbol = paintFor(result.outcome, layout)(OUTCOME_WORDS[result.outcome].symbol);
  const effort = layout.styles.quiet(`(${effortOf(result)})`);
  switch (result.outcome) {
    case 'applied':
      return `${symbol} ${words.done} ${object} ${effort}`;
    case 'failed':
      return `${symbol} ${words.failed} ${object}${reason} ${effort}`;
    case 'skipped':
      return `${symbol} skipped ${words.doing} ${object}${reason}`;
    case 'unknown':
      return `${symbol} could not tell whether ${object} was ${words.done}${reason} ${effort}`;
  }
}

/** The line while the call is under way: `… creating operator jon@acme.example`, never wider than the terminal. */
export function renderStartedLine(
  change: Pick<ChangeResult, 'action' | 'kind' | 'key'>,
  options: TextOptions,
): string {
  const { width, styles } = layoutFor(options);
  const words = `${ACTION_WORDS[change.action].doing} ${kindNamed(change.kind).noun.one}`;
  const [text = ''] = fitLines(`${words} ${escapeForTerminal(change.key)}`, width - 2, false);
  return `${styles.quiet('…')} ${text}`;
}
