import type { InferredOptionTypes, Options } from 'yargs';

/** Flags that say what is planned. */
export const PLANNING_OPTIONS = {
  target: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'Plan only KIND or KIND:KEY-GLOB (operator, status, webhook); repeatable',
  },
  evidence: {
    type: 'string',
    requiresArg: true,
    describe: 'What doctor saw of this account: changes that rest on what differs are warned of or refused',
  },
  prune: {
    type: 'boolean',
    describe: 'Delete whatever of the managed kinds is not in the file; --no-prune deletes nothing of that',
  },
} as const satisfies Record<string, Options>;

export type PlanningFlags = InferredOptionTypes<typeof PLANNING_OPTIONS>;
