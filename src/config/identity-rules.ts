import { operatorKey } from '../model/kinds/operator.ts';
import { webhookKey } from '../model/kinds/webhook.ts';
import { normaliseUrl } from '../model/urls.ts';
import type { Complaint } from './complaints.ts';
import type { Written } from './read-sections.ts';
import type { Place } from './source-file.ts';
import type { WrittenOperator, WrittenWebhook } from './written-entries.ts';

/** One object that an entry is about: its key now, and before it moved. Places are found only when asked for. */
interface Identity {
  key: string;
  previousKey?: string;
  /** What identifies it, as written: an e-mail address, or a URL with its event. */
  text: string;
  event?: string;
  previousText?: string;
  entry: Written<WrittenOperator> | Written<WrittenWebhook>;
  place: () => Place;
}

export function operatorIdentities(entry: Written<WrittenOperator>): Identity[] {
  const { email, movedFrom, state } = entry.keys;
  if (email === undefined) return [];
  return [
    {
      key: operatorKey(email),
      text: email,
      ...(movedFrom === undefined || state === 'absent'
        ? {}
        : { previousKey: operatorKey(movedFrom), previousText: movedFrom }),
      entry,
      place: () => entry.ownPlaceOf('email'),
    },
  ];
}

export function webhookIdentities(entry: Written<WrittenWebhook>): Identity[] {
  const { url, movedFrom, state } = entry.keys;
  if (url === undefined) return [];
  const target = normaliseUrl(url);
  const previous = movedFrom === undefined || state === 'absent' ? undefined : normaliseUrl(movedFrom);
  return entry.soundTexts('events').map(({ text: event, index }) => ({
    key: webhookKey(event, target),
    text: url,
    event,
    ...(movedFrom === undefined || previous === undefined
      ? {}
      : { previousKey: webhookKey(event, previous), previousText: movedFrom }),
    entry,
    place: () => entry.ownPlaceOf('events', index),
  }));
}

/** The same thing is described once, and an old key belongs to nobody else. Linear in the number of entries. */
export function checkIdentities(
  noun: 'operator' | 'webhook',
  identities: readonly Identity[],
  show: (text: string) => string,
  add: (complaint: Complaint) => void,
): void {
  const byKey = new Map<string, Identity>();
  for (const identity of identities) {
    const first = byKey.get(identity.key);
    if (first) add(complaintAboutTwins(noun, identity, first, show));
    else byKey.set(identity.key, identity);
  }
  const movers = new Map<string, Identity>();
  for (const identity of identities) {
    const { previousKey } = identity;
    // What stands twice was complained about: its move is the same one.
    if (previousKey === undefined || byKey.get(identity.key) !== identity) continue;
    const complaint = complaintAboutMove(identity, byKey.get(previousKey), movers.get(previousKey), show);
    if (complaint) add(complaint);
    else movers.set(previousKey, identity);
  }
}

function complaintAboutTwins(
  noun: string,
  identity: Identity,
  first: Identity,
  show: (text: string) => string,
): Complaint {
  const related = { message: 'the first one is here', place: first.place() };
  if (identity.event !== undefined && identity.entry === first.entry) {
    return {
      code: 'repeated-event',
      message: `the event ${show(identity.event)} stands twice in this entry`,
      hint: 'remove one of the two: the account would get the event twice',
      place: identity.place(),
      related,
    };
  }
  return {
    code: `duplicate-${noun}`,
    message: `the ${noun} ${nameOf(identity.event, identity.text, show)} is described twice`,
    hint: 'keep one of the two entries',
    place: identity.place(),
    related,
  };
}

function complaintAboutMove(
  identity: Identity,
  listed: Identity | undefined,
  mover: Identity | undefined,
  show: (text: string) => string,
): Complaint | null {
  const { event, previousText = '', entry } = identity;
  const place = entry.placeOf('movedFrom');
  if (listed === identity) {
    return {
      code: 'moved-from-self',
      message: `"movedFrom" names the entry itself: ${show(previousText)}`,
      hint: 'write the old key there, or remove the line',
      place,
    };
  }
  const name = () => nameOf(event, previousText, show);
  if (listed) {
    return {
      code: 'moved-from-listed',
      message: `"movedFrom" names ${name()}, which has an entry of its own`,
      hint: 'one object cannot be moved and stay: remove that entry or this line',
      place,
      related: { message: 'the entry is here', place: listed.place() },
    };
  }
  if (!mover) return null;
  return {
    code: 'moved-from-twice',
    message: `${name()} is moved by two entries`,
    hint: 'keep "movedFrom" in the entry that it became',
    place,
    related: { message: 'the other one is here', place: mover.entry.placeOf('movedFrom') },
  };
}

function nameOf(event: string | undefined, text: string, show: (text: string) => string): string {
  return event === undefined ? show(text) : `${show(event)} to ${show(text)}`;
}
