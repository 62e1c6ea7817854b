import { webhookKey } from '../model/kinds/webhook.ts';
import type { LiveWebhook } from '../model/live.ts';
import type { SecretBook } from '../model/secrets.ts';
import { hideUrlCredentials, isLoopbackHost, normaliseUrl } from '../model/urls.ts';
import { escapeForTerminal } from '../render/escape.ts';
import type { Described, Entry, LeftOut } from './entry.ts';
import { canSayEvent, literal, quoted, sayableUrl } from './sayable.ts';
import type { SecretNames } from './url-secrets.ts';

export interface WebhookOptions {
  /** What `defaults.webhook` gives. */
  essential: boolean | undefined;
  /** Names the credentials of URLs; `null` writes the real URLs. */
  names: SecretNames | null;
  /** Knows the URLs that the files write with a secret already. */
  known?: SecretBook;
}

interface Group {
  url: string;
  essential: boolean;
  webhooks: LiveWebhook[];
  extra: LiveWebhook[];
}

/** More ids than these stand beside their events. */
const MOST_IDS = 3;

/** Entries that change nothing when they are planned: one for each URL and `essential`, with its events. */
export function describeWebhooks(webhooks: readonly LiveWebhook[], options: WebhookOptions): Described {
  const leftOut: LeftOut[] = [];
  const groups = new Map<string, Group>();
  const groupOf = new Map<string, Group>();
  for (const webhook of inOrder(webhooks)) {
    const url = sayableUrl(webhook.targetUrl);
    const why =
      url === null
        ? whyNoUrl(webhook.targetUrl)
        : canSayEvent(webhook.event)
          ? null
          : 'this is no event name that a file may hold';
    if (url === null || why !== null) {
      leftOut.push({ what: describe(webhook), why: why ?? '' });
      continue;
    }
    const target = normaliseUrl(url);
    const twin = groupOf.get(webhookKey(webhook.event, target));
    if (twin) {
      twin.extra.push(webhook);
      continue;
    }
    const place = `${webhook.essential} ${target}`;
    const group = groups.get(place) ?? { url, essential: webhook.essential, webhooks: [], extra: [] };
    groups.set(place, group);
    groupOf.set(webhookKey(webhook.event, target), group);
    group.webhooks.push(webhook);
  }
  return { entries: [...groups.values()].map((group) => entryOf(group, options)), leftOut };
}

function inOrder(webhooks: readonly LiveWebhook[]): LiveWebhook[] {
  const place = ({ targetUrl, event, id }: LiveWebhook) => `${normaliseUrl(targetUrl)}\n${event}\n${id}`;
  return webhooks.toSorted((a, b) => (place(a) < place(b) ? -1 : 1));
}

function entryOf({ url, essential, webhooks, extra }: Group, options: WebhookOptions): Entry {
  const ids = webhooks.map(({ id }) => escapeForTerminal(id));
  const isShort = ids.length <= MOST_IDS;
  return {
    keys: {
      url: writtenUrl(url, options),
      events: webhooks.map(({ event }) => event),
      ...(essential === options.essential ? {} : { essential }),
    },
    notes: extra.map(
      ({ event, id }) =>
        `The account has ${quoted(event)} once more (id ${escapeForTerminal(id)}), so it arrives twice: delete one in the Chaport app.`,
    ),
    ...(isShort ? { remark: `${ids.length === 1 ? 'id' : 'ids'} ${ids.join(', ')}` } : { eventIds: ids }),
  };
}

function writtenUrl(url: string, { names, known }: WebhookOptions): string {
  for (const spelling of [url, normaliseUrl(url)]) {
    if (known?.isTemplated(spelling)) return known.conceal(spelling);
  }
  return names === null ? literal(url) : names.template(url);
}

function describe({ event, targetUrl, id }: LiveWebhook): string {
  return `the webhook ${quoted(event)} to ${quoted(hideUrlCredentials(targetUrl))} (id ${escapeForTerminal(id)})`;
}

function whyNoUrl(url: string): string {
  const isPlainHttp = /^http:/i.test(url) && URL.canParse(url) && !isLoopbackHost(new URL(url).hostname);
  return isPlainHttp ? 'a file takes https: only' : 'this is no URL that a file may hold';
}
