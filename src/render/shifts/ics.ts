import { foldLines, ICalCalendar, ICalEvent } from 'ical-generator';
import type { ShiftEntry } from '../../model/rota/document.ts';

/** One event a shift, person and day (RFC 5545, in UTC), by which a calendar knows it again. */
export function renderShiftsIcs(entries: readonly (ShiftEntry & { date: string })[], now: Date): string {
  const calendar = new ICalCalendar({ name: 'Shifts', prodId: { company: 'chaportctl', product: 'shifts' } });
  const events = entries.map(({ shift, who, date, from, until }) => {
    const event = new ICalEvent(
      {
        id: [date, shift, who].map(encodeURIComponent).join('/'),
        stamp: now,
        start: new Date(from),
        end: new Date(until),
        summary: `${shift}: ${who}`,
      },
      calendar,
    );
    return folded(`${event}`);
  });
  const [head = '', foot = ''] = `${calendar}`.split(/(?=END:VCALENDAR)/);
  return `${head}${events.join('')}${foot}\r\n`;
}

/** The library folds a whole calendar letter by letter; most events have no line to fold. */
function folded(event: string): string {
  return /^[\x20-\x7e]{75}|[^\r\n\x20-\x7e]/m.test(event) ? foldLines(event) : event;
}
