import type { CommandDefinition } from '../definition.ts';

export const SCHEMA_NAMES = ['config', 'plan', 'report', 'evidence'] as const;

export const schemaCommand = {
  command: 'schema [document]',
  describe: 'Print the JSON Schema of the configuration, a plan, a report or evidence',
  options: {},
  uses: [],
  positionals: {
    document: { choices: SCHEMA_NAMES, default: 'config', describe: 'The document that is described' },
  },
  examples: [['schema > chaport.schema.json', 'For editors: a new file points to it in its first line']],
} as const satisfies CommandDefinition;
