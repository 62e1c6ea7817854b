import type { RegisteredCommand } from './command.ts';
import { applyCommand } from './commands/apply.ts';
import { pingCommand } from './commands/ping.ts';
import { planCommand } from './commands/plan.ts';
import { simulateCommand } from './commands/simulate.ts';
import { validateCommand } from './commands/validate.ts';

/** Every command, in the order in which `--help` lists them. */
export const COMMANDS: readonly RegisteredCommand[] = [
  validateCommand,
  planCommand,
  applyCommand,
  pingCommand,
  simulateCommand,
];
