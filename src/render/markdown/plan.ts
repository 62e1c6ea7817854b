import type { Drift } from '../../model/drift.ts';
import type { Plan, PlannedChange } from '../../model/plan.ts';
import { impactOf, mustBeSeen } from '../impact.ts';
import {
  count,
  driftSentence,
  groupByKind,
  NO_CHANGES,
  placeOf,
  planSummarySentence,
  REFUSED,
  UNMANAGED,
  uncapitalised,
} from '../wording.ts';
import { impactLines, verdict } from './impact.ts';
import { code, details, listOf, prose } from './inline.ts';
import { byteLength, mostThatFits } from './size.ts';
import { changeTables, type Room } from './tables.ts';

export interface MarkdownOptions {
  /** UTF-8 bytes; a comment on GitHub takes 65,536 characters. */
  maxBytes: number;
  /** Named after the verdict. */
  drift?: Drift | null;
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
export function renderPlanMarkdown(plan: Plan, { maxBytes, drift = null }: MarkdownOptions): string {
  const whole = renderPlan(plan, drift, EVERYTHING);
  if (byteLength(whole) <= maxBytes) return whole;
  const shortValues = renderPlan(plan, drift, { ...EVERYTHING, value: 120 });
  if (byteLength(shortValues) <= maxBytes) return shortValues;
  const items = Math.max(
    plan.changes.length,
    plan.unmanaged.length,
    plan.warnings.length,
    plan.refusals.length,
  );
  return (
    mostThatFits(items, maxBytes, (shown) =>
      renderPlan(plan, drift, { changes: shown, names: Math.max(3, shown), value: 80, compact: false }),
    ) ??
    mostThatFits(items, maxBytes, (shown) =>
      renderPlan(plan, drift, { changes: shown, names: shown, value: 40, compact: true }),
    ) ??
    mostThatFits(plan.refusals.length, maxBytes, (shown) => renderBareMinimum(plan, shown)) ??
    renderBareMinimum(plan, 0)
  );
}

function renderPlan(plan: Plan, drift: Drift | null, room: Room): string {
  return toText([
    verdictLine(plan, true),
    ...refusalLines(plan, room.names, room.value),
    ...driftLines(drift, room),
    '',
    planSummarySentence(plan.summary),
    '',
    accountLine(plan, room.value),
    ...impactLines(plan.changes, room),
    ...changeTables(plan.changes, room),
    ...unmanagedLines(plan, room),
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
  return isRefused ? '**This plan is refused.**' : `**${NO_CHANGES}**`;
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

function driftLines(drift: Drift | null, room: Room): string[] {
  if (drift === null) return [];
  const names = drift.concerns.map(({ kind, key }) => `${kind} ${code(key, room.value)}`);
  return ['', `**${prose(driftSentence(drift))}** ${listOf(names, Math.min(room.names, 20))}`.trimEnd()];
}

function accountLine({ account, changes, digest }: Plan, limit: number): string {
  const owner = account.owner === undefined ? '' : `, owner ${code(account.owner, limit)} (as the file says)`;
  const reviewed = changes.length === 0 ? '' : `, digest ${code(digest)}`;
  return `Account ${code(account.baseUrl, limit)}${owner}${reviewed}`;
}

function unmanagedLines({ unmanaged }: Plan, room: Room): string[] {
  if (unmanaged.length === 0) return [];
  const lines = groupByKind(unmanaged).map(
    ({ kind, items }) =>
      `- ${kind.noun.many}: ${listOf(
        items.map(({ key }) => code(key, room.value)),
        room.names,
      )}`,
  );
  return ['', ...details(`${UNMANAGED} (${unmanaged.length})`, lines)];
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
