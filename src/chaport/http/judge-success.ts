import { actedOn, type Call, isWrite, type Problem } from './call.ts';
import { excerptOf, isHtml } from './error-text.ts';
import { readJson, saysItFailed } from './json-body.ts';
import type { Transport, TransportAnswer } from './transport.ts';

/** A 2xx is believed only where its body is whole, not somebody else's page, and tells of no error. `null`: it is. */
export function judgeSuccess(
  call: Call,
  { status, headers, body, cut }: TransportAnswer,
  { mask, transport: { addressSetting } }: { mask: (text: string) => string; transport: Transport },
): Problem | null {
  const unreadable = (reason: string, more: Partial<Problem> = {}): Problem => ({
    code: 'unavailable',
    reason,
    status,
    transient: true,
    acted: actedOn(call, 'maybe'),
    ...more,
  });
  if (cut) {
    const { code, transient, hint, acted } = cut;
    return unreadable(cut.message, { code, transient, hint, acted: actedOn(call, acted) });
  }
  const text = body.trim();
  if (isHtml(text)) {
    return unreadable('the server answered with a web page, not JSON', {
      // What a login page in between looks like. A write that met one is settled by reading.
      code: isWrite(call) ? 'unavailable' : 'unauthorised',
      hint: `Is ${addressSetting} right? Is a login or proxy page in between?`,
    });
  }
  const json = readJson(body);
  if (saysItFailed(json)) {
    const reason = `the server answered ${status}, but says that it failed: ${excerptOf(body, mask)}`;
    return { code: 'rejected', reason, status, transient: false, acted: 'none' };
  }
  if (call.nature === 'probe') return null;
  if (text === '') return isWrite(call) ? null : unreadable(`the server answered ${status} without a body`);
  if (json !== undefined) return null;
  const type = headers['content-type']?.split(';')[0]?.trim() || 'no content type';
  return unreadable(`the answer is not JSON (${type}, ${Buffer.byteLength(body)} bytes)`, {
    hint: `Is ${addressSetting} right? Does a proxy in between change answers?`,
  });
}
