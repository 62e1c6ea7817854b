import { describeDialects } from '../../../simulator/dialects.ts';
import { describeFaults } from '../../../simulator/fault-kinds.ts';
import type { CommandDefinition } from '../definition.ts';

export const SIMULATE_OPTIONS = {
  port: {
    type: 'number',
    requiresArg: true,
    default: 0,
    describe: 'Port on 127.0.0.1; 0 takes any free one',
  },
  seed: {
    type: 'string',
    requiresArg: true,
    describe: 'A JSON or YAML file of operators and webhooks to start with',
  },
  membrane: {
    type: 'boolean',
    default: false,
    describe: 'Serve Membrane’s proxy to the account as well',
  },
  latency: { type: 'number', requiresArg: true, default: 0, describe: 'Milliseconds before each answer' },
  lag: {
    type: 'number',
    requiresArg: true,
    default: 0,
    describe: 'Milliseconds by which lists lag behind creates, updates and deletes',
  },
  save: {
    type: 'string',
    requiresArg: true,
    describe: 'Write the account to this file at the end, as a seed',
  },
  fault: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: "What goes wrong, such as 'POST operators=reset-after'; repeatable, listed below",
  },
  dialect: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'A way in which the real API may differ; repeatable, listed below',
  },
} as const;

export const simulateCommand = {
  command: 'simulate',
  describe: 'Serve a local Chaport API, in memory, for trying things out',
  options: SIMULATE_OPTIONS,
  uses: [],
  examples: [
    ['simulate --port 4010 --seed account.yaml', 'Serve an account of your own'],
    ['simulate --membrane', 'Serve one that is reached through Membrane'],
    ['simulate --dialect put-replaces --lag 1500', 'Serve one whose PUT replaces, and whose lists lag'],
  ],
  epilogue: () => `${describeFaults()}\n\n${describeDialects()}`,
} as const satisfies CommandDefinition;
