import * as z from 'zod';
import type { Change, Effect } from '../change.ts';
import type { DesiredObject } from '../desired.ts';
import { escapeForTerminal } from '../escape.ts';
import { map, orReference, state, textThat, webhookUrl } from '../field-schemas.ts';
import type { Source } from '../source.ts';
import { holdsSecret, realOf, respell, type Text, textOf, type Value, WrittenText } from '../text.ts';
import { EVENT_NAME, isWebhookUrl } from '../text-rules.ts';
import { hideUrlCredentials, hostOf, isLoopbackHost, normaliseUrl } from '../urls.ts';
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
  type EffectSubject,
  type EntryIdentity,
  type EntryReader,
  type Filled,
  type HeadlineClause,
  type ImpactEntry,
  isAbsent,
  type Section,
} from './kind.ts';

/** One event to one URL (grade B). A missing `essential` is `false`. */
export interface LiveWebhook {
  id: string;
  event: string;
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
const event = textThat((text) => EVENT_NAME.test(text), 'an event name with dots such as chat.started').meta(
  orReference(EVENT_NAME.source),
);

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

const defaults = map({ essential: essential.optional() }).meta({
  title: 'Webhook defaults',
  description: 'Fields of every webhook whose entry leaves them out.',
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
  defaults: { webhook: defaults },
  read: readWebhook,
  identities: webhookIdentities,
  duplicateCode: 'duplicate-webhook',
  repetition: ([name]) => ({
    code: 'repeated-event',
    message: `the event ${name} stands twice in this entry`,
    hint: 'remove one of the two: the account would get the event twice',
  }),
  check: () => [],
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
  passing: false,
  createDefaults: { essential: false },
  createNeeds: [],
  clearable: [],
  liveDuplicates: 'surplus',
  desired: (entries: readonly DesiredWebhook[]) => entries.map(desiredWebhook),
  live: (entries: readonly LiveWebhook[]) =>
    entries.map(({ id, event: name, targetUrl, essential: flag }) => {
      const url = normaliseUrl(targetUrl);
      const fields = { event: name, targetUrl: url, essential: flag };
      return { key: webhookKey(name, url), id, fields, readOnly: {} };
    }),
  pruneGlobs: (policy) => policy.prune.webhooks ?? [],
  normalise: (fields) => ({ ...fields, targetUrl: normaliseUrl(String(fields.targetUrl)) }),
  keyParts: ({ event: name = '', targetUrl = '' }) => [textOf(name), textOf(targetUrl)],
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
  effects: webhookEffects,
  impact: webhookImpact,
  headline: webhookHeadline,
  mustBeSeen: ({ action }) => action === 'delete',
  isExtraCopy,
});

function readWebhook(entry: Entry, { webhook }: Readonly<Record<string, unknown>>): DesiredWebhook[] {
  const filler = (webhook ?? {}) as Filled<Partial<z.infer<typeof defaults>>>;
  const { url, movedFrom, events, essential: flag = filler.essential } = entry.keys;
  if (url === undefined || events === undefined) return [];
  const absent = isAbsent(entry);
  const targetUrl = respell(url, normaliseUrl);
  const previous = movedFrom === undefined ? undefined : respell(movedFrom, normaliseUrl);
  return events.map((name, index) => ({
    event: name,
    targetUrl,
    absent,
    ...(previous === undefined || absent ? {} : { movedFrom: previous }),
    ...(flag === undefined || absent ? {} : { essential: flag }),
    source: entry.ownSourceOf('events', index),
  }));
}

function webhookIdentities(entry: Entry): EntryIdentity[] {
  const { url, movedFrom } = entry.keys;
  if (url === undefined) return [];
  const moves = movedFrom !== undefined && !isAbsent(entry);
  const keyOf = (name: Text, address: Text) => webhookKey(realOf(name), normaliseUrl(realOf(address)));
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
  source,
}: DesiredWebhook): DesiredObject {
  const keyOf = (address: Text) => webhookKey(realOf(name), realOf(address));
  return {
    key: keyOf(targetUrl),
    ...(movedFrom === undefined
      ? {}
      : { previous: { key: keyOf(movedFrom), fields: { event: name, targetUrl: movedFrom } } }),
    absent,
    fields: { event: name, targetUrl, ...(flag === undefined ? {} : { essential: flag }) },
    extras: {},
    source,
  };
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
  const isPlainHttp = /^http:/i.test(url) && URL.canParse(url) && !isLoopbackHost(new URL(url).hostname);
  return isPlainHttp ? 'a file takes https: only' : 'this is no URL that a file may hold';
}

type WebhookEffect = 'starts-sending' | 'stops-sending' | 'moves-sending' | 'ends-doubling';

function webhookEffects({ action, before, after, paths, twinStays }: EffectSubject): Effect<WebhookEffect>[] {
  const from = before ? shownHost(before.targetUrl ?? null) : '';
  const to = after ? shownHost(after.targetUrl ?? null) : '';
  const starts: Effect<WebhookEffect> = { code: 'starts-sending', text: `starts sending chat data to ${to}` };
  const stops: Effect<WebhookEffect> = { code: 'stops-sending', text: `stops sending chat data to ${from}` };
  if (action === 'create') return [starts];
  if (action === 'delete' && twinStays) {
    return [{ code: 'ends-doubling', text: 'ends doubled events: another subscription stays' }];
  }
  if (action === 'delete') return [stops];
  if (!paths.includes('targetUrl')) return [];
  if (from !== to) return [starts, stops];
  return [{ code: 'moves-sending', text: `sends chat data to another address on ${to}` }];
}

/** The host as it may be shown: as the file writes it where that holds a secret, so that no host can be parsed. */
function shownHost(url: Value): string {
  const shown = String(url);
  if (url instanceof WrittenText && !URL.canParse(shown)) {
    const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]+)/i.exec(shown)?.[1] ?? '';
    return authority.slice(authority.lastIndexOf('@') + 1) || shown;
  }
  return hostOf(shown);
}

interface Delivery {
  host: string;
  event: string;
}

function isExtraCopy({ effects }: Change): boolean {
  return effects.some(({ code }) => code === 'ends-doubling');
}

/** The delivery that a change ends (`before`) or begins (`after`), where it does. */
function deliveries(change: Change, side: 'before' | 'after'): Delivery[] {
  const fields = change[side];
  const isTouched =
    change.action !== 'update' || change.fields.some(({ path }) => path === 'targetUrl' || path === 'event');
  if (!fields || !isTouched || isExtraCopy(change)) return [];
  const url = String(fields.targetUrl);
  return [{ host: shownHost(new WrittenText('', url, [])), event: String(fields.event) }];
}

function webhookImpact(changes: readonly Change[]): ImpactEntry[] {
  const started = changes.flatMap((change) => deliveries(change, 'after'));
  const stopped = changes.flatMap((change) => deliveries(change, 'before'));
  const isIn = (list: readonly Delivery[]) => (delivery: Delivery) =>
    list.some((other) => other.host === delivery.host && other.event === delivery.event);
  const isStopped = isIn(stopped);
  const isStarted = isIn(started);
  const entry = (title: string, does: string, list: readonly Delivery[]): ImpactEntry => ({
    title,
    gravity: 'plain',
    each: { noun: { one: 'host', many: 'hosts' }, does },
    items: byHost(list),
  });
  return [
    entry(
      'Starts receiving events',
      'starts receiving',
      started.filter((delivery) => !isStopped(delivery)),
    ),
    entry(
      'Stops receiving events',
      'stops receiving',
      stopped.filter((delivery) => !isStarted(delivery)),
    ),
    entry('Receives at another address', 'receives at another address', started.filter(isStopped)),
  ];
}

function byHost(list: readonly Delivery[]): ImpactEntry['items'] {
  const hosts = [...new Set(list.map(({ host }) => host))];
  return hosts.map((host) => ({
    name: host,
    details: [
      ...new Set(list.filter((delivery) => delivery.host === host).map((delivery) => delivery.event)),
    ],
  }));
}

function webhookHeadline(changes: readonly Change[]): HeadlineClause[] {
  return (['create', 'update', 'delete'] as const).map((action) => ({
    before: `${action} `,
    count: changes.filter((change) => change.action === action).length,
    noun: webhookKind.noun,
  }));
}
