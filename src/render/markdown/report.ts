import { kindNamed } from '../../model/kinds/index.ts';
import type { ApplyReport, ChangeResult, Outcome } from '../../model/report.ts';
import { asTheFileSays, noChanges } from '../closing.ts';
import { adviceFor, type GoOn, haltIn } from '../go-on.ts';
import { type People, peopleIn } from '../people.ts';
import {
  CONVERGED,
  capitalised,
  count,
  effortOf,
  isNothingLeft,
  NOTHING_LEFT,
  reportSummarySentence,
} from '../wording.ts';
import { code, details, listOf, person, prose, strong } from './inline.ts';
import type { MarkdownOptions } from './plan.ts';
import { byteLength, mostThatFits } from './size.ts';

/** What went wrong stands first, and is the last to be cut. */
const URGENCY: readonly Outcome[] = ['failed', 'unknown', 'skipped', 'applied'];

interface Room {
  rows: number;
  value: number;
}

export interface ReportMarkdownOptions extends MarkdownOptions {
  goOn?: GoOn | null;
}

/** What apply did, for the summary of a pipeline step: the verdict, what went wrong, what is left, then the rest. */
export function renderReportMarkdown(
  report: ApplyReport,
  { maxBytes, goOn = null }: ReportMarkdownOptions,
): string {
  const whole = renderReport(report, goOn, {
    rows: Number.POSITIVE_INFINITY,
    value: Number.POSITIVE_INFINITY,
  });
  if (byteLength(whole) <= maxBytes) return whole;
  const rows = Math.max(report.changes.length, report.remaining.length);
  return (
    mostThatFits(rows, maxBytes, (shown) => renderReport(report, goOn, { rows: shown, value: 100 })) ??
    `${verdict(report)}\n`
  );
}

function renderReport(report: ApplyReport, goOn: GoOn | null, room: Room): string {
  const results = [...report.changes].sort((a, b) => URGENCY.indexOf(a.outcome) - URGENCY.indexOf(b.outcome));
  const shown = results.slice(0, room.rows);
  const bad = shown.filter((result) => result.outcome !== 'applied');
  const applied = shown.filter((result) => result.outcome === 'applied');
  const hidden = results.length - shown.length;
  const people = peopleIn([...report.changes, ...report.remaining]);
  return `${[
    verdict(report),
    '',
    accountLine(report, room),
    ...endLines(report, people, goOn, room),
    ...(bad.length === 0 ? [] : ['', '### Not applied', '', ...tableOf(bad, people, room)]),
    ...(applied.length === 0
      ? []
      : [
          '',
          ...details(
            count(applied.length, { one: 'change applied', many: 'changes applied' }),
            tableOf(applied, people, room),
          ),
        ]),
    ...(hidden === 0
      ? []
      : ['', `${count(hidden, { one: 'more change', many: 'more changes' })} not shown here.`]),
  ].join('\n')}\n`;
}

function verdict(report: ApplyReport): string {
  const { changes, converged, summary } = report;
  if (changes.length === 0 && converged) return strong(noChanges(report));
  if (converged) return `${strong(asTheFileSays(report))} ${reportSummarySentence(summary)}`;
  if (isNothingLeft(report)) return `**${NOTHING_LEFT}.** ${reportSummarySentence(summary)}`;
  return `**The account is not as the file says.** ${reportSummarySentence(summary)}`;
}

function accountLine({ account, planDigest }: ApplyReport, { value }: Room): string {
  const owner = account.owner === undefined ? '' : `, owner ${code(account.owner, value)} (as the file says)`;
  return `Account ${code(account.baseUrl, value)}${owner}, plan ${code(planDigest, value)}`;
}

function endLines(report: ApplyReport, people: People, goOn: GoOn | null, room: Room): string[] {
  const { verificationError, remaining, converged, changes } = report;
  const halt = haltIn(report);
  const left = remaining.map(
    ({ action, kind, key }) => `${action} ${kind} ${person(key, people, room.value)}`,
  );
  return [
    ...(halt === null ? [] : ['', prose(halt, room.value * 4)]),
    ...(verificationError === undefined
      ? []
      : ['', `**Not confirmed:** ${prose(capitalised(verificationError), room.value * 4)}`]),
    ...(left.length === 0 ? [] : ['', `**Still to do:** ${listOf(left, room.rows)}.`]),
    ...adviceFor(report, goOn).flatMap(({ text, command }) => [
      '',
      command === undefined ? prose(text) : `${prose(text)} ${code(command)}`,
    ]),
    ...(converged && changes.length > 0 ? ['', CONVERGED] : []),
  ];
}

function tableOf(results: readonly ChangeResult[], people: People, room: Room): string[] {
  return [
    '| Change | What became of it |',
    '| --- | --- |',
    ...results.map((result) => {
      const { action, key, kind, outcome, attempts, error, note } = result;
      const name = people.get(key);
      const object = [
        `${action} ${kindNamed(kind).noun.one} ${code(key, room.value)}`,
        ...(name === undefined ? [] : [code(name, room.value)]),
      ];
      const effort = attempts > 0 ? [effortOf(result)] : [];
      const end = [outcome === 'applied' ? outcome : `**${outcome}**`, ...effort].join(', ');
      const why = [error, note].flatMap((text) => (text === undefined ? [] : [prose(text, room.value * 2)]));
      return `| ${object.join('<br>')} | ${[end, ...why].join('<br>')} |`;
    }),
  ];
}
