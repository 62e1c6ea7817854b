import createYargs from 'yargs';
import { UserError } from '../model/errors.ts';
import { VERSION } from '../model/version.ts';
import { commandModules } from './commands.ts';
import { EXIT, type ExitCode, exitCodeOfError } from './exit-codes.ts';
import { fileError } from './files/file-error.ts';
import { checkFlags, withFileValues } from './options/checks.ts';
import { GLOBAL_OPTIONS } from './options/global.ts';
import { usageErrorFrom } from './options/usage-error.ts';
import { isClosedPipe, keepStreamFaults, settleStream } from './terminal/streams.ts';
import { Terminal } from './terminal/terminal.ts';

const EPILOGUE = `Exit codes:
  0  done
  1  error, and nothing was changed
  2  plan --detailed-exitcode: there is something to do or to look at; fmt --check: not canonical;
     show --compare, shifts --compare: they differ; import --dry-run: there is something to do
  3  apply stopped short, or the account did not end as planned; doctor: a probe was left behind
  4  refused, and nothing was changed
     shifts --check: a gap in the coverage; doctor: a fact differs; import --leavers: too many

The token comes from CHAPORT_TOKEN, --token-file or --token-command, never from a flag's value.
Through Membrane: from MEMBRANE_TOKEN, --token-file or --token-command, or made with
MEMBRANE_WORKSPACE_KEY, MEMBRANE_WORKSPACE_SECRET and MEMBRANE_TENANT_KEY.`;

/** Runs the program with the arguments after its name. The one place that turns errors into exit codes. */
export async function runProgram(args: readonly string[]): Promise<ExitCode> {
  keepStreamFaults();
  let terminal = new Terminal({ color: undefined, verbose: args.includes('--verbose'), quiet: false });
  let exitCode: ExitCode = EXIT.done;
  let hasBegun = false;
  const parser = createYargs()
    .scriptName('chaportctl')
    .usage('$0 <command>\n\nKeeps a Chaport account in the state that a YAML file describes.')
    .version(VERSION)
    .alias('help', 'h')
    .locale('en')
    .wrap(Math.min(100, process.stdout.columns ?? 100))
    .parserConfiguration({ 'greedy-arrays': false, 'strip-aliased': true, 'strip-dashed': true })
    .options(FOR_HELP)
    .group(Object.keys(GLOBAL_OPTIONS), 'Global options:')
    .command(
      commandModules(async (flags, story) => {
        terminal = new Terminal(flags);
        hasBegun = true;
        exitCode = await story(terminal);
      }),
    )
    .demandCommand(1, 1, 'Say what to do: a command is missing.', 'Only one command at a time.')
    .strict()
    .check(checkFlags)
    .epilogue(EPILOGUE)
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new Error(message);
    });
  try {
    await parser.parseAsync(args.length === 0 ? ['--help'] : withFileValues(args));
    await checkResultsArrived(exitCode);
    return exitCode;
  } catch (error) {
    terminal.complain(await describeError(error, args, { terminal, hasBegun }));
    return exitCodeOfError(error);
  }
}

/**
 * A result that nobody got is none, but where worse was said already.
 * @throws {UserError} when standard output could not be written to its end.
 */
async function checkResultsArrived(exitCode: ExitCode): Promise<void> {
  const fault = await settleStream('stdout');
  if (fault === null || isClosedPipe(fault)) return;
  if (exitCode === EXIT.done || exitCode === EXIT.differences) {
    throw fileError('cannot-write', 'standard output', fault);
  }
}

/** Each command takes those that it has a use for, and they are its own then. */
const FOR_HELP = Object.fromEntries(
  Object.entries(GLOBAL_OPTIONS).map(([name, option]) => [name, { ...option, global: false }]),
) as unknown as typeof GLOBAL_OPTIONS;

/** Most runs have no error, so what words it is loaded for one. */
async function describeError(
  error: unknown,
  args: readonly string[],
  { terminal, hasBegun }: { terminal: Terminal; hasBegun: boolean },
): Promise<string> {
  const { renderErrorText } = await import('../render/text/error.ts');
  const options = terminal.textOptions('stderr');
  if (error instanceof UserError) return renderErrorText(error, options);
  // Once a command runs, an error that is not meant for the user is no matter of its flags.
  const usage = !hasBegun && isAboutUsage(error) ? usageErrorFrom(error.message, args) : null;
  if (usage) return renderErrorText(usage, options);
  const { describeFault } = await import('./terminal/describe-fault.ts');
  return describeFault(error, terminal);
}

/** What yargs and `checkFlags` say is about the command line. */
function isAboutUsage(error: unknown): error is Error {
  return error instanceof Error && (error.name === 'YError' || error.constructor === Error);
}
