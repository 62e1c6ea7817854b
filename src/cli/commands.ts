import type { RegisteredCommand } from './command.ts';
import { applyCommand } from './commands/apply.ts';
import { completionCommand } from './commands/completion.ts';
import { exportCommand } from './commands/export.ts';
import { fmtCommand } from './commands/fmt.ts';
import { initCommand } from './commands/init.ts';
import { pingCommand } from './commands/ping.ts';
import { planCommand } from './commands/plan.ts';
import { schemaCommand } from './commands/schema.ts';
import { simulateCommand } from './commands/simulate.ts';
import { validateCommand } from './commands/validate.ts';

/** Every command, in the order in which `--help` lists them. */
export const COMMANDS: readonly RegisteredCommand[] = [
  validateCommand,
  planCommand,
  applyCommand,
  exportCommand,
  initCommand,
  fmtCommand,
  schemaCommand,
  pingCommand,
  simulateCommand,
  completionCommand,
];
