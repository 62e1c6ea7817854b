import type { DiagnosticCode } from '../../model/codes.ts';
import { nearestWord } from '../../model/nearest-word.ts';
import { dateOf, parseDates } from '../../model/rota/calendar.ts';
import { Roster, type SwapFault } from '../../model/rota/roster.ts';
import type { Swap } from '../../model/rota/rota.ts';
import { realOf, type Text } from '../../model/text.ts';
import type { Complaint } from '../complaints.ts';
import type { Head } from '../schema/read-sections.ts';
import type { Path } from '../source/locate.ts';
import type { Place } from '../source/source-file.ts';
import { keyOfPerson, rotaOf } from './rota-of.ts';

/** A person whom the files describe, as far as shifts want to know. */
export interface KnownPerson {
  isAbsent: boolean;
  /** Where the entry sets by hand what shifts set too. */
  ownStatus: Place | null;
}

export interface ShiftsContext {
  people: ReadonlyMap<string, KnownPerson>;
  /** Former addresses, with the present ones as they are written. */
  moved: ReadonlyMap<string, Text>;
  /** `false`: who is missing may be described where it could not be read. */
  hasAllPeople: boolean;
  /** Whether a key of the section is written, be it sound or not, or may be where nobody could read. */
  isWritten(key: string): boolean;
  show(text: Text): string;
  add(complaint: Complaint): void;
}

type Said = NonNullable<Head['keys']['shifts']>;

/** Checks what the schemas of the section cannot see. */
export function checkShifts(head: Head, context: ShiftsContext): void {
  const said = head.keys.shifts;
  if (said === undefined) return;
  checkWholeness(head, context);
  checkRanges(head, said, context);
  checkPeople(head, said, context);
  checkSwaps(head, said, context);
}

const NEEDED = {
  timeZone: 'add timeZone: Europe/Berlin, or where the team is',
  rota: 'add rota: with a name for each shift, and under it days, from, to and who',
} as const;

function checkWholeness(head: Head, { add, isWritten }: ShiftsContext): void {
  for (const key of ['timeZone', 'rota'] as const) {
    if (isWritten(key)) continue;
    const place = head.placeOfKey('shifts');
    add({ code: 'missing-key', message: `"shifts" has no "${key}"`, hint: NEEDED[key], place });
  }
}

function checkRanges(head: Head, { closed = [], off = [] }: Said, { add }: ShiftsContext): void {
  const complain = (first: Text, last: Text, place: Place) =>
    add({
      code: 'backwards-range',
      message: `these days run backwards: ${first} is after ${last}`,
      hint: 'write the earlier date first',
      place,
    });
  for (const [index, dates] of closed.entries()) {
    const range = parseDates(realOf(dates));
    if (range && range.last < range.first) {
      complain(dateOf(range.first), dateOf(range.last), head.placeOf('shifts', 'closed', index));
    }
  }
  for (const [index, { from, to }] of off.entries()) {
    if (from !== undefined && to !== undefined && realOf(to) < realOf(from)) {
      complain(from, to, head.placeOf('shifts', 'off', index, 'to'));
    }
  }
}

/** A person in the section, and where they stand in it. */
interface Named {
  text: Text;
  place: Place;
  /** Missing: they are only away. */
  works?: string;
}

function checkPeople(head: Head, said: Said, context: ShiftsContext): void {
  const { people, add, show } = context;
  const told = new Set<string>();
  for (const { text, place, works } of peopleNamed(head, said, show)) {
    const key = keyOfPerson(text);
    const person = people.get(key);
    if (!person) {
      if (context.hasAllPeople) add(unknownPerson(text, place, context));
    } else if (works !== undefined && person.isAbsent) {
      add({
        code: 'unknown-person',
        message: `${show(text)} stands in ${works}, and the files delete them (state: absent)`,
        hint: 'put somebody else in',
        place,
      });
    } else if (works !== undefined && person.ownStatus && !told.has(key)) {
      told.add(key);
      add({
        code: 'status-and-shift',
        message: `${show(text)} has a status of their own, and stands in ${works}`,
        hint: 'choose: take this status away, or the person out of the shifts; "mode: initial" may stand beside them',
        place: person.ownStatus,
        related: { message: 'the shift has them here', place },
      });
    }
  }
}

function unknownPerson(text: Text, place: Place, { people, moved, show }: ShiftsContext): Complaint {
  const key = keyOfPerson(text);
  const now = moved.get(key);
  const nearest = nearestPerson(key, [...people.keys()]);
  const known = nearest === undefined ? undefined : `did you mean ${show(nearest)}?`;
  return {
    code: 'unknown-person',
    message: `${show(text)} stands in "shifts", and no file describes them`,
    hint:
      now === undefined
        ? (known ?? 'correct the address, or describe them under "operators"')
        : `their address is ${show(now)} now: write that`,
    place,
  };
}

/** By what stands before the @: colleagues have the rest in common. */
function nearestPerson(key: string, people: readonly string[]): string | undefined {
  const [name = '', domain = ''] = key.split('@');
  const names = people.flatMap((other) => (other.endsWith(`@${domain}`) ? other.split('@').slice(0, 1) : []));
  const nearest = nearestWord(name, names);
  return nearest === undefined ? undefined : `${nearest}@${domain}`;
}

function* peopleNamed(
  head: Head,
  { rota = {}, off = [], swaps = [] }: Said,
  show: ShiftsContext['show'],
): Generator<Named> {
  for (const [name, { who = [], rotate }] of Object.entries(rota)) {
    const works = `the shift ${show(name)}`;
    const named = (text: Text, ...path: Path): Named => {
      return { text, place: head.placeOf('shifts', 'rota', name, ...path), works };
    };
    yield* who.map((text, index) => named(text, 'who', index));
    yield* (rotate?.order ?? []).flatMap((turn, index) => {
      const path = ['rotate', 'order', index];
      if (!Array.isArray(turn)) return named(turn, ...path);
      return turn.map((text, place) => named(text, ...path, place));
    });
  }
  for (const [index, { who }] of off.entries()) {
    if (who !== undefined) yield { text: who, place: head.placeOf('shifts', 'off', index, 'who') };
  }
  for (const [index, swap] of swaps.entries()) {
    for (const side of ['out', 'in'] as const) {
      const text = swap[side];
      const place = head.placeOf('shifts', 'swaps', index, side);
      if (text !== undefined) yield { text, place, works: 'a swap' };
    }
  }
}

const SWAP_FAULTS: Record<
  SwapFault,
  { severity?: 'warning'; code: DiagnosticCode; path: 'date' | 'out' | 'in'; hint: string }
> = {
  'not-on': {
    code: 'swap-not-on',
    path: 'date',
    hint: 'correct the date or the shift, or take the swap away',
  },
  'not-in-it': {
    code: 'swap-not-in',
    path: 'out',
    hint: 'write who has the shift that day; swaps are made in the order of the file',
  },
  'already-in-it': { code: 'swap-already-in', path: 'in', hint: 'write somebody who is not on this shift' },
  'in-is-off': {
    severity: 'warning',
    code: 'swap-off',
    path: 'in',
    hint: 'that is what the swap says; correct it, or the days off, where it was not meant',
  },
};

function checkSwaps(head: Head, { rota = {}, swaps = [] }: Said, { add, show }: ShiftsContext): void {
  const names = Object.keys(rota);
  for (const [index, { shift }] of swaps.entries()) {
    if (shift === undefined || names.includes(realOf(shift))) continue;
    const nearest = nearestWord(realOf(shift), names);
    add({
      code: 'unknown-shift',
      message: `there is no shift ${show(shift)}`,
      hint:
        nearest === undefined
          ? `the shifts are: ${names.map(show).join(', ')}`
          : `did you mean ${show(nearest)}?`,
      place: head.placeOf('shifts', 'swaps', index, 'shift'),
    });
  }
  const whole = rotaOf(head);
  for (const { swap, fault } of whole ? new Roster(whole).faults() : []) {
    const { path, ...said } = SWAP_FAULTS[fault];
    add({
      ...said,
      message: swapFault(swap, fault, swaps[swap.index] ?? {}, show),
      place: head.placeOf('shifts', 'swaps', swap.index, path),
    });
  }
}

function swapFault(
  { date, shift }: Swap,
  fault: SwapFault,
  { out = '', in: comesIn = '' }: { out?: Text | undefined; in?: Text | undefined },
  show: (text: Text) => string,
): string {
  const when = `the shift ${show(shift)} of ${dateOf(date)}`;
  switch (fault) {
    case 'not-on':
      return `${when} does not take place`;
    case 'not-in-it':
      return `${show(out)} is not on ${when}`;
    case 'already-in-it':
      return `${show(comesIn)} is on ${when} already`;
    case 'in-is-off':
      return `${show(comesIn)} is off on ${dateOf(date)}, and takes over ${when}`;
  }
}
