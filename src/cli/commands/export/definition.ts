import { KIND_NAMES } from '../../../model/kinds/names.ts';
import type { CommandDefinition, FlagsOf } from '../definition.ts';

export const EXPORT_OPTIONS = {
  kind: {
    choices: KIND_NAMES,
    array: true,
    requiresArg: true,
    describe: 'What to export; repeatable [default: operator and webhook]',
  },
  out: { type: 'string', requiresArg: true, describe: 'Write to this file instead of standard output' },
  force: { type: 'boolean', default: false, describe: 'Let --out replace a file' },
  format: {
    choices: ['yaml', 'json'] as const,
    default: 'yaml' as const,
    describe: 'JSON has no comments; it is read like YAML',
  },
  owner: {
    type: 'string',
    requiresArg: true,
    describe: "The account owner's e-mail address; asked for on a terminal",
  },
  'reveal-secrets': {
    type: 'boolean',
    default: false,
    describe: 'Write credentials in webhook URLs as they are, not as ${secret:NAME}',
  },
  'secrets-file': {
    type: 'string',
    requiresArg: true,
    describe: 'Write the names of the secrets with their values to this file, for you alone (0600)',
  },
  into: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'Add what the files do not have to this file, comments kept; repeatable',
  },
  'dry-run': { type: 'boolean', default: false, describe: 'With --into: show the difference, write nothing' },
} as const;

export type ExportFlags = FlagsOf<typeof EXPORT_OPTIONS> & { paths?: string[] };

export const exportCommand = {
  command: 'export [paths..]',
  describe: 'Write the live account as a file that plans to no changes',
  options: EXPORT_OPTIONS,
  uses: ['files', 'account'],
  positionals: { paths: { type: 'string', array: true, describe: 'More files for --into' } },
  examples: [
    ['export --out chaport.yaml', 'Start with an account that is in use'],
    ['export --kind webhook', 'Webhooks only'],
    ['export --into chaport.yaml --dry-run', 'Show what the file does not have yet'],
  ],
} as const satisfies CommandDefinition;
