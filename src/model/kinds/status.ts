import * as z from 'zod';
import { addressKey, movedFromAddress } from '../addresses.ts';
import type { Change, Effect } from '../change.ts';
import { map, oneOf, orReference, REFERENCE_PATTERN, textThat } from '../field-schemas.ts';
import type { Duty, OnShift } from '../rota/rota.ts';
import type { Source } from '../source.ts';
import { realOf, respell, type Text, textOf, type Values, WrittenText } from '../text.ts';
import { endOf, parseDuration } from '../text-rules.ts';
import { quoted, type WrittenEntry, type WrittenSection } from '../written-entry.ts';
import {
  type CheckContext,
  defineKind,
  type EntryComplaint,
  type EntryPlace,
  type EntryReader,
  type Filled,
  type ImpactItem,
} from './kind.ts';
import type { EffectCode } from './names.ts';
import { isStatusWord, oddStatus, shortStatus } from './odd-values.ts';

/** The words that are known. The vendor has no closed list, so any other plain word may be one too. */
export const STATUS_VALUES = ['online', 'away', 'offline', 'invisible'] as const;

/** Seconds a status holds where neither the entry nor `defaults.status` says; the length of the API's own example. */
export const DEFAULT_STATUS_TTL = 28_800;

/** What of an operator's entry, and of a live operator, a status is about. */
type StatusBearer = { email: Text; movedFrom?: Text; absent: boolean; status?: DesiredStatus };
type LiveStatusBearer = {
  id: string;
  email: string;
  name: string | null;
  lastStatus: string | null;
  realStatus: string | null;
  deactivated?: boolean;
};

/** Exactly one of `ttl` (seconds) and `until` (RFC 3339, as written) is set. */
export interface DesiredStatus {
  value: string;
  ttl?: number;
  until?: string;
  /** `initial`: set only when the plan creates the operator. */
  mode: 'enforce' | 'initial';
  /** The rota asks for it. */
  onShift?: OnShift;
  source: Source;
}
const DURATION_EXPECTED = 'a duration such as 45s, 30m, 8h or 2d, or a number of seconds, at most 366 days';
export function durationOf() {
  return z
    .union(
      [
        z.string().meta(orReference('^([1-9][0-9]*[smhd]|[0-9]+)$')),
        z.number().meta({ minimum: 1, multipleOf: 1 }),
      ],
      { error: DURATION_EXPECTED },
    )
    .refine((written) => parseDuration(written) !== null, { error: DURATION_EXPECTED });
}

const ttl = durationOf().meta({
  title: 'Holds for',
  description:
    'How long the status holds after it was set: seconds as a number, or 45s, 30m, 8h, 2d. Either this or `until`.',
  examples: ['8h', '2d', 28800],
});
const until = textThat(
  (text) => endOf(text) !== null,
  'a date such as 2026-12-24, or a date and time with seconds and a zone such as 2026-12-24T18:00:00Z',
).meta({
  ...orReference(
    '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})|(Z|[+-]\\d{2}:\\d{2})?)$',
  ),
  title: 'Holds until',
  description:
    'The time (RFC 3339) up to which the status holds, or its last day: a date alone ends at the next midnight, in UTC or in the offset behind it. Once it is in the past, the status is left alone. Either this or `ttl`.',
  examples: ['2026-12-24T18:00:00Z', '2026-12-24+01:00'],
});
const mode = oneOf(['enforce', 'initial']).meta({
  title: 'Mode',
  description:
    '`enforce` sets the status whenever the live one differs; `initial` only when the same plan creates the operator, so that a toggle by the person is no drift.',
  examples: ['enforce', 'initial'],
  default: 'enforce',
});
const VALUES_EXPECTED = 'online, away, offline or invisible';
const statusValue = textThat((text) => isStatusWord(text, STATUS_VALUES), VALUES_EXPECTED).meta({
  anyOf: [{ enum: STATUS_VALUES }, { pattern: '^[a-z][a-z-]*$' }, { pattern: REFERENCE_PATTERN }],
});

const statusShape = {
  value: statusValue
    .meta({
      title: 'Status',
      description: 'The status to set. It decides who gets new chats.',
      examples: ['online', 'away', 'offline', 'invisible'],
    })
    .optional(),
  ttl: ttl.optional(),
  until: until.optional(),
  mode: mode.optional(),
};

const statusMap = map(statusShape);

export const status = z
  .union([statusValue, statusMap], {
    error: `${VALUES_EXPECTED}, or the keys value, ttl, until and mode below it`,
  })
  .meta({
    title: 'Status',
    description:
      'The status this operator should have: a word, or keys that also say how long it holds. Left out: not managed, unless `defaults.status` has a value.',
    examples: ['online', { value: 'online', ttl: '8h' }, { value: 'away', until: '2026-12-24T18:00:00Z' }],
  });

export const statusDefaults = z
  .union([statusValue, statusMap], {
    error: `${VALUES_EXPECTED}, or the keys value, ttl, until and mode below it`,
  })
  .meta({
    title: 'Status defaults',
    description:
      'How long statuses hold, and their mode, where a person’s own does not say. With a `value`, everybody without a status gets one.',
    examples: [{ ttl: '12h' }, 'online'],
  });

type WrittenStatus = Filled<z.infer<typeof statusMap>>;
/** An entry of the section that statuses are a part of. */
type Entry = EntryReader<{ status?: z.infer<typeof status> | undefined }>;

/** The status of an entry, or null where neither it nor the defaults have a value. */
export function readStatus(entry: Entry, defaults: unknown): DesiredStatus | null {
  const written = entry.keys.status;
  const own = isWord(written) ? { value: written } : ((written ?? {}) as WrittenStatus);
  const filler = fillerOf(defaults);
  const value = own.value ?? filler.value;
  if (value === undefined) return null;
  return {
    value: realOf(value),
    ...lifetimeOf(own, filler),
    mode: realOf(own.mode ?? filler.mode ?? 'enforce') as DesiredStatus['mode'],
    source: entry.hasOwn('status') ? entry.sourceOfKey('status') : entry.sourceOf(),
  };
}

/** Where an entry sets a status that shifts would fight with: one only for a new operator stands beside them. */
export function ownStatus(entry: Entry, defaults: unknown): EntryPlace | null {
  const written = entry.keys.status;
  if (written === undefined) return null;
  const own = isWord(written) ? {} : (written as WrittenStatus);
  const mode = own.mode ?? fillerOf(defaults).mode;
  return mode !== undefined && realOf(mode) === 'initial' ? null : { path: ['status'], mark: 'key' };
}

/** As with an entry, a word alone says the value. */
function fillerOf(defaults: unknown): WrittenStatus {
  return isWord(defaults as Entry['keys']['status'])
    ? { value: defaults as Text }
    : ((defaults ?? {}) as WrittenStatus);
}

function secondsOf(written: Text | number): number | null {
  return parseDuration(typeof written === 'number' ? written : realOf(written));
}

function isWord(written: Entry['keys']['status']): written is Text {
  return typeof written === 'string' || written instanceof WrittenText;
}

/** What the entry says, be it `ttl` or `until`, wins over whatever the defaults say. */
function lifetimeOf(own: WrittenStatus, defaults: WrittenStatus): { ttl: number } | { until: string } {
  const { ttl: written, until: end } = own.ttl === undefined && own.until === undefined ? defaults : own;
  if (end !== undefined) return { until: endOf(realOf(end)) ?? realOf(end) };
  const seconds = written === undefined ? null : secondsOf(written);
  return { ttl: seconds ?? DEFAULT_STATUS_TTL };
}

export function checkStatus(entry: Entry, { defaults, hasAllDefaults }: CheckContext): EntryComplaint[] {
  const written = entry.keys.status;
  if (written === undefined) return [];
  if (isWord(written)) return oddStatus(written, STATUS_VALUES, { path: ['status'] });
  const own = written as WrittenStatus;
  const complaints = checkLifetime(own, ['status']);
  const filler = fillerOf(defaults.status);
  if (own.value === undefined && filler.value === undefined && hasAllDefaults) {
    complaints.push({
      code: 'missing-key',
      message: '"status" has no "value", and neither have the defaults',
      hint: `add value: ${VALUES_EXPECTED}`,
      place: { path: ['status'], mark: 'key' },
    });
  }
  return complaints;
}

export function checkDefaultStatus({ status: written }: Readonly<Record<string, unknown>>): EntryComplaint[] {
  if (written === undefined) return [];
  if (isWord(written as Entry['keys']['status'])) {
    return oddStatus(written as Text, STATUS_VALUES, { path: ['status'] });
  }
  return checkLifetime(written as WrittenStatus, ['status']);
}

function checkLifetime(
  { value, ttl: length, until: end }: WrittenStatus,
  path: readonly string[],
): EntryComplaint[] {
  const odd = [
    ...oddStatus(value, STATUS_VALUES, { path: [...path, 'value'] }),
    ...(length === undefined ? [] : shortStatus(secondsOf(length), length, { path: [...path, 'ttl'] })),
  ];
  if (length === undefined || end === undefined) return odd;
  return [
    ...odd,
    {
      code: 'ttl-and-until',
      message: 'a status holds for a time or until a time, and this one has both "ttl" and "until"',
      hint: 'keep one of the two',
      place: { path: [...path, 'until'], mark: 'key' },
      related: { message: 'the "ttl" is here', place: { path: [...path, 'ttl'], mark: 'key' } },
    },
  ];
}

/** An operator's status, set apart from the operator (B). It is part of them: always there, only ever updated. */
export const statusKind = defineKind({
  name: 'status',
  noun: { one: 'status', many: 'statuses' },
  list: 'operators',
  section: null,
  partOf: 'operator',
  fields: { email: 'text', status: 'word' },
  keyInWords: 'the key of a status is the e-mail address of its operator',
  keyFields: ['email'],
  deleteShows: [],
  incidental: [],
  about: ['name', 'realStatus'],
  introduction: [],
  passing: true,
  calledBy: 'name',
  holdsUntil: ({ validUntil }) => (typeof validUntil === 'string' ? validUntil : null),
  createDefaults: {},
  createNeeds: [],
  clearable: [],
  liveDuplicates: 'error',
  desired: (entries: readonly StatusBearer[], _owner, duty) =>
    entries.flatMap(({ email, movedFrom, absent, status }) => {
      const wish = absent ? undefined : (shiftStatus(email, duty) ?? besideShifts(email, status, duty));
      return wish ? [desiredStatus(email, movedFrom, wish)] : [];
    }),
  isInNameOnly: ({ onShift }, { readOnly }) => onShift !== undefined && readOnly.realStatus !== undefined,
  live: (entries: readonly LiveStatusBearer[]) =>
    entries.map(({ id, email, name, lastStatus, realStatus, deactivated }) => ({
      key: addressKey(email),
      id,
      fields: { email, status: lastStatus },
      // What visitors see of them. Where nobody can log in it says nothing.
      readOnly: {
        name,
        ...(realStatus === null || realStatus === lastStatus || deactivated ? {} : { realStatus }),
      },
    })),
  pruneGlobs: () => [],
  normalise: (fields) => fields,
  keyParts: ({ email = '' }) => [respell(textOf(email), addressKey)],
  globText: (fields) => addressKey(String(fields.email)),
  globs: 'email',
  hideCredentials: (fields) => fields,
  phases: [
    {
      phase: 'set',
      has: (change) => change.action === 'update',
      needs: (change, earlier) =>
        change.action === 'update' &&
        change.id === undefined &&
        earlier.kind === 'operator' &&
        earlier.action === 'create' &&
        earlier.key === change.key,
    },
  ],
  effects: ({ after }): Effect<EffectCode<'status'>>[] => [
    { code: 'sets-status', text: ['holds', ...lifetimeInWords(after)].join(' ') },
  ],
  impact: (changes) => [
    {
      title: 'Status changes',
      gravity: 'plain',
      items: changes.map((change) => ({ name: change.key, ...statusSides(change) })),
    },
  ],
  headline: (changes) => [
    { before: 'set ', count: changes.length, noun: { one: 'status', many: 'statuses' } },
  ],
  mustBeSeen: () => false,
  inBrief: statusSides,
});

/** What an export says of statuses beside the entries that bear them. */
export function writeStatusDefaults(kinds: readonly string[]): Pick<WrittenSection, 'defaults' | 'notes'> {
  if (!kinds.includes('status')) {
    const absence =
      'Statuses are not in here: people set their own, and they expire. "export --kind status" writes them.';
    return { defaults: {}, notes: { file: [absence], defaults: [] } };
  }
  const alternative =
    '"mode: initial" would set a status only when the operator is created, and leave later toggles alone.';
  return {
    defaults: { status: { ttl: formatDuration(DEFAULT_STATUS_TTL), mode: 'enforce' } },
    notes: { file: [], defaults: [alternative] },
  };
}

/** Adds a live status to its bearer's entry. `filled`: what `defaults` give. */
export function writeStatus(
  entry: WrittenEntry,
  live: string | null,
  { kinds, filled }: { kinds: readonly string[]; filled: DesiredStatus | undefined },
): void {
  if (filled && filled.mode !== 'initial') {
    // The person's own toggle is left alone.
    if (live !== filled.value) entry.keys.status = { mode: 'initial' };
  } else if (kinds.includes('status') && live !== null) {
    if (statusValue.safeParse(live).success) entry.keys.status = live;
    else entry.notes.push(`The account has the status ${quoted(live)} here, which a file cannot say.`);
  }
}

/** Whoever is on shift is to be online until it ends. */
function shiftStatus(email: Text, duty: Duty | undefined): DesiredStatus | undefined {
  const onShift = duty?.onShift.get(addressKey(realOf(email)));
  if (!onShift) return undefined;
  const { until: end, source } = onShift;
  return { value: 'online', until: end, mode: 'enforce', onShift, source };
}

/** What `defaults` give to everyone gives way to shifts. */
function besideShifts(
  email: Text,
  wish: DesiredStatus | undefined,
  duty: Duty | undefined,
): DesiredStatus | undefined {
  const hasShifts = duty?.people.has(addressKey(realOf(email))) ?? false;
  return hasShifts && wish?.mode === 'enforce' ? undefined : wish;
}

function desiredStatus(email: Text, movedFrom: Text | undefined, wish: DesiredStatus) {
  const extras: Values = wish.until === undefined ? { ttl: wish.ttl ?? null } : { validUntil: wish.until };
  return {
    key: addressKey(realOf(email)),
    ...movedFromAddress(movedFrom),
    absent: false,
    fields: { email, status: wish.value },
    extras,
    onlyAtCreation: wish.mode === 'initial',
    ...(wish.until === undefined ? {} : { until: wish.until }),
    ...(wish.onShift === undefined ? {} : { onShift: wish.onShift }),
    source: wish.source,
  };
}

/** `offline → online for 12h`; only the new one where the operator is new. */
function statusSides({ fields, after, about }: Change): ImpactItem {
  const field = fields.find(({ path }) => path === 'status');
  const [note] = lifetimeInWords(after);
  // Where the field is as wished already, it is what visitors see that differs.
  const { before, after: becomes } = field ?? {
    before: about?.realStatus ?? null,
    after: after?.status ?? null,
  };
  return {
    sides: { before: before ? String(before) : null, after: becomes ? String(becomes) : null },
    ...(note === undefined ? {} : { note }),
  };
}

function lifetimeInWords(after: Values | null): string[] {
  if (typeof after?.validUntil === 'string') return [`until ${after.validUntil}`];
  return typeof after?.ttl === 'number' ? [`for ${formatDuration(after.ttl)}`] : [];
}

const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
] as const;

/** Seconds in the largest unit that divides them: `43200` → `12h`, `90` → `90s`. */
export function formatDuration(seconds: number): string {
  for (const [unit, size] of UNITS) {
    if (seconds >= size && seconds % size === 0) return `${seconds / size}${unit}`;
  }
  return `${seconds}s`;
}
