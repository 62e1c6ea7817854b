import { STAFF_LIST_OPTIONS } from '../../options/staff-list.ts';
import type { CommandDefinition } from '../definition.ts';

export const INIT_OPTIONS = {
  org: {
    type: 'string',
    requiresArg: true,
    describe: 'Your name or domain, for the addresses: acme, acme.com',
  },
  operators: {
    type: 'string',
    requiresArg: true,
    describe:
      'A staff list as CSV or TSV with a header line: email, name, jobTitle, role, language, image, status',
  },
  ...STAFF_LIST_OPTIONS,
  force: { type: 'boolean', default: false, describe: 'Replace the file if it is there' },
} as const;

export const initCommand = {
  command: 'init [path]',
  describe: 'Write a commented starter file, and the schema beside it',
  options: INIT_OPTIONS,
  uses: ['files'],
  positionals: {
    path: { type: 'string', describe: 'The new file [default: chaport.yaml]; - is standard output' },
  },
  examples: [
    ['init', 'Write chaport.yaml'],
    ['init --org acme.com --operators staff.csv', 'Fill it from a staff list'],
  ],
} as const satisfies CommandDefinition;
