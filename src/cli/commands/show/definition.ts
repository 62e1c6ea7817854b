import { FORMAT_OPTIONS } from '../../options/format.ts';
import type { CommandDefinition } from '../definition.ts';

export const SHOW_OPTIONS = {
  ...FORMAT_OPTIONS,
  compare: {
    type: 'string',
    requiresArg: true,
    describe: 'An older plan: says how the two differ, and exits with 2 where they do',
  },
} as const;

export const showCommand = {
  command: 'show [document]',
  describe: 'Show a saved plan or a report in any format; no network',
  options: SHOW_OPTIONS,
  uses: [],
  positionals: {
    document: { type: 'string', describe: 'What `plan --out` or `apply --report` wrote' },
  },
  examples: [
    ['show plan.json --format html > plan.html', 'A page of a saved plan'],
    ['show report.json --format markdown', 'What an apply did, for a comment'],
    ['show plan.json --compare reviewed.json', 'How two plans differ'],
  ],
} as const satisfies CommandDefinition;
