import type { Findings } from './findings.ts';

const PARTS = /^https:\/\/([^/:]*)(:\d+)?\/(%7e|~)?([0-9a-f]+)(\/?)$/i;

/** How the account keeps the URL of the probe that it was sent. */
export function notePlace(findings: Findings, sent: string, kept: string): void {
  const [, host = '', port, escaped, , slash] = PARTS.exec(kept) ?? [];
  if (host === '') return;
  const [, sentHost = ''] = PARTS.exec(sent) ?? [];
  const isKept = host === sentHost;
  findings.note('url-host', isKept ? 'default' : 'lower-case', isKept ? 'kept' : 'in lower case');
  findings.note('url-port', port ? 'default' : 'dropped', port ? 'kept' : 'dropped');
  if (escaped === '~') findings.note('url-escapes', 'decoded', '~ for %7e');
  else if (escaped === '%7E') findings.note('url-escapes', 'upper-case', '%7E for %7e');
  else if (escaped === '%7e') findings.note('url-escapes', 'default', 'kept');
  findings.note('url-slash', slash ? 'added' : 'default', slash ? 'added' : 'none');
}
