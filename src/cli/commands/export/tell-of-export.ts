import type { LeftOut, SecretToSet } from '../../../export/index.ts';
import { escapeForTerminal } from '../../../render/escape.ts';

/** The variables to set and what belongs into them; the values are not shown. */
export function describeSecrets(secrets: readonly SecretToSet[]): string {
  const lines = secrets.map(({ name, where }) => `  ${name}: ${escapeForTerminal(where)}`);
  return `Webhook URLs hold credentials. Set ${secrets.length === 1 ? 'this environment variable' : 'these environment variables'} before you plan:
${lines.join('\n')}
  The values stand in the URLs that the account has; export --reveal-secrets writes them out.
`;
}

/** What no file can hold. */
export function describeLeftOut(leftOut: readonly LeftOut[]): string {
  const lines = leftOut.map(({ what, why }) => `  ${escapeForTerminal(what)}: ${escapeForTerminal(why)}`);
  return `Warning: not in the file:\n${lines.join('\n')}\n`;
}
