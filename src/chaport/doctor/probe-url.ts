import { randomBytes } from 'node:crypto';
import { urlFrom } from '../../model/urls.ts';
import type { Json } from './shapes.ts';

/** `.invalid` exists nowhere (RFC 2606), so nothing is ever delivered there. */
const HOST = 'chaportctl-probe.invalid';

/** A URL of this run alone, with what an account may keep otherwise: a host in capitals, a default port, an escape. */
export function newProbeUrl(): string {
  return `https://chaportctl-probe.INVALID:443/%7e${randomBytes(8).toString('hex')}`;
}

/** Whether a subscription is a probe, of this run or of an earlier one. */
export function isProbe({ targetUrl }: Json): boolean {
  return typeof targetUrl === 'string' && urlFrom(targetUrl)?.hostname === HOST;
}

/** Whether a subscription is to this probe URL, however it is spelled. */
export function isProbeAt(subscription: Json, probeUrl: string): boolean {
  return isProbe(subscription) && nameIn(subscription.targetUrl) === nameIn(probeUrl);
}

function nameIn(url: unknown): string | undefined {
  return /(?:~|%7e)([0-9a-f]{16})/i.exec(String(url))?.[1]?.toLowerCase();
}
