import type { PlannedChange } from '../../model/plan.ts';
import { type HostEvents, type Impact, impactOf } from '../impact.ts';
import { NAMED_IN_VERDICT, verdictOpening, verdictParts } from '../verdict.ts';
import { count, effectAsSuffix } from '../wording.ts';
import { code, listOf, prose } from './inline.ts';
import type { Room } from './tables.ts';

const HOSTS = { one: 'host', many: 'hosts' };
const MORE_HOSTS = { one: 'more host', many: 'more hosts' };

/** One sentence: what will happen to whom. */
export function verdict(changes: readonly PlannedChange[], isRefused: boolean, named: boolean): string {
  const what = verdictParts(changes, named ? NAMED_IN_VERDICT : 0)
    .map((part) => (typeof part === 'string' ? part : code(part.key)))
    .join('');
  return `**${verdictOpening(isRefused)}** ${what}.`;
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
