import { STAFF_LIST_OPTIONS } from '../../options/staff-list.ts';
import type { CommandDefinition, FlagsOf } from '../definition.ts';

export const IMPORT_OPTIONS = {
  into: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'The file that gets new people; others change where they stand',
  },
  'dry-run': {
    type: 'boolean',
    default: false,
    describe: 'Show the difference, write nothing, and exit with 2 if there is one',
  },
  ...STAFF_LIST_OPTIONS,
  leavers: {
    choices: ['report', 'absent'] as const,
    default: 'report' as const,
    requiresArg: true,
    describe:
      'Who is no longer in the list: only name them, or mark them `state: absent`, so that apply deletes them',
  },
} as const;

export type ImportFlags = FlagsOf<typeof IMPORT_OPTIONS> & { staff?: string };

export const importCommand = {
  command: 'import [staff]',
  describe: 'Bring a staff list (CSV, TSV) into a file',
  options: IMPORT_OPTIONS,
  positionals: {
    staff: { type: 'string', describe: 'The staff list, with a header line; - is standard input' },
  },
  uses: ['files'],
  examples: [
    ['import staff.csv --into chaport.yaml --dry-run', 'Show what the list would change'],
    ['import staff.csv --into team.yaml --column name="Full name"', 'Say which column holds the name'],
    ['import staff.csv --into team.yaml --leavers absent', 'Mark who has left'],
  ],
} as const satisfies CommandDefinition;
