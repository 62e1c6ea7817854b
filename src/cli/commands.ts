import type { ArgumentsCamelCase, CommandModule } from 'yargs';
import type { CommandDefinition, CommandHandler, FlagsOf } from './commands/definition.ts';
import { COMMAND_NAMES, type CommandName, DEFINITIONS } from './commands/definitions.ts';
import type { ExitCode } from './exit-codes.ts';
import { DEFAULT_FILES, type GivenFlags, globalOptionsFor } from './options/global.ts';
import type { Terminal } from './terminal/terminal.ts';

type OptionsOf<N extends CommandName> = (typeof DEFINITIONS)[N]['options'];

/** Each handler is loaded when its command runs: no command pays for another one. */
const HANDLERS: { [N in CommandName]: () => Promise<CommandHandler<OptionsOf<N>>> } = {
  validate: async () => (await import('./commands/validate/run.ts')).runValidate,
  plan: async () => (await import('./commands/plan/run.ts')).runPlan,
  apply: async () => (await import('./commands/apply/run.ts')).runApply,
  show: async () => (await import('./commands/show/run.ts')).runShow,
  shifts: async () => (await import('./commands/shifts/run.ts')).runShifts,
  export: async () => (await import('./commands/export/run.ts')).runExport,
  import: async () => (await import('./commands/import/run.ts')).runImport,
  init: async () => (await import('./commands/init/run.ts')).runInit,
  fmt: async () => (await import('./commands/fmt/run.ts')).runFmt,
  schema: async () => (await import('./commands/schema/run.ts')).runSchema,
  ping: async () => (await import('./commands/ping/run.ts')).runPing,
  doctor: async () => (await import('./commands/doctor/run.ts')).runDoctor,
  simulate: async () => (await import('./commands/simulate/run.ts')).runSimulate,
  completion: async () => (await import('./commands/completion/run.ts')).runCompletion,
};

/** Gives the story its terminal, and keeps its exit code. */
type RunCommand = (
  flags: ArgumentsCamelCase<GivenFlags>,
  story: (terminal: Terminal) => Promise<ExitCode>,
) => Promise<void>;

/** Every command as yargs takes it. */
export function commandModules(run: RunCommand): CommandModule<GivenFlags, GivenFlags>[] {
  return COMMAND_NAMES.map((name) => moduleOf(name, run));
}

function moduleOf<N extends CommandName>(name: N, run: RunCommand): CommandModule<GivenFlags, GivenFlags> {
  const {
    command,
    describe,
    options,
    uses,
    positionals = {},
    examples = [],
    epilogue,
  }: CommandDefinition = DEFINITIONS[name];
  return {
    command,
    describe,
    builder: (yargs) => {
      for (const [argument, positional] of Object.entries(positionals))
        yargs.positional(argument, positional);
      for (const [example, meaning] of examples) yargs.example(`$0 ${example}`, meaning);
      const shared = globalOptionsFor(uses);
      yargs.options(options).group(Object.keys(options), 'Options:');
      yargs.options(shared).group(Object.keys(shared), 'Global options:');
      if (epilogue) yargs.epilogue(epilogue());
      return yargs;
    },
    handler: (flags) =>
      run(flags, async (terminal) => {
        const handle = await HANDLERS[name]();
        const { file = DEFAULT_FILES } = flags;
        return handle({ ...flags, file } as FlagsOf<OptionsOf<N>>, terminal);
      }),
  };
}
