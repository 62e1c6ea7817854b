import { kindNamed } from '../../model/kinds/index.ts';
import type { ApplyReport, ChangeResult, Outcome } from '../../model/report.ts';
import { asTheFileSays, noChanges } from '../closing.ts';
import { escapeForTerminal } from '../escape.ts';
import { adviceFor, type GoOn, haltIn } from '../go-on.ts';
import { type People, peopleIn } from '../people.ts';
import { wrapWords } from '../width.ts';
import {
  ACTION_WORDS,
  CONVERGED,
  capitalised,
  effortOf,
  isNothingLeft,
  NOTHING_LEFT,
  OUTCOME_ORDER,
  OUTCOME_WORDS,
  reportSummarySentence,
} from '../wording.ts';
import { changeHeadline } from './changes.ts';
import { fitLines, joinBlocks, markedSentence, withRightEdge } from './lines.ts';
import { keyAndName } from './people.ts';
import { accountLines } from './plan.ts';
import { type Layout, layoutFor, type TextOptions } from './style.ts';

/** What apply did and did not do, whether the account ended as planned, and the summary last. */
export function renderReportText(
  report: ApplyReport,
  options: TextOptions & {
    /** The reader has just seen the plan: what was applied is only counted, unless there is more to say of it. */
    afterPlan?: boolean;
    goOn?: GoOn | null;
  },
): string {
  const layout = layoutFor(options);
  const people = peopleIn([...report.changes, ...report.remaining]);
  const isToBeTold = ({ outcome, note }: ChangeResult) =>
    outcome !== 'applied' || note !== undefined || !options.afterPlan;
  const told = report.changes.filter(isToBeTold);
  return joinBlocks([
    options.afterPlan ? [] : accountLines(report.account, layout),
    ...OUTCOME_ORDER.map((outcome) => outcomeLines(outcome, told, people, layout)),
    problemLines(report, layout),
    leftLines(report, people, layout),
    [summaryLine(report, layout)],
    haltLines(report, layout, options.goOn),
  ]);
}

function outcomeLines(
  outcome: Outcome,
  changes: readonly ChangeResult[],
  people: People,
  layout: Layout,
): string[] {
  const results = changes.filter((change) => change.outcome === outcome);
  if (results.length === 0) return [];
  const paint = outcome === 'applied' ? layout.styles.heading : paintFor(outcome, layout);
  const reasons = [...new Set(results.map(reasonOf))];
  return [
    paint(OUTCOME_WORDS[outcome].heading),
    ...reasons.flatMap((reason) => [
      ...results
        .filter((result) => reasonOf(result) === reason)
        .flatMap((result) => resultLines(result, people, layout)),
      ...(reason === '' ? [] : markedSentence('     ', reason, layout)),
    ]),
  ];
}

function reasonOf({ error, note }: ChangeResult): string {
  return [error ?? [], note ?? []].flat().join('; ');
}

function resultLines(result: ChangeResult, people: People, layout: Layout): string[] {
  const { styles, width, verbose } = layout;
  const { symbol } = ACTION_WORDS[result.action];
  const effort = result.attempts > 0 ? effortOf(result) : '';
  const text = `${kindNamed(result.kind).noun.one} ${keyAndName(result.key, people)}`;
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
  ];
}

function problemLines({ verificationError }: ApplyReport, layout: Layout): string[] {
  if (verificationError === undefined) return [];
  return markedSentence(layout.styles.error('✗'), capitalised(verificationError), layout);
}

/** What is left, but for what was named above. */
function leftLines(report: ApplyReport, people: People, layout: Layout): string[] {
  const { remaining, converged, changes } = report;
  const { styles } = layout;
  const named = new Set(
    changes.flatMap(({ outcome, kind, key }) => (outcome === 'applied' ? [] : `${kind} ${key}`)),
  );
  const others = remaining.filter(({ kind, key }) => !named.has(`${kind} ${key}`));
  if (others.length > 0) {
    return [
      styles.heading(`Still to do${named.size === 0 ? '' : ' beside that'}, as the account stands now`),
      ...others.flatMap((change) => changeHeadline(change, people, layout)),
    ];
  }
  if (converged) {
    if (changes.length === 0) return [];
    return [styles.good(CONVERGED), escapeForTerminal(asTheFileSays(report))];
  }
  return isNothingLeft(report) ? wrapWords(`${NOTHING_LEFT}.`, layout.width).map(styles.warning) : [];
}

/** How far it came and how to go on stand last, where a person looks who has just pressed Ctrl-C. */
function haltLines(report: ApplyReport, layout: Layout, goOn: GoOn | null = null): string[] {
  const sentence = haltIn(report);
  const lines = sentence === null ? [] : wrapWords(escapeForTerminal(sentence), layout.width);
  return [...lines.map(layout.styles.error), ...adviceLines(report, layout, goOn)];
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
  if (report.interrupted === undefined) return '';
  return joinBlocks([haltLines(report, layoutFor(options), options.goOn)]);
}

function summaryLine(report: ApplyReport, { styles }: Layout): string {
  if (report.changes.length === 0 && report.converged) return escapeForTerminal(noChanges(report));
  const sentence = reportSummarySentence(report.summary);
  return report.converged && report.summary.failed === 0 ? styles.good(sentence) : styles.error(sentence);
}

interface ProgressOptions extends TextOptions {
  people?: People;
  isTold?: boolean;
}

function paintFor(outcome: Outcome, { styles }: Layout): (text: string) => string {
  if (outcome === 'applied') return styles.good;
  return outcome === 'skipped' ? styles.warning : styles.error;
}

/**
 * One plain line for a change that is done with: `✓ created operator jon@acme.example (Jon) (120 ms)`.
 * @param options.isTold the report tells why, and after how many attempts.
 */
export function renderProgressLine(
  result: ChangeResult,
  { people = peopleIn([result]), isTold = false, ...options }: ProgressOptions,
): string {
  const layout = layoutFor(options);
  const words = ACTION_WORDS[result.action];
  const object = `${kindNamed(result.kind).noun.one} ${keyAndName(result.key, people)}`;
  const reason = result.error === undefined || isTold ? '' : `: ${escapeForTerminal(result.error)}`;
  const symbol = paintFor(result.outcome, layout)(OUTCOME_WORDS[result.outcome].symbol);
  const isQuiet = isTold && result.outcome !== 'applied';
  const effort = isQuiet ? '' : ` ${layout.styles.quiet(`(${effortOf(result)})`)}`;
  switch (result.outcome) {
    case 'applied':
      return `${symbol} ${words.done} ${object}${effort}`;
    case 'failed':
      return `${symbol} ${words.failed} ${object}${reason}${effort}`;
    case 'skipped':
      return `${symbol} skipped ${words.doing} ${object}${reason}`;
    case 'unknown':
      return `${symbol} could not tell whether ${object} was ${words.done}${reason}${effort}`;
  }
}

/** The line while the call is under way: `… creating operator jon@acme.example`, never wider than the terminal. */
export function renderStartedLine(
  change: Pick<ChangeResult, 'action' | 'kind' | 'key'>,
  { people = new Map(), ...options }: ProgressOptions,
): string {
  const { width, styles } = layoutFor(options);
  const words = `${ACTION_WORDS[change.action].doing} ${kindNamed(change.kind).noun.one}`;
  const [text = ''] = fitLines(`${words} ${keyAndName(change.key, people)}`, width - 2, false);
  return `${styles.quiet('…')} ${text}`;
}
