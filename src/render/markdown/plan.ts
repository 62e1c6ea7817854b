import type { SinceThen } from '../../model/drift.ts';
import type { Plan, PlannedChange } from '../../model/plan.ts';
import { asOf, noChanges, planSummarySentence, restSentence } from '../closing.ts';
import { impactOf, mustBeSeen } from '../impact.ts';
import { count, placeOf, REFUSED, uncapitalised } from '../wording.ts';
import { impactLines, verdict } from './impact.ts';
import { code, details, prose, strong } from './inline.ts';
import { byteLength, mostThatFits } from './size.ts';
import { changeTables, type Room } from './tables.ts';
import { sinceLines, unmanagedAdmins, unmanagedSection } from './unmanaged.ts';

export interface MarkdownOptions {
  /** UTF-8 bytes; a comment on GitHub takes 65,536 characters. */
  maxBytes: number;
  /** Named after the verdict. */
  since?: SinceThen | null;
}

const EVERYTHING: Room = {
  changes: Number.POSITIVE_INFINITY,
  names: Number.POSITIVE_INFINITY,
  value: Number.POSITIVE_INFINITY,
  compact: false,
};

/**
 * The plan for a pull request: the verdict, whom it concerns, then every field. It is shortened to
 * `maxBytes`, but deletes and admin changes are never cut, not even when they alone are longer.
 */
export function renderPlanMarkdown(plan: Plan, { maxBytes, since = null }: MarkdownOptions): string {
  const whole = renderPlan(plan, since, EVERYTHING);
  if (byteLength(whole) <= maxBytes) return whole;
  const shortValues = renderPlan(plan, since, { ...EVERYTHING, value: 120 });
  if (byteLength(shortValues) <= maxBytes) return shortValues;
  const items = Math.max(
    plan.changes.length,
    plan.unmanaged.length,
    plan.warnings.length,
    plan.refusals.length,
  );
  return (
    mostThatFits(items, maxBytes, (shown) =>
      renderPlan(plan, since, { changes: shown, names: Math.max(3, shown), value: 80, compact: false }),
    ) ??
    mostThatFits(items, maxBytes, (shown) =>
      renderPlan(plan, since, { changes: shown, names: shown, value: 40, compact: true }),
    ) ??
    mostThatFits(plan.refusals.length, maxBytes, (shown) => renderBareMinimum(plan, shown)) ??
    renderBareMinimum(plan, 0)
  );
}

function renderPlan(plan: Plan, since: SinceThen | null, room: Room): string {
  const time = asOf(plan);
  return toText([
    verdictLine(plan, true),
    ...refusalLines(plan, room.names, room.value),
    ...sinceLines(since, plan, room),
    '',
    prose(isSaidByVerdict(plan) ? restSentence(plan) : planSummarySentence(plan)),
    ...(time === null ? [] : ['', prose(time)]),
    '',
    accountLine(plan, room.value),
    ...impactLines(plan.changes, room),
    ...changeTables(plan.changes, room),
    ...unmanagedSection(plan, room),
    ...warningLines(plan, room),
  ]);
}

/** What is left where there is no room: verdict, refusals, and each delete and admin change in a line. */
function renderBareMinimum(plan: Plan, refusals: number): string {
  const seen = plan.changes.filter(mustBeSeen);
  const hidden = plan.changes.length - seen.length;
  return toText([
    verdictLine(plan, false),
    ...refusalLines(plan, refusals, 60),
    ...(seen.length === 0 ? [] : ['', ...seen.map(bareLine)]),
    ...(hidden === 0
      ? []
      : ['', `${count(hidden, { one: 'more change', many: 'more changes' })} not shown here.`]),
    ...unmanagedAdmins(plan),
  ]);
}

function bareLine(change: PlannedChange): string {
  const weighty = impactOf([change]).filter(({ gravity }) => gravity === 'weighty');
  const words = weighty.map(({ title }) => uncapitalised(title));
  const note = words.length === 0 ? '' : ` (${words.join(', ')})`;
  return `- **${change.action}** ${change.kind} ${code(change.key)}${note}`;
}

function toText(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}

function verdictLine(plan: Plan, named: boolean): string {
  const isRefused = plan.refusals.length > 0;
  if (plan.changes.length > 0) return verdict(plan.changes, isRefused, named);
  return isRefused ? '**This plan is refused.**' : strong(noChanges(plan));
}

/** Where there is nothing to do and to refuse, the verdict is the closing sentence. */
function isSaidByVerdict({ changes, refusals }: Plan): boolean {
  return changes.length === 0 && refusals.length === 0;
}

function refusalLines(plan: Plan, shown: number, limit: number): string[] {
  if (plan.refusals.length === 0) return [];
  const visible = plan.refusals.slice(0, shown);
  const hidden = plan.refusals.length - visible.length;
  return [
    '',
    '> [!CAUTION]',
    `> **${REFUSED}.**`,
    '>',
    ...visible.map(({ message, hint, source }) => {
      const reason = prose(message, limit * 3) + (hint === undefined ? '' : ` (${prose(hint, limit * 2)})`);
      return `> - ${reason}${source ? ` ${code(placeOf(source), limit)}` : ''}`;
    }),
    ...(hidden === 0 ? [] : [`> - ${count(hidden, { one: 'reason', many: 'reasons' })} not shown here`]),
  ];
}

function accountLine({ account, changes, digest }: Plan, limit: number): string {
  const owner = account.owner === undefined ? '' : `, owner ${code(account.owner, limit)} (as the file says)`;
  const reviewed = changes.length === 0 ? '' : `, digest ${code(digest)}`;
  return `Account ${code(account.baseUrl, limit)}${owner}${reviewed}`;
}

function warningLines({ warnings }: Plan, room: Room): string[] {
  if (warnings.length === 0) return [];
  const shown = warnings.slice(0, room.names);
  const hidden = warnings.length - shown.length;
  const lines = [
    ...shown.map(
      ({ message, source }) =>
        `- ${prose(message, room.value * 3)}${source ? ` ${code(placeOf(source), room.value)}` : ''}`,
    ),
    ...(hidden === 0 ? [] : [`- ${count(hidden, { one: 'warning', many: 'warnings' })} not shown here`]),
  ];
  return ['', ...details(`Warnings (${warnings.length})`, lines)];
}
