import { FORMAT_OPTIONS } from '../../options/format.ts';
import { PLANNING_OPTIONS } from '../../options/planning.ts';
import type { CommandDefinition } from '../definition.ts';

export const PLAN_OPTIONS = {
  ...PLANNING_OPTIONS,
  ...FORMAT_OPTIONS,
  since: {
    type: 'string',
    requiresArg: true,
    describe:
      'The report of the last apply: says what is drift, who left the files and stays, and who is new',
  },
  at: {
    type: 'string',
    requiresArg: true,
    describe: 'Plan as of this time, such as 2026-12-24T18:00:00Z, for a look; apply takes no such plan',
  },
  out: {
    type: 'string',
    requiresArg: true,
    describe: 'Save the plan to this file, for apply PLANFILE and show',
  },
  'detailed-exitcode': {
    type: 'boolean',
    default: false,
    describe:
      'Exit with 2 where there are changes, unmanaged objects that the policy warns of, or with --since drift, leavers or newcomers',
  },
} as const;

export const planCommand = {
  command: 'plan',
  describe: 'Read the account and show the changes; changes nothing',
  options: PLAN_OPTIONS,
  uses: ['files', 'account'],
  examples: [
    ['plan --out plan.json', 'Save the plan, for apply plan.json'],
    ['plan --format markdown', 'For a comment on a pull request'],
    ["plan --target 'operator:*@acme.example'", 'Look at some operators only'],
  ],
} as const satisfies CommandDefinition;
