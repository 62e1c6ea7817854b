import { ICalCalendar } from 'ical-generator';
import type { ShiftEntry } from '../../model/rota/document.ts';

/** One event a shift, person and day (RFC 5545, in UTC), by which a calendar knows it again. */
export function renderShiftsIcs(entries: readonly (ShiftEntry & { date: string })[], now: Date): string {
  const calendar = new ICalCalendar({ name: 'Shifts', prodId: { company: 'chaportctl', product: 'shifts' } });
  for (const { shift, who, date, from, until } of entries) {
    calendar.createEvent({
      id: [date, shift, who].map(encodeURIComponent).join('/'),
      stamp: now,
      start: new Date(from),
      end: new Date(until),
      summary: `${shift}: ${who}`,
    });
  }
  return `${calendar}\r\n`;
}
