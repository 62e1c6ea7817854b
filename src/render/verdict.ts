import { ACTIONS, type PlannedChange } from '../model/plan.ts';
import { impactOf, mustBeSeen } from './impact.ts';
import { count } from './wording.ts';

/** A piece of the verdict: words of ours, or a key for the format to escape. */
export type VerdictPart = string | { key: string };

/** Names that a verdict can take before it counts instead. */
export const NAMED_IN_VERDICT = 2;

const PEOPLE = { one: 'person', many: 'people' };
const OPERATORS = { one: 'operator', many: 'operators' };
const STATUSES = { one: 'status', many: 'statuses' };
const WEBHOOKS = { one: 'webhook', many: 'webhooks' };

export function verdictOpening(isRefused: boolean): string {
  return `This plan ${isRefused ? 'is refused. It would' : 'will'}`;
}

/** What a plan that has changes does to whom, as it follows the opening. At most `named` people of a sort are named. */
export function verdictParts(changes: readonly PlannedChange[], named: number): VerdictPart[] {
  const impact = impactOf(changes);
  const who = (list: readonly PlannedChange[]): VerdictPart[] =>
    list.length <= named
      ? list.flatMap(({ key }, index) => (index === 0 ? [{ key }] : [' and ', { key }]))
      : [count(list.length, PEOPLE)];
  const people = (list: readonly PlannedChange[], opening: string, end = '') =>
    list.length === 0 ? [] : [[opening, ...who(list), end]];
  const number = (list: readonly PlannedChange[], verb: string, noun: { one: string; many: string }) =>
    list.length === 0 ? [] : [[`${verb} ${count(list.length, noun)}`]];
  const demoted = impact.stopsBeingAdmin.filter((change) => change.action !== 'delete');
  const others = changes.filter(
    (change) => change.kind === 'operator' && change.action === 'update' && !mustBeSeen(change),
  );
  const webhooks = changes.filter((change) => change.kind === 'webhook');
  const clauses: VerdictPart[][] = [
    ...people(impact.invited, 'invite '),
    ...people(impact.losesAccess, 'take access from ', ' for good'),
    ...people(impact.becomesAdmin, 'make ', ' an admin'),
    ...people(demoted, 'make ', ' no longer an admin'),
    ...number(others, 'change', OPERATORS),
    ...number(impact.statuses, 'set', STATUSES),
    ...ACTIONS.flatMap((action) =>
      number(
        webhooks.filter((change) => change.action === action),
        action,
        WEBHOOKS,
      ),
    ),
  ];
  return clauses.flatMap((clause, index) => {
    if (index === 0) return clause;
    return [index === clauses.length - 1 ? ' and ' : ', ', ...clause];
  });
}
