import { applyCommand } from './apply/definition.ts';
import { completionCommand } from './completion/definition.ts';
import { doctorCommand } from './doctor/definition.ts';
import { exportCommand } from './export/definition.ts';
import { fmtCommand } from './fmt/definition.ts';
import { importCommand } from './import/definition.ts';
import { initCommand } from './init/definition.ts';
import { pingCommand } from './ping/definition.ts';
import { planCommand } from './plan/definition.ts';
import { schemaCommand } from './schema/definition.ts';
import { shiftsCommand } from './shifts/definition.ts';
import { showCommand } from './show/definition.ts';
import { simulateCommand } from './simulate/definition.ts';
import { validateCommand } from './validate/definition.ts';

/** Every command by its word on the command line, in the order in which `--help` lists them. */
export const DEFINITIONS = {
  validate: validateCommand,
  plan: planCommand,
  apply: applyCommand,
  show: showCommand,
  shifts: shiftsCommand,
  export: exportCommand,
  import: importCommand,
  init: initCommand,
  fmt: fmtCommand,
  schema: schemaCommand,
  ping: pingCommand,
  doctor: doctorCommand,
  simulate: simulateCommand,
  completion: completionCommand,
} as const;

export type CommandName = keyof typeof DEFINITIONS;

export const COMMAND_NAMES = Object.keys(DEFINITIONS) as CommandName[];
