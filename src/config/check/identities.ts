import type { EntryIdentity, Section } from '../../model/kinds/kind.ts';
import type { Text } from '../../model/text.ts';
import type { Complaint } from '../complaints.ts';
import type { WrittenMap } from '../schema/written-map.ts';

/** An object that an entry is about, and the entry. */
export interface Identity extends EntryIdentity {
  entry: WrittenMap;
}

export interface IdentityContext {
  /** What the objects are called. */
  noun: string;
  section: Pick<Section, 'duplicateCode' | 'repetition'>;
  show: (text: Text) => string;
  add: (complaint: Complaint) => void;
}

/** The same thing is described once, and an old key belongs to nobody else. Linear in the number of entries. */
export function checkIdentities(identities: readonly Identity[], context: IdentityContext): void {
  const byKey = new Map<string, Identity>();
  for (const identity of identities) {
    const first = byKey.get(identity.key);
    if (first) context.add(complaintAboutTwins(identity, first, context));
    else byKey.set(identity.key, identity);
  }
  const movers = new Map<string, Identity>();
  for (const identity of identities) {
    const { previousKey } = identity;
    // What stands twice was complained about: its move is the same one.
    if (previousKey === undefined || byKey.get(identity.key) !== identity) continue;
    const complaint = complaintAboutMove(identity, byKey.get(previousKey), movers.get(previousKey), context);
    if (complaint) context.add(complaint);
    else movers.set(previousKey, identity);
  }
}

function complaintAboutTwins(
  identity: Identity,
  first: Identity,
  { noun, section, show }: IdentityContext,
): Complaint {
  const words = identity.words.map(show);
  const repetition = identity.entry === first.entry ? section.repetition?.(words) : undefined;
  return {
    code: section.duplicateCode,
    message: `the ${noun} ${words.join(' to ')} is described twice`,
    hint: 'keep one of the two',
    ...repetition,
    place: placeOf(identity),
    related: { message: 'the first one is here', place: placeOf(first) },
  };
}

function complaintAboutMove(
  identity: Identity,
  listed: Identity | undefined,
  mover: Identity | undefined,
  { show }: IdentityContext,
): Complaint | null {
  const words = (identity.previousWords ?? []).map(show);
  const place = identity.entry.placeOf('movedFrom');
  if (listed === identity) {
    return {
      code: 'moved-from-self',
      message: `"movedFrom" names what it stands in: ${words.at(-1)}`,
      hint: 'write the old address there, or take the line away',
      place,
    };
  }
  const name = words.join(' to ');
  if (listed) {
    return {
      code: 'moved-from-listed',
      message: `"movedFrom" names ${name}, which is described by itself`,
      hint: 'one object cannot be moved and stay: take the other one or this line away',
      place,
      related: { message: 'it is described here', place: placeOf(listed) },
    };
  }
  if (!mover) return null;
  return {
    code: 'moved-from-twice',
    message: `${name} is moved twice`,
    hint: 'keep "movedFrom" in the one that it became',
    place,
    related: { message: 'the other one is here', place: mover.entry.placeOf('movedFrom') },
  };
}

function placeOf({ entry, path }: Identity) {
  return entry.ownPlaceOf(...path);
}
