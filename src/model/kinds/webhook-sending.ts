import type { Change, Effect } from '../change.ts';
import type { Fields } from '../json.ts';
import { isSharedHost } from '../shared-hosts.ts';
import { holdsSecret, realFields, secretNamesIn, type Value, type Values, WrittenText } from '../text.ts';
import { hideUrlCredentials, hostOf, urlFrom, withoutKeys } from '../urls.ts';
import type { EffectSubject, Gravity, ImpactEntry } from './kind.ts';
import type { EffectCode } from './names.ts';

/*
 * What webhooks send to whom: the difference to the account, not to the object. A host that receives an event
 * already does not start to. On a shared host each path is somebody else.
 */

type SendingEffect = EffectCode<'webhook'>;

/** Who gets what: the event and the host, with the path where hosts are shared. */
export function reachOf({ event, targetUrl }: Fields): string {
  const url = String(targetUrl);
  const host = hostOf(url);
  return `${event} ${host}${isShared(url) ? new URL(url).pathname : ''}`;
}

const NOBODY: ReadonlySet<string> = new Set();

export function sendingEffects({
  action,
  before,
  after,
  paths,
  twinStays,
  reached = { before: NOBODY, after: NOBODY },
}: EffectSubject): Effect<SendingEffect>[] {
  if (action === 'delete' && twinStays) {
    return [{ code: 'ends-doubling', text: 'ends doubled events: another subscription stays' }];
  }
  if (action === 'update' && !paths.includes('targetUrl')) return [];
  const [from, to] = [before && receiverOf(before), after && receiverOf(after)];
  if (from && to && from.address === to.address) return [{ code: 'rotates-key', text: 'gets another key' }];
  const goesOn = from !== null && (from.reach === to?.reach || reached.after.has(from.reach));
  const isKnown = to !== null && (from?.reach === to.reach || reached.before.has(to.reach));
  const effects: Effect<SendingEffect>[] = [];
  if (to && isKnown) {
    effects.push({ code: 'moves-sending', text: `sends chat data to another address on ${to.shown}` });
  } else if (to) effects.push({ code: 'starts-sending', text: `starts sending chat data to ${to.shown}` });
  if (from && !goesOn) {
    effects.push({ code: 'stops-sending', text: `stops sending chat data to ${from.shown}` });
  } else if (from && !to) {
    effects.push({
      code: 'moves-sending',
      text: `still sends chat data to another address on ${from.shown}`,
    });
  }
  return effects;
}

/** One side of a change: whom it reaches, at which address but for its key, and how that is shown. */
function receiverOf(fields: Values): { reach: string; address: string; shown: string } {
  const real = realFields(fields);
  return {
    reach: reachOf(real),
    address: withoutKeys(String(real.targetUrl)),
    shown: shownReceiver(fields.targetUrl ?? null),
  };
}

function isShared(url: string): boolean {
  const parsed = urlFrom(url);
  return parsed !== null && isSharedHost(parsed.hostname);
}

/** The host, and on a shared one the path, as they may be shown: as the file writes them where they hold a secret. */
function shownReceiver(url: Value): string {
  const written = String(url);
  // A host that is a secret cannot be parsed.
  const [, authority = '', path = ''] = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]+)([^?#]*)/i.exec(written) ?? [];
  const host = urlFrom(written) ? hostOf(written) : authority.slice(authority.lastIndexOf('@') + 1);
  if (host === '') return holdsSecret(url) ? written : hostOf(written);
  if (!isShared(written)) return host;
  return host + (holdsSecret(url) ? path : new URL(hideUrlCredentials(written)).pathname);
}

export function isExtraCopy({ effects }: Change): boolean {
  return effects.some(({ code }) => code === 'ends-doubling');
}

export function sendingImpact(changes: readonly Change[]): ImpactEntry[] {
  const entry = (
    title: string,
    does: string,
    code: SendingEffect,
    gravity: Gravity = 'plain',
  ): ImpactEntry => ({
    title,
    gravity,
    each: { noun: { one: 'host', many: 'hosts' }, does },
    items: byReceiver(changes, code),
  });
  return [
    entry('Starts receiving events', 'starts receiving', 'starts-sending', 'weighty'),
    entry('Stops receiving events', 'stops receiving', 'stops-sending'),
    entry('Receives at another address', 'receives at another address', 'moves-sending'),
    entry('Gets another key', 'gets another key for', 'rotates-key'),
  ];
}

function byReceiver(changes: readonly Change[], code: SendingEffect): ImpactEntry['items'] {
  const events = new Map<string, Set<string>>();
  for (const { before, after, effects, secretFields, secretFieldsBefore } of changes) {
    const fields = code === 'stops-sending' ? before : (after ?? before);
    if (!fields || !effects.some((effect) => effect.code === code)) continue;
    const url = String(fields.targetUrl);
    const hasSecret = (fields === after ? secretFields : secretFieldsBefore)?.includes('targetUrl');
    const name = shownReceiver(new WrittenText('', url, hasSecret ? secretNamesIn(url) : []));
    events.set(name, (events.get(name) ?? new Set()).add(String(fields.event)));
  }
  return [...events].map(([name, details]) => ({ name, details: [...details] }));
}
