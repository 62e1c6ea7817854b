import { addressKey } from '../../model/addresses.ts';
import {
  type DayRange,
  parseDate,
  parseDates,
  parseDays,
  parseTime,
  parseTurn,
} from '../../model/rota/calendar.ts';
import type { CoverageRule, Hours, Rota, Shift } from '../../model/rota/rota.ts';
import { realOf, type Text, WrittenText } from '../../model/text.ts';
import { parseCount, parseDuration } from '../../model/text-rules.ts';
import type { Head } from '../schema/read-sections.ts';

/** Where neither the rota nor a rule says which clocks count: such files are complained of. */
const NO_ZONE = 'UTC';
const DEFAULT_GRACE = 3_600;

/** What the section says, without what is not sound in it. `null`: no file has it. */
export function rotaOf(head: Head): Rota | null {
  const { shifts: said } = head.keys;
  if (said === undefined) return null;
  const { timeZone, rota = {}, closed = [], off = [], swaps = [], handover, grace } = said;
  const shown = new Map<string, string>();
  const keyOf = (text: Text): string => {
    const key = keyOfPerson(text);
    if (text instanceof WrittenText) shown.set(key, text.shown);
    return key;
  };
  const zone = timeZone === undefined ? NO_ZONE : realOf(timeZone);
  return {
    timeZone: zone,
    shifts: Object.entries(rota).flatMap(([name, shift]) => {
      const hours = hoursOf(shift, zone);
      const who = whoOf(shift, keyOf);
      if (hours === null || who === null) return [];
      return { name, ...hours, who, source: head.sourceOf('shifts', 'rota', name) };
    }),
    closed: closed.map((dates) => parseDates(realOf(dates)) as DayRange),
    off: off.flatMap(({ who, from, to, note }) => {
      if (who === undefined || from === undefined || to === undefined) return [];
      const range = { first: parseDate(realOf(from)) ?? 0, last: parseDate(realOf(to)) ?? 0 };
      return { who: keyOf(who), ...range, ...(note === undefined ? {} : { note: String(note) }) };
    }),
    swaps: swaps.flatMap(({ date, shift, out, in: comesIn }, index) => {
      if (date === undefined || shift === undefined || out === undefined || comesIn === undefined) return [];
      return {
        date: parseDate(realOf(date)) ?? 0,
        shift: realOf(shift),
        out: keyOf(out),
        in: keyOf(comesIn),
        index,
      };
    }),
    handover: handover !== undefined && realOf(handover) === 'enforce' ? 'enforce' : 'start',
    grace: (grace === undefined ? null : parseDuration(plainOf(grace))) ?? DEFAULT_GRACE,
    shown,
  };
}

export function keyOfPerson(text: Text): string {
  return addressKey(realOf(text));
}

type SaidShift = NonNullable<NonNullable<Head['keys']['shifts']>['rota']>[string];

function whoOf({ who, rotate }: SaidShift, keyOf: (text: Text) => string): Shift['who'] | null {
  if (who !== undefined) return [...new Set(who.map(keyOf))];
  if (rotate === undefined) return null;
  return {
    every: parseTurn(realOf(rotate.every)) ?? 1,
    since: parseDate(realOf(rotate.since)) ?? 0,
    order: rotate.order.map((turn) => [...new Set((Array.isArray(turn) ? turn : [turn]).map(keyOf))]),
  };
}

/** The rules of the policy; those without a zone of their own take the rota's. */
export function coverageOf(head: Head, rota: Rota | null): CoverageRule[] {
  return (head.keys.policy?.coverage ?? []).flatMap((rule, index) => {
    const hours = hoursOf(rule, rota?.timeZone ?? NO_ZONE);
    if (hours === null) return [];
    return {
      name: String(rule.name),
      ...hours,
      online: parseCount(plainOf(rule.online)) ?? 1,
      onClosedDays: rule.closed !== undefined,
      source: head.sourceOf('policy', 'coverage', index),
    };
  });
}

interface WrittenHours {
  days?: Text | readonly Text[] | undefined;
  from?: Text | undefined;
  to?: Text | undefined;
  timeZone?: Text | undefined;
}

function hoursOf({ days, from, to, timeZone }: WrittenHours, zone: string): Hours | null {
  if (days === undefined || from === undefined || to === undefined) return null;
  const listed = Array.isArray(days) ? (days as Text[]) : [days as Text];
  return {
    days: new Set(listed.flatMap((text) => [...(parseDays(realOf(text)) ?? [])])),
    from: parseTime(realOf(from)) ?? 0,
    to: parseTime(realOf(to)) ?? 0,
    timeZone: timeZone === undefined ? zone : realOf(timeZone),
  };
}

function plainOf(written: Text | number): string | number {
  return typeof written === 'number' ? written : realOf(written);
}
