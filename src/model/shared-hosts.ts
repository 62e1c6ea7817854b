/**
 * Hosts where each path belongs to somebody else (D): to know the host is not to know who receives. Their
 * paths are keys as well.
 */
const SHARED_HOSTS = [
  'hooks.zapier.com',
  '*.make.com',
  'hook.integromat.com',
  'hooks.slack.com',
  'discord.com',
  '*.discord.com',
  'discordapp.com',
  'outlook.office.com',
  '*.webhook.office.com',
  '*.logic.azure.com',
  '*.powerplatform.com',
  '*.n8n.cloud',
  '*.pipedream.net',
  'maker.ifttt.com',
  'connect.pabbly.com',
  '*.workato.com',
  'api.telegram.org',
  'chat.googleapis.com',
  'script.google.com',
  'webhook.site',
  'requestbin.com',
];

/** Words of such paths that are nobody's key. */
const KNOWN_WORDS = new Set(
  [
    'api catch channels exec hook hooks macros manual messages invoke paths services silent spaces standard',
    'trigger triggers webhook webhook-test webhookb2 webhooks with workflow workflows IncomingWebhook',
  ].flatMap((words) => words.split(' ')),
);

export function isSharedHost(hostname: string): boolean {
  const name = hostname.toLowerCase();
  return SHARED_HOSTS.some((host) => (host.startsWith('*') ? name.endsWith(host.slice(1)) : name === host));
}

/** Whether a part of a path on a shared host may tell whose it is. */
export function isSharedKey(part: string): boolean {
  return !KNOWN_WORDS.has(part) && !/^v\d{1,2}$/.test(part);
}
