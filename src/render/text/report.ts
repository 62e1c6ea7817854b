import { kindNamed } from '../../model/kinds/index.ts';
import type { ApplyReport, ChangeResult, Outcome } from '../../model/report.ts';
import { escapeForTerminal } from '../escape.ts';
import { adviceFor, type GoOn, interruptionIn } from '../go-on.ts';
import { wrapWords } from '../width.ts';
import {
  ACTION_WORDS,
  CONVERGED,
  capitalised,
  effortOf,
  isNothingLeft,
  NO_CHANGES,
  NOTHING_LEFT,
  OUTCOME_ORDER,
  OUTCOME_WORDS,
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
    goOn?: GoOn | null;
  },
): string {
  const layout = layoutFor(options);
  const isStopped = report.interrupted !== undefined;
  const isToBeTold = ({ outcome, note }: ChangeResult) =>
    outcome !== 'applied' || note !== undefined || !options.afterProgress;
  const told = report.changes.filter(isToBeTold);
  return joinBlocks([
    options.afterProgress ? [] : accountLines(report.account, layout),
    ...OUTCOME_ORDER.map((outcome) => outcomeLines(outcome, told, layout)),
    problemLines(report, layout),
    leftLines(report, layout),
    isStopped ? [] : adviceLines(report, layout, options.goOn),
    [summaryLine(report, layout)],
    isStopped ? interruptedLines(report, layout, options.goOn) : [],
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

function problemLines({ verificationError }: ApplyReport, layout: Layout): string[] {
  if (verificationError === undefined) return [];
  return markedSentence(layout.styles.error('✗'), capitalised(verificationError), layout);
}

function leftLines(report: ApplyReport, layout: Layout): string[] {
  const { remaining, converged, changes } = report;
  const { styles } = layout;
  if (remaining.length > 0) {
    return [
      styles.heading('Still to do, as the account stands now'),
      ...remaining.flatMap((change) => changeHeadline(change, layout)),
    ];
  }
  if (converged) return changes.length > 0 ? [styles.good(CONVERGED)] : [];
  return isNothingLeft(report) ? wrapWords(`${NOTHING_LEFT}.`, layout.width).map(styles.warning) : [];
}

/** How far it came and how to go on stand last, where a person looks who has just pressed Ctrl-C. */
function interruptedLines(report: ApplyReport, layout: Layout, goOn: GoOn | null = null): string[] {
  const sentence = interruptionIn(report);
  if (sentence === null) return [];
  const lines = wrapWords(escapeForTerminal(sentence), layout.width).map(layout.styles.error);
  return [...lines, ...adviceLines(report, layout, goOn)];
}

/** A command stands alone and whole on its line, so that it can be copied. */
function adviceLines(report: ApplyReport, { width }: Layout, goOn: GoOn | null = null): string[] {
  return adviceFor(report, goOn).flatMap(({ text, command }) => [
    ...wrapWords(text, width),
    ...(command === undefined ? [] : [`  ${escapeForTerminal(command)}`]),
  ]);
}

/** The last lines of an interrupted apply, where the report itself is for programs. */
export function renderInterruption(
  report: ApplyReport,
  options: TextOptions & { goOn?: GoOn | null },
): string {
  const lines = interruptedLines(report, layoutFor(options), options.goOn);
  return lines.length === 0 ? '' : joinBlocks([lines]);
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
