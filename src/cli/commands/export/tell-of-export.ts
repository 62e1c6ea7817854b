import type { LeftOut, SecretToSet } from '../../../export/index.ts';
import { escapeForTerminal } from '../../../render/escape.ts';

/** The variables to set and what belongs into them; the values are not shown. */
export function describeSecrets(secrets: readonly SecretToSet[], file?: string): string {
  const lines = secrets.map(({ name, where }) => `  ${name}: ${escapeForTerminal(where)}`);
  return `Webhook URLs hold credentials. Set ${secrets.length === 1 ? 'this environment variable' : 'these environment variables'} before you plan:
${lines.join('\n')}
${whereTheValuesAre(file)}
`;
}

function whereTheValuesAre(file: string | undefined): string {
  if (file === undefined) {
    return '  The values stand in the URLs that the account has; --secrets-file FILE writes them there, --reveal-secrets into the URLs.';
  }
  const shown = escapeForTerminal(/^[./]/.test(file) ? file : `./${file}`);
  return `  The values are in ${escapeForTerminal(file)}, for you alone: set -a; . ${shown}; set +a`;
}

/** What no file can hold. */
export function describeLeftOut(leftOut: readonly LeftOut[]): string {
  const lines = leftOut.map(({ what, why }) => `  ${escapeForTerminal(what)}: ${escapeForTerminal(why)}`);
  return `Warning: not in the file:\n${lines.join('\n')}\n`;
}
