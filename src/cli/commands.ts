import type { RegisteredCommand } from './command.ts';
import { applyCommand } from './commands/apply/definition.ts';
import { completionCommand } from './commands/completion/definition.ts';
import { exportCommand } from './commands/export/definition.ts';
import { fmtCommand } from './commands/fmt/definition.ts';
import { initCommand } from './commands/init/definition.ts';
import { pingCommand } from './commands/ping/definition.ts';
import { planCommand } from './commands/plan/definition.ts';
import { schemaCommand } from './commands/schema/definition.ts';
import { simulateCommand } from './commands/simulate/definition.ts';
import { validateCommand } from './commands/validate/definition.ts';

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
