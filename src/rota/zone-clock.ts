import { Temporal } from 'temporal-polyfill';
import { dateOf } from '../model/rota/calendar.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Farther from a change of the clocks than this, a wall-clock time is one instant. */
const CALM = 2 * DAY;

/** The clocks of a zone. Instants are milliseconds since 1970, and wall-clock times a day and minutes of it. */
export class ZoneClock {
  readonly timeZone: string;
  /** The latest stretch without a change of the clocks. */
  #calm = { from: Number.POSITIVE_INFINITY, until: Number.NEGATIVE_INFINITY, offset: 0 };

  constructor(timeZone: string) {
    this.timeZone = timeZone;
  }

  /** A begin that exists twice is the first one. */
  beginAt(day: number, minutes: number): number {
    return this.#calmAt(day, minutes) ?? this.#instantOf(day, minutes, 'earlier');
  }

  /** An end that exists twice is the second one. */
  endAt(day: number, minutes: number): number {
    return this.#calmAt(day, minutes) ?? this.#instantOf(day, minutes, 'later');
  }

  dayOf(instant: number): number {
    const { year, month, day } = this.#zoned(instant);
    return Date.UTC(year, month - 1, day) / DAY;
  }

  /** A day later by the clocks: an hour more or less where they change. */
  aDayLater(instant: number): number {
    return this.#zoned(instant).add({ days: 1 }).epochMilliseconds;
  }

  /** Either bound of a time that does not exist is the first moment after the gap. */
  #instantOf(day: number, minutes: number, disambiguation: 'earlier' | 'later'): number {
    const wanted = Temporal.PlainDate.from(dateOf(day)).toPlainDateTime().add({ minutes });
    const found = wanted.toZonedDateTime(this.timeZone, { disambiguation });
    if (found.toPlainDateTime().equals(wanted)) return found.epochMilliseconds;
    const before = wanted.toZonedDateTime(this.timeZone, { disambiguation: 'earlier' });
    return (before.getTimeZoneTransition('next') ?? found).epochMilliseconds;
  }

  /** Asking the library for each time of a year takes long. `null`: the clocks change near it. */
  #calmAt(day: number, minutes: number): number | null {
    const wall = day * DAY + minutes * MINUTE;
    if (wall < this.#calm.from - CALM || wall >= this.#calm.until + CALM) this.#findCalm(wall);
    const { from, until, offset } = this.#calm;
    return wall >= from + CALM && wall < until - CALM ? wall - offset : null;
  }

  #findCalm(instant: number): void {
    const zoned = this.#zoned(instant);
    // A change at the very instant is its begin.
    const previous = this.#zoned(instant + 1).getTimeZoneTransition('previous');
    const next = zoned.getTimeZoneTransition('next');
    this.#calm = {
      from: previous?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
      until: next?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
      offset: zoned.offsetNanoseconds / 1_000_000,
    };
  }

  #zoned(instant: number) {
    return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(this.timeZone);
  }
}

/** The clocks of many zones, each made once. */
export class ZoneClocks {
  readonly #clocks = new Map<string, ZoneClock>();

  of(timeZone: string): ZoneClock {
    const known = this.#clocks.get(timeZone);
    if (known) return known;
    const clock = new ZoneClock(timeZone);
    this.#clocks.set(timeZone, clock);
    return clock;
  }
}
