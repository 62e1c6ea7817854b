import type { Clock } from '../chaport/calls/pacer.ts';
import type { CallSignals, ChaportReader } from '../chaport/client.ts';
import type { Kind } from '../model/kinds/index.ts';
import type { LiveEntry, LiveObject, LiveState } from '../model/live.ts';

/** No update or delete rests on an older reading. Milliseconds from its request on. */
export const FRESH = 2_000;

interface Index {
  byId: ReadonlyMap<string, LiveObject>;
  byKey: ReadonlyMap<string, readonly LiveObject[]>;
}

/** A list of the account as it was read at a time. Times are of the clock that never goes back. */
export class Reading {
  readonly list: string;
  readonly entries: readonly LiveEntry[];
  readonly askedAt: number;
  readonly arrivedAt: number;
  readonly #indexes = new Map<string, Index>();

  constructor(list: string, entries: readonly LiveEntry[], askedAt: number, arrivedAt: number) {
    this.list = list;
    this.entries = entries;
    this.askedAt = askedAt;
    this.arrivedAt = arrivedAt;
  }

  byId(kind: Kind, id: string | undefined): LiveObject | undefined {
    return id === undefined ? undefined : this.#index(kind).byId.get(id);
  }

  /** Every object with a key. */
  byKey(kind: Kind, key: string): readonly LiveObject[] {
    return this.#index(kind).byKey.get(key) ?? [];
  }

  isFresh(now: number): boolean {
    return now - this.askedAt <= FRESH;
  }

  /** A list that takes long is never fresh: it serves those that waited for it, right after it came. */
  servesWhoWaited(now: number): boolean {
    return this.isFresh(now) || (this.arrivedAt - this.askedAt > FRESH && now - this.arrivedAt <= FRESH);
  }

  #index(kind: Kind): Index {
    const known = this.#indexes.get(kind.name);
    if (known) return known;
    const objects = kind.live(this.entries);
    const byKey = new Map<string, LiveObject[]>();
    for (const object of objects) byKey.set(object.key, [...(byKey.get(object.key) ?? []), object]);
    const index = { byId: new Map(objects.map((object) => [object.id, object])), byKey };
    this.#indexes.set(kind.name, index);
    return index;
  }
}

export interface ReadingsOptions {
  reader: ChaportReader;
  clock: Clock;
  signals: CallSignals;
  /** What was read before. */
  seen: { live: LiveState; askedAt: number };
  /** Told of every reading. */
  onReading(reading: Reading): void;
}

/** The lists of the account, each read once for all that want it at the same time. */
export class Readings {
  readonly #options: ReadingsOptions;
  readonly #latest = new Map<string, Reading>();
  readonly #underWay = new Map<string, Promise<Reading>>();

  constructor(options: ReadingsOptions) {
    this.#options = options;
    const { live, askedAt } = options.seen;
    for (const [list, entries] of Object.entries(live)) {
      if (entries !== null) this.#latest.set(list, new Reading(list, entries, askedAt, askedAt));
    }
  }

  /** One on which a write may rest, if its turn comes soon. @throws {ChaportError} when the list cannot be read. */
  async fresh(list: string): Promise<Reading> {
    const latest = this.#latest.get(list);
    return latest?.isFresh(this.#options.clock.elapsed()) ? latest : this.anew(list);
  }

  /** One on which a write may rest now: the latest, or the one that it waited for. */
  serving(list: string, waitedFor: Reading | undefined): Reading | undefined {
    const now = this.#options.clock.elapsed();
    const latest = this.#latest.get(list);
    if (latest?.isFresh(now)) return latest;
    return waitedFor?.servesWhoWaited(now) ? waitedFor : undefined;
  }

  /** Asks the account, unless it is being asked. @throws {ChaportError} when the list cannot be read. */
  async anew(list: string): Promise<Reading> {
    const underWay = this.#underWay.get(list);
    if (underWay) return underWay;
    const reading = this.#read(list).finally(() => this.#underWay.delete(list));
    this.#underWay.set(list, reading);
    return reading;
  }

  /** @returns `undefined` where the list was never read. */
  peek(list: string): Reading | undefined {
    return this.#latest.get(list);
  }

  /** @throws {TypeError} where the list was never read. */
  latest(list: string): Reading {
    const reading = this.#latest.get(list);
    if (!reading) throw new TypeError(`${list} were not read`);
    return reading;
  }

  /** The latest of every list. */
  live(): LiveState {
    return Object.fromEntries([...this.#latest].map(([list, { entries }]) => [list, [...entries]]));
  }

  async #read(list: string): Promise<Reading> {
    const { reader, clock, signals, onReading } = this.#options;
    const askedAt = clock.elapsed();
    const live = await reader.readAccount(new Set([list]), signals);
    const reading = new Reading(list, live[list] ?? [], askedAt, clock.elapsed());
    this.#latest.set(list, reading);
    onReading(reading);
    return reading;
  }
}
