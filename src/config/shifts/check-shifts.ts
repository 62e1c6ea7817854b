import type { DiagnosticCode } from '../../model/codes.ts';
import { nearestWord } from '../../model/nearest-word.ts';
import { dateOf, parseDates } from '../../model/rota/calendar.ts';
import { Roster, type SwapFault } from '../../model/rota/roster.ts';
import type { Swap } from '../../model/rota/rota.ts';
import { realOf, type Text } from '../../model/text.ts';
import type { Complaint } from '../complaints.ts';
import type { Path } from '../source/locate.ts';
import type { Place } from '../source/source-file.ts';
import type { WrittenShifts } from './read-shifts.ts';
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
  show(text: Text): string;
  add(complaint: Complaint): void;
}

/** Checks what the schemas of the section cannot see. */
export function checkShifts(written: WrittenShifts, context: ShiftsContext): void {
  checkWhoOrRotate(written, context);
  checkRanges(written, context);
  checkPeople(written, context);
  checkSwaps(written, context);
}

function checkWhoOrRotate({ shifts }: WrittenShifts, { add, show }: ShiftsContext): void {
  for (const { name, entry } of shifts) {
    if (!entry.isMap) continue;
    if (entry.has('who') && entry.has('rotate')) {
      add({
        code: 'who-and-rotate',
        message: `the shift ${show(name)} has both "who" and "rotate"`,
        hint: 'keep "who" for people who are always on, or "rotate" for those who take turns',
        place: entry.placeOfKey('rotate'),
        related: { message: 'the "who" is here', place: entry.placeOfKey('who') },
      });
    } else if (!entry.has('who') && !entry.has('rotate')) {
      add({
        code: 'missing-key',
        message: `the shift ${show(name)} has nobody: neither "who" nor "rotate"`,
        hint: 'add who: [jon.snow@acme.example]',
        place: entry.placeOf(),
      });
    }
  }
}

function checkRanges({ head, off }: WrittenShifts, { add }: ShiftsContext): void {
  const complain = (first: Text | number, last: Text | number, place: Place) =>
    add({
      code: 'backwards-range',
      message: `these days run backwards: ${first} is after ${last}`,
      hint: 'write the earlier date first',
      place,
    });
  for (const [index, dates] of (head.keys.closed ?? []).entries()) {
    const range = parseDates(realOf(dates));
    if (range && range.last < range.first) {
      complain(dateOf(range.first), dateOf(range.last), head.placeOf('closed', index));
    }
  }
  for (const entry of off) {
    const { from, to } = entry.keys;
    if (from !== undefined && to !== undefined && realOf(to) < realOf(from)) {
      complain(from, to, entry.placeOf('to'));
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

function checkPeople(written: WrittenShifts, context: ShiftsContext): void {
  const { people, add, show } = context;
  const told = new Set<string>();
  for (const { text, place, works } of peopleNamed(written, show)) {
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
  const nearest = nearestWord(key, [...people.keys()]);
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

function* peopleNamed({ shifts, off, swaps }: WrittenShifts, show: ShiftsContext['show']): Generator<Named> {
  for (const { name, entry } of shifts) {
    const works = `the shift ${show(name)}`;
    const named = (text: Text, ...path: Path) => ({ text, place: entry.placeOf(...path), works });
    for (const { text, index } of entry.soundTexts('who')) yield named(text, 'who', index);
    yield* (entry.keys.rotate?.order ?? []).flatMap((turn, index) => {
      const path = ['rotate', 'order', index];
      if (!Array.isArray(turn)) return named(turn, ...path);
      return turn.map((text, place) => named(text, ...path, place));
    });
  }
  for (const entry of off) {
    if (entry.keys.who !== undefined) yield { text: entry.keys.who, place: entry.placeOf('who') };
  }
  for (const entry of swaps) {
    for (const side of ['out', 'in'] as const) {
      const text = entry.keys[side];
      if (text !== undefined) yield { text, place: entry.placeOf(side), works: 'a swap' };
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

function checkSwaps(written: WrittenShifts, { add, show }: ShiftsContext): void {
  const names = written.shifts.map(({ name }) => name);
  for (const entry of written.swaps) {
    const { shift } = entry.keys;
    if (shift === undefined || names.includes(realOf(shift))) continue;
    const nearest = nearestWord(realOf(shift), names);
    add({
      code: 'unknown-shift',
      message: `there is no shift ${show(shift)}`,
      hint:
        nearest === undefined
          ? `the shifts are: ${names.map(show).join(', ')}`
          : `did you mean ${show(nearest)}?`,
      place: entry.placeOf('shift'),
    });
  }
  const rota = rotaOf(written);
  const entries = written.swaps.filter(
    ({ keys: { date, shift, out, in: comesIn } }) =>
      date !== undefined && shift !== undefined && out !== undefined && comesIn !== undefined,
  );
  for (const { swap, fault } of new Roster(rota).faults()) {
    const entry = entries[rota.swaps.indexOf(swap)];
    if (!entry) continue;
    const { path, ...said } = SWAP_FAULTS[fault];
    add({ ...said, message: swapFault(swap, fault, entry.keys, show), place: entry.placeOf(path) });
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
