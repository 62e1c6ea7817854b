import * as z from 'zod';
import type { Change } from '../change.ts';
import type { DesiredObject } from '../desired.ts';
import { escapeForTerminal } from '../escape.ts';
import { map, oneOf, orReference, state, textThat, webhookUrl } from '../field-schemas.ts';
import type { Source } from '../source.ts';
import { holdsSecret, realOf, respell, secretNamesIn, type Text, textOf, WrittenText } from '../text.ts';
import { EVENT_NAME, isWebhookUrl } from '../text-rules.ts';
import {
  hideUrlCredentials,
  isLoopbackHost,
  keylessForm,
  lookAlikeForm,
  normaliseUrl,
  urlFrom,
  withoutKeys,
  withoutQuery,
} from '../urls.ts';
import {
  commonValue,
  inOrder,
  type LeftOut,
  quoted,
  type WriteOptions,
  type WrittenEntry,
  type WrittenSection,
} from '../written-entry.ts';
import {
  defineKind,
  type EntryIdentity,
  type EntryReader,
  type Filled,
  type HeadlineClause,
  isAbsent,
  type Section,
} from './kind.ts';
import { KNOWN_EVENTS, oddEvent } from './odd-values.ts';
import { isExtraCopy, reachOf, sendingEffects, sendingImpact } from './webhook-sending.ts';

/** One event to one URL (grade B). A missing `essential` is `false`. */
export interface LiveWebhook {
  id: string;
  /** Several of them stand here one after the other. */
  event: string;
  /** Where it has several (C). */
  events?: readonly string[];
  targetUrl: string;
  essential: boolean;
}

/** One subscription: an entry of the file gives one for each of its events. `targetUrl` is normalised. */
export interface DesiredWebhook {
  event: Text;
  targetUrl: Text;
  /** The normalised URL that this subscription had before. */
  movedFrom?: Text;
  absent: boolean;
  essential?: boolean;
  /** `path`: the query is no part of the identity, so that a changed key is an update in place. */
  identity?: 'path';
  source: Source;
}

/** One subscription is one event to one URL (B). The URL is one that `normaliseUrl` has seen. */
export function webhookKey(event: string, targetUrl: string): string {
  return `${event} ${targetUrl}`;
}

const essential = z.boolean({ error: 'true or false' }).meta({
  title: 'Essential',
  description: 'Whether the account treats this subscription as essential.',
  examples: [true, false],
});
const identity = oneOf(['url', 'path']).meta({
  title: 'Identity',
  description:
    '`path`: the query is no part of the identity, so that a changed key in it updates the subscriptions in place. `url`: another query is another subscription.',
  examples: ['path', 'url'],
  default: 'url',
});
const event = textThat((text) => EVENT_NAME.test(text), 'an event name with dots such as chat.started').meta({
  anyOf: [{ enum: KNOWN_EVENTS }, ...orReference(EVENT_NAME.source).anyOf],
});

const schema = map({
  url: webhookUrl.meta({
    title: 'URL',
    description:
      'Where the events are sent. Put a key in it as ${secret:NAME}. URLs that differ only in host case, default port or an empty path are the same.',
    examples: ['https://hooks.acme.example/chaport?key=${secret:HOOK_KEY}'],
  }),
  movedFrom: webhookUrl
    .meta({
      title: 'Previous URL',
      description: 'The URL these subscriptions had: they are pointed at the new one in place.',
      examples: ['https://old.acme.example/chaport'],
    })
    .optional(),
  events: z
    .array(event, { error: 'a list of event names such as [chat.started]' })
    .min(1, { error: 'a list with at least one event, such as [chat.started]' })
    .meta({
      title: 'Events',
      description: 'What is sent to the URL: one subscription for each event.',
      examples: [['chat.started', 'chat.finished']],
    }),
  essential: essential.optional(),
  identity: identity.optional(),
  state: state
    .meta({
      title: 'State',
      description: '`absent` deletes these subscriptions, whatever `policy.prune` says.',
      examples: ['present', 'absent'],
      default: 'present',
    })
    .optional(),
}).meta({
  title: 'Webhook',
  description: 'The events that are sent to one URL.',
  examples: [{ url: 'https://hooks.acme.example/chaport', events: ['chat.started'] }],
});

const defaults = map({ essential: essential.optional(), identity: identity.optional() }).meta({
  title: 'Webhook defaults',
  description: 'Fields of every webhook for which they are left out.',
  examples: [{ essential: false }],
});

type Written = z.infer<typeof schema>;
type Entry = EntryReader<Written>;

const section: Section<Written, DesiredWebhook> = {
  name: 'webhooks',
  title: 'Webhooks',
  description: 'The webhook subscriptions. Left out: webhooks are not managed.',
  examples: [[{ url: 'https://hooks.acme.example/chaport', events: ['chat.started'] }]],
  schema,
  key: 'url',
  keyOf: (url) => normaliseUrl(realOf(url)),
  apartBy: 'events',
  defaults: { webhook: defaults },
  read: readWebhook,
  identities: webhookIdentities,
  duplicateCode: 'duplicate-webhook',
  repetition: ([name]) => ({
    code: 'repeated-event',
    message: `the event ${name} stands twice in this webhook`,
    hint: 'remove one of the two: the account would get the event twice',
  }),
  check: (entry) =>
    entry.soundTexts('events').flatMap(({ text, index }) => oddEvent(text, { path: ['events', index] })),
  bare: { url: 'https://chaportctl.invalid/probe', events: ['probe.event'] },
  write: writeWebhooks,
};

export const webhookKind = defineKind({
  name: 'webhook',
  noun: { one: 'webhook', many: 'webhooks' },
  list: 'webhooks',
  section,
  fields: { event: 'text', targetUrl: 'address', essential: 'word' },
  keyInWords: 'the key of a webhook is its event, a blank and its URL',
  keyFields: ['event', 'targetUrl'],
  deleteShows: ['event', 'targetUrl', 'essential'],
  incidental: [],
  about: [],
  introduction: [],
  leftBehind: 'still receives',
  passing: false,
  createDefaults: { essential: false },
  createNeeds: [],
  clearable: [],
  partsInWords: 'several events',
  liveDuplicates: 'surplus',
  desired: (entries: readonly DesiredWebhook[]) => entries.map(desiredWebhook),
  live: (entries: readonly LiveWebhook[]) =>
    entries.map(({ id, event: name, events, targetUrl, essential: flag }) => {
      const url = normaliseUrl(targetUrl);
      const fields = { event: name, targetUrl: url, essential: flag };
      const parts = events?.map((part) => ({ ...fields, event: part }));
      return { key: webhookKey(name, url), id, fields, readOnly: {}, ...(parts ? { parts } : {}) };
    }),
  pruneGlobs: (policy) => policy.prune.webhooks ?? [],
  normalise: (fields) => ({ ...fields, targetUrl: normaliseUrl(String(fields.targetUrl)) }),
  keyParts: ({ event: name = '', targetUrl = '' }) => [textOf(name), textOf(targetUrl)],
  looseKey: ({ event: name, targetUrl }) => webhookKey(String(name), withoutQuery(String(targetUrl))),
  lookAlikeKey: ({ event: name, targetUrl }, loose) =>
    webhookKey(String(name), lookAlikeForm(loose ? withoutQuery(String(targetUrl)) : String(targetUrl))),
  globText: (fields) => String(fields.targetUrl),
  globs: 'url',
  hideCredentials: (fields) => ({ ...fields, targetUrl: hideUrlCredentials(String(fields.targetUrl)) }),
  phases: [
    { phase: 'make', has: ({ action }) => action !== 'delete' },
    {
      phase: 'break',
      has: ({ action }) => action === 'delete',
      needs: (_change, earlier) => earlier.kind === 'webhook' && earlier.action !== 'delete',
    },
  ],
  replacement: {
    isMeant: true,
    likeness: ({ event: name, targetUrl }) => webhookKey(String(name), withoutKeys(String(targetUrl))),
    besideKeys: ({ event: name, targetUrl }) => webhookKey(String(name), keylessForm(String(targetUrl))),
    inPlace: (desired, other) =>
      withoutQuery(String(desired.targetUrl)) === withoutQuery(String(other.targetUrl))
        ? 'write `identity: path` in the webhook (or `movedFrom` with its URL)'
        : 'write `movedFrom` with its URL in the webhook',
  },
  reach: reachOf,
  effects: sendingEffects,
  impact: sendingImpact,
  headline: webhookHeadline,
  mustBeSeen: ({ action }) => action === 'delete',
  isExtraCopy,
});

function readWebhook(entry: Entry, { webhook }: Readonly<Record<string, unknown>>): DesiredWebhook[] {
  const filler = fillerOf(webhook);
  const { url, movedFrom, events, essential: flag = filler.essential } = entry.keys;
  if (url === undefined || events === undefined) return [];
  const absent = isAbsent(entry);
  const targetUrl = respell(url, normaliseUrl);
  const byPath = isByPath(entry, filler);
  const previous = movedFrom === undefined ? undefined : respell(movedFrom, normaliseUrl);
  return events.map((name, index) => ({
    event: name,
    targetUrl,
    absent,
    ...(previous === undefined || absent ? {} : { movedFrom: previous }),
    ...(flag === undefined || absent ? {} : { essential: flag }),
    ...(byPath ? { identity: 'path' as const } : {}),
    source: entry.ownSourceOf('events', index),
  }));
}

type Filler = Filled<Partial<z.infer<typeof defaults>>>;

function fillerOf(defaults: unknown): Filler {
  return (defaults ?? {}) as Filler;
}

function isByPath({ keys }: Entry, filler: Filler): boolean {
  const wish = keys.identity ?? filler.identity;
  return wish !== undefined && realOf(wish) === 'path';
}

function webhookIdentities(entry: Entry, { webhook }: Readonly<Record<string, unknown>>): EntryIdentity[] {
  const { url, movedFrom } = entry.keys;
  if (url === undefined) return [];
  const moves = movedFrom !== undefined && !isAbsent(entry);
  const byPath = isByPath(entry, fillerOf(webhook));
  const keyOf = (name: Text, address: Text) => {
    const normalised = normaliseUrl(realOf(address));
    return webhookKey(realOf(name), byPath ? withoutQuery(normalised) : normalised);
  };
  return entry.soundTexts('events').map(({ text: name, index }) => ({
    key: keyOf(name, url),
    words: [name, url],
    ...(moves ? { previousKey: keyOf(name, movedFrom), previousWords: [name, movedFrom] } : {}),
    path: ['events', index],
  }));
}

function desiredWebhook({
  event: name,
  targetUrl,
  movedFrom,
  absent,
  essential: flag,
  identity: wish,
  source,
}: DesiredWebhook): DesiredObject {
  const identified = (address: Text) => (wish === 'path' ? pathOnly(address) : address);
  const placed = (address: Text) => ({
    key: webhookKey(realOf(name), realOf(address)),
    fields: { event: name, targetUrl: address },
  });
  const own = placed(identified(targetUrl));
  return {
    key: own.key,
    ...(wish === 'path' ? { identity: own.fields } : {}),
    ...(movedFrom === undefined ? {} : { previous: placed(identified(movedFrom)) }),
    absent,
    fields: { event: name, targetUrl, ...(flag === undefined ? {} : { essential: flag }) },
    extras: {},
    source,
  };
}

/** Without its query, also as it is shown. */
function pathOnly(url: Text): Text {
  if (!(url instanceof WrittenText)) return withoutQuery(url);
  const shown = withoutQuery(url.shown);
  return new WrittenText(withoutQuery(url.real), shown, secretNamesIn(shown));
}

/** Subscriptions that one entry holds. */
interface WebhookGroup {
  url: string;
  essential: boolean;
  webhooks: LiveWebhook[];
  /** Of these the group has one with the same event. */
  extra: LiveWebhook[];
}

/** One entry for each URL and `essential`, with its events. */
function writeWebhooks(
  webhooks: readonly LiveWebhook[],
  { files, writeUrl }: WriteOptions<DesiredWebhook>,
): WrittenSection {
  const common = files ? undefined : commonValue(webhooks.map(({ essential: flag }) => flag));
  const filled = files?.bare.essential ?? common;
  const present = new Set(files?.entries.map((entry) => desiredWebhook(entry).key));
  const isSecond = ({ event: name, targetUrl }: LiveWebhook) =>
    present.has(webhookKey(name, normaliseUrl(targetUrl)));
  const { groups, leftOut } = grouped(webhooks.filter((webhook) => !isSecond(webhook)));
  const asInFiles = urlsWithSecrets(files?.entries ?? []);
  const seconds = webhooks.filter(isSecond).map(({ event: name, id }) => ({
    what: `the webhook ${quoted(name)} (id ${escapeForTerminal(id)})`,
    why: 'the files have it already, and the account has it twice: delete one in the Chaport app',
  }));
  return {
    entries: groups.map((group) =>
      webhookEntry(group, asInFiles.get(normaliseUrl(group.url)) ?? writeUrl(group.url), filled),
    ),
    leftOut: [...leftOut, ...seconds],
    defaults: common === undefined ? {} : { webhook: { essential: common } },
    notes: { file: [], defaults: [] },
  };
}

function grouped(webhooks: readonly LiveWebhook[]): { groups: WebhookGroup[]; leftOut: LeftOut[] } {
  const leftOut: LeftOut[] = [];
  const groups = new Map<string, WebhookGroup>();
  const groupOf = new Map<string, WebhookGroup>();
  const placeOf = ({ targetUrl, event: name, id }: LiveWebhook) =>
    `${normaliseUrl(targetUrl)}\n${name}\n${id}`;
  for (const webhook of inOrder(webhooks, placeOf)) {
    const { event: name, targetUrl, essential: flag } = webhook;
    const url = sayableUrl(targetUrl);
    if (url === null || !event.safeParse(name).success) {
      const why = url === null ? whyNoUrl(targetUrl) : 'this is no event name that a file may hold';
      leftOut.push({ what: describeWebhook(webhook), why });
      continue;
    }
    const key = webhookKey(name, normaliseUrl(url));
    const twin = groupOf.get(key);
    if (twin) {
      twin.extra.push(webhook);
      continue;
    }
    const place = `${flag} ${normaliseUrl(url)}`;
    const group = groups.get(place) ?? { url, essential: flag, webhooks: [], extra: [] };
    groups.set(place, group);
    groupOf.set(key, group);
    group.webhooks.push(webhook);
  }
  return { groups: [...groups.values()], leftOut };
}

/** The URLs that the files write with a secret in them, by what they are. */
function urlsWithSecrets(entries: readonly DesiredWebhook[]): Map<string, string> {
  const urls = entries.flatMap(({ targetUrl, movedFrom = '' }) => [targetUrl, movedFrom]);
  return new Map(urls.filter(holdsSecret).map(({ real, shown }) => [normaliseUrl(real), shown]));
}

/** More ids than these stand beside their events. */
const MOST_IDS = 3;

function webhookEntry(
  { essential: flag, webhooks, extra }: WebhookGroup,
  url: string,
  filled: boolean | undefined,
): WrittenEntry {
  const ids = webhooks.map(({ id }) => escapeForTerminal(id));
  const events = ids.map((id) => `id ${id}`);
  const remark = `${ids.length === 1 ? 'id' : 'ids'} ${ids.join(', ')}`;
  return {
    keys: {
      url,
      events: webhooks.map(({ event: name }) => name),
      ...(flag === filled ? {} : { essential: flag }),
    },
    notes: extra.map(
      ({ event: name, id }) =>
        `The account has ${quoted(name)} once more (id ${escapeForTerminal(id)}), so it arrives twice: delete one in the Chaport app.`,
    ),
    ...(ids.length <= MOST_IDS ? { remark } : { itemRemarks: { events } }),
  };
}

function describeWebhook({ event: name, targetUrl, id }: LiveWebhook): string {
  return `the webhook ${quoted(name)} to ${quoted(hideUrlCredentials(targetUrl))} (id ${escapeForTerminal(id)})`;
}

/** The spelling of a live URL that a file may hold and that means the same; `null` where there is none. */
function sayableUrl(url: string): string | null {
  const normalised = normaliseUrl(url);
  const fits = (spelling: string) => isWebhookUrl(spelling) && normaliseUrl(spelling) === normalised;
  return [url, normalised].find(fits) ?? null;
}

function whyNoUrl(url: string): string {
  const parsed = urlFrom(url);
  return parsed?.protocol === 'http:' && !isLoopbackHost(parsed.hostname)
    ? 'a file takes https: only'
    : 'this is no URL that a file may hold';
}

function webhookHeadline(changes: readonly Change[]): HeadlineClause[] {
  return (['create', 'update', 'delete'] as const).map((action) => ({
    before: `${action} `,
    count: changes.filter((change) => change.action === action).length,
    noun: webhookKind.noun,
  }));
}
