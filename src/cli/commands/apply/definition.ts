import { DEFAULTS } from '../../../operations/defaults.ts';
import { PLANNING_OPTIONS } from '../../options/planning.ts';
import type { CommandDefinition } from '../definition.ts';

export const APPLY_OPTIONS = {
  ...PLANNING_OPTIONS,
  'auto-approve': { alias: 'y', type: 'boolean', default: false, describe: 'Do not ask' },
  'expect-digest': {
    type: 'string',
    requiresArg: true,
    describe: 'Go on only if what will be done is what was reviewed (sha256:…)',
  },
  'expect-plan': {
    type: 'string',
    requiresArg: true,
    describe: 'The same, with the reviewed plan at hand (plan --out): a refusal says what differs',
  },
  report: { type: 'string', requiresArg: true, describe: 'Write the report document to this file' },
  settle: {
    type: 'number',
    requiresArg: true,
    default: DEFAULTS.settleSeconds,
    describe: 'Seconds to wait for what the account does not show yet',
  },
  format: {
    choices: ['text', 'json'] as const,
    default: 'text' as const,
    describe: 'How the report is printed',
  },
} as const;

export const applyCommand = {
  command: 'apply [planfile]',
  describe: 'Plan (or take a saved plan), ask, make the changes, read back and confirm',
  options: APPLY_OPTIONS,
  uses: ['files', 'account'],
  positionals: {
    planfile: { type: 'string', describe: 'A plan that `plan --out` saved; then no file is read' },
  },
  examples: [
    ['apply', 'Plan, ask, apply'],
    ['apply plan.json --auto-approve', 'Apply what was saved'],
    ['apply --expect-digest sha256:… -y', 'Apply what was reviewed'],
    ['apply --expect-plan plan.json -y', 'The same, and say what differs where it is refused'],
  ],
} as const satisfies CommandDefinition;
