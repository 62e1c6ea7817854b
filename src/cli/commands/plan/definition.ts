import { FORMAT_OPTIONS } from '../../options/format.ts';
import { PLANNING_OPTIONS } from '../../options/planning.ts';
import type { CommandDefinition } from '../definition.ts';

export const PLAN_OPTIONS = {
  ...PLANNING_OPTIONS,
  ...FORMAT_OPTIONS,
  since: {
    type: 'string',
    requiresArg: true,
    describe: 'The report of the last apply: says whether changes are drift of the account',
  },
  out: {
    type: 'string',
    requiresArg: true,
    describe: 'Save the plan to this file, for apply PLANFILE and show',
  },
  'detailed-exitcode': { type: 'boolean', default: false, describe: 'Exit with 2 when there are changes' },
} as const;

export const planCommand = {
  command: 'plan',
  describe: 'Read the account and show the changes; changes nothing',
  options: PLAN_OPTIONS,
  examples: [
    ['plan --out plan.json', 'Save the plan, for apply plan.json'],
    ['plan --format markdown', 'For a comment on a pull request'],
    ["plan --target 'operator:*@acme.example'", 'Look at some operators only'],
  ],
} as const satisfies CommandDefinition;
