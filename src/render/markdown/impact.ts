import type { PlannedChange } from '../../model/plan.ts';
import { type HostEvents, type Impact, impactOf, mustBeSeen } from '../impact.ts';
import { count, effectAsSuffix } from '../wording.ts';
import { code, listOf, prose } from './inline.ts';
import type { Room } from './tables.ts';

const PEOPLE = { one: 'person', many: 'people' };
const OPERATORS = { one: 'operator', many: 'operators' };
const STATUSES = { one: 'status', many: 'statuses' };
const HOSTS = { one: 'host', many: 'hosts' };
const MORE_HOSTS = { one: 'more host', many: 'more hosts' };
const WEBHOOKS = { one: 'webhook', many: 'webhooks' };

/** Names that a verdict can take before it counts instead. */
const NAMED = 2;

/** One sentence: what will happen to whom. */
export function verdict(changes: readonly PlannedChange[], isRefused: boolean, named: boolean): string {
  const impact = impactOf(changes);
  const who = (list: readonly PlannedChange[]) =>
    named && list.length <= NAMED
      ? list.map(({ key }) => code(key)).join(' and ')
      : count(list.length, PEOPLE);
  const others = changes.filter(
    (change) => change.kind === 'operator' && change.action === 'update' && !mustBeSeen(change),
  );
  const webhooks = changes.filter((change) => change.kind === 'webhook');
  const clauses = [
    clause(impact.invited, (list) => `invite ${who(list)}`),
    clause(impact.losesAccess, (list) => `take access from ${who(list)} for good`),
    clause(impact.becomesAdmin, (list) => `make ${who(list)} an admin`),
    clause(
      impact.stopsBeingAdmin.filter((change) => change.action !== 'delete'),
      (list) => `make ${who(list)} no longer an admin`,
    ),
    clause(others, (list) => `change ${count(list.length, OPERATORS)}`),
    clause(impact.statuses, (list) => `set ${count(list.length, STATUSES)}`),
    ...(['create', 'update', 'delete'] as const).map((action) =>
      clause(
        webhooks.filter((change) => change.action === action),
        (list) => `${action} ${count(list.length, WEBHOOKS)}`,
      ),
    ),
  ].filter((text) => text !== '');
  return `**This plan ${isRefused ? 'is refused. It would' : 'will'}** ${joinClauses(clauses)}.`;
}

function clause(list: readonly PlannedChange[], write: (list: readonly PlannedChange[]) => string): string {
  return list.length === 0 ? '' : write(list);
}

function joinClauses(clauses: readonly string[]): string {
  const last = clauses.at(-1) ?? '';
  return clauses.length < 2 ? last : `${clauses.slice(0, -1).join(', ')} and ${last}`;
}

/** Who is concerned, and how. Those who lose access and admin changes are always all named. */
export function impactLines(changes: readonly PlannedChange[], room: Room): string[] {
  const impact = impactOf(changes);
  const lines = [...mustBeSeenLines(impact), ...otherLines(impact, room)];
  return lines.length === 0 ? [] : ['', '### Impact', '', ...lines];
}

function mustBeSeenLines(impact: Impact): string[] {
  const names = (list: readonly PlannedChange[]) => list.map(({ key }) => code(key)).join(', ');
  return [
    bullet('Loses access for good', names(impact.losesAccess)),
    bullet('Becomes an admin', names(impact.becomesAdmin)),
    bullet('Stops being an admin', names(impact.stopsBeingAdmin)),
  ].flat();
}

function otherLines(impact: Impact, room: Room): string[] {
  const name = ({ key }: PlannedChange) => code(key, room.value);
  const list = (items: readonly string[]) => listOf(items, room.names);
  const hosts = (verb: string, all: readonly HostEvents[]) => {
    const lines = all
      .slice(0, room.names)
      .map(
        ({ host, events }) =>
          `- ${code(host, room.value)} ${verb}: ${list(events.map((event) => code(event, room.value)))}`,
      );
    const hidden = all.length - lines.length;
    const noun = lines.length === 0 ? HOSTS : MORE_HOSTS;
    return hidden === 0 ? lines : [...lines, `- ${count(hidden, noun)}, not named here: ${verb} events`];
  };
  return [
    ...bullet('Gets an invitation e-mail', list(impact.invited.map(name))),
    ...bullet(
      'Logs in with a new address',
      list(impact.newAddress.map((change) => newAddress(change, room))),
    ),
    ...bullet('Status changes', list(impact.statuses.map((change) => statusChange(change, room)))),
    ...hosts('starts receiving', impact.starts),
    ...hosts('stops receiving', impact.stops),
    ...hosts('receives at another address', impact.moves),
  ];
}

function bullet(title: string, text: string): string[] {
  return text === '' ? [] : [`- **${title}:** ${text}`];
}

function newAddress(change: PlannedChange, { value }: Room): string {
  const field = change.fields.find(({ path }) => path === 'email');
  return `${code(String(field?.before ?? ''), value)} → ${code(String(field?.after ?? ''), value)}`;
}

function statusChange(change: PlannedChange, { value }: Room): string {
  const field = change.fields.find(({ path }) => path === 'status');
  const after = code(String(field?.after ?? ''), value);
  const sides = field?.before ? `${code(String(field.before), value)} → ${after}` : after;
  return `${code(change.key, value)} (${prose(`is${effectAsSuffix(change.effects)}`).replace(/^is/, () => sides)})`;
}
