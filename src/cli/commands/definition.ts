import type { ArgumentsCamelCase, Argv, InferredOptionTypes, Options } from 'yargs';
import type { ExitCode } from '../exit-codes.ts';
import type { GlobalFlags, Use } from '../options/global.ts';
import type { Terminal } from '../terminal/terminal.ts';

export type OptionMap = Readonly<Record<string, Options>>;

/** A command as the command line knows it: help, completion and complaints are made from it. */
export interface CommandDefinition<O extends OptionMap = OptionMap> {
  /** With its positional arguments, `apply [planfile]`. */
  command: string;
  describe: string;
  options: O;
  /** What of the global options means something to it. */
  uses: readonly Use[];
  /** Positional arguments, by name. */
  positionals?: Readonly<Record<string, Parameters<Argv['positional']>[1]>>;
  examples?: readonly (readonly [string, string])[];
  /** What stands at the end of its help. */
  epilogue?: () => string;
}

/** The flags that a command's handler is given. */
export type FlagsOf<O extends OptionMap> = ArgumentsCamelCase<GlobalFlags & InferredOptionTypes<O>>;

/** Does what the command says. */
export type CommandHandler<O extends OptionMap> = (
  flags: FlagsOf<O>,
  terminal: Terminal,
) => Promise<ExitCode>;
