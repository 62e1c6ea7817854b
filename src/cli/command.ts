import type { ArgumentsCamelCase, Argv, CommandModule, InferredOptionTypes, Options } from 'yargs';
import type { ExitCode } from './exit-codes.ts';
import type { GlobalFlags } from './flags.ts';
import type { Terminal } from './terminal.ts';

type OptionMap = Record<string, Options>;

/** The flags that a command's story is told with. */
export type FlagsOf<O extends OptionMap> = ArgumentsCamelCase<GlobalFlags & InferredOptionTypes<O>>;

export interface CommandSpec<O extends OptionMap> {
  /** With its positional arguments, `apply [planfile]`. */
  command: string;
  describe: string;
  options: O;
  /** Positional arguments, by name. */
  positionals?: Record<string, Parameters<Argv['positional']>[1]>;
  examples?: readonly (readonly [string, string])[];
  /** What stands at the end of its help, made only when that is shown or the command runs. */
  epilogue?: () => string;
  /** Loads the code that does it: no command pays for another one. */
  load: () => Promise<(flags: FlagsOf<O>, terminal: Terminal) => Promise<ExitCode>>;
}

export interface RegisteredCommand {
  /** Its word on the command line. */
  name: string;
  /** The names of its own flags. */
  flags: readonly string[];
  /** What it takes: shell completion is made from it. */
  spec: Pick<CommandSpec<OptionMap>, 'command' | 'describe' | 'options' | 'positionals'>;
  register: (run: RunCommand) => CommandModule<GlobalFlags, GlobalFlags>;
}

type Story = (terminal: Terminal) => Promise<ExitCode>;
/** Gives the story its terminal, and keeps its exit code. */
type RunCommand = (flags: ArgumentsCamelCase<GlobalFlags>, story: Story) => Promise<void>;

/** A command's flags, with its story loaded only when it is told. */
export function defineCommand<O extends OptionMap>(spec: CommandSpec<O>): RegisteredCommand {
  return {
    name: spec.command.split(' ')[0] ?? '',
    flags: Object.keys(spec.options),
    spec,
    register: (run) => ({
      command: spec.command,
      describe: spec.describe,
      builder: (yargs) => {
        for (const [name, positional] of Object.entries(spec.positionals ?? {}))
          yargs.positional(name, positional);
        for (const [example, meaning] of spec.examples ?? []) yargs.example(`$0 ${example}`, meaning);
        yargs.options(spec.options);
        if (spec.epilogue) yargs.epilogue(spec.epilogue());
        return yargs;
      },
      handler: (flags) => run(flags, async (terminal) => (await spec.load())(flags as FlagsOf<O>, terminal)),
    }),
  };
}
