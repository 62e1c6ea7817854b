import { UserError } from '../../model/errors.ts';
import { nearestWord } from '../../model/nearest-word.ts';
import type { CommandDefinition } from '../commands/definition.ts';
import { COMMAND_NAMES, DEFINITIONS } from '../commands/definitions.ts';
import { GLOBAL_OPTIONS, globalOptionsFor } from './global.ts';

const HELP = 'chaportctl --help shows commands and flags';

/** What yargs says about a command line, in the words of this program, with the nearest thing that exists. */
export function usageErrorFrom(message: string, args: readonly string[]): UserError {
  const { text, hint } = explain(message, args);
  return new UserError('usage', text, { hint });
}

type NamedCommand = CommandDefinition & { name: string };

/** The command that is meant, be the rest right or wrong. */
function commandIn(args: readonly string[]): NamedCommand | undefined {
  const name = COMMAND_NAMES.find((known) => args.includes(known));
  return name && { name, ...DEFINITIONS[name] };
}

interface Explanation {
  text: string;
  hint: string;
}

function explain(message: string, args: readonly string[]): Explanation {
  const command = commandIn(args);
  const help = command ? `chaportctl ${command.name} --help shows its flags` : HELP;
  const [, unknown] = /^Unknown (?:arguments?|commands?): (.+)$/.exec(message) ?? [];
  if (unknown !== undefined) return explainUnknown(unknown.split(', ')[0] ?? '', args, command, help);
  const [, valueless] = /^Not enough arguments following: (\S+)$/.exec(message) ?? [];
  if (valueless !== undefined) return { text: `${flagName(valueless)} needs a value`, hint: help };
  const [, flag = '', given, choices] =
    /Argument: (\S+), Given: (.+), Choices: (.+)$/.exec(message.trim()) ?? [];
  if (given !== undefined) {
    // An argument without a flag has a name in the help only.
    if (command?.positionals?.[flag]) {
      const either = choices?.replace(/, ([^,]+)$/, ' or $1');
      return { text: `${command.name} takes ${either}, not ${given}`, hint: help };
    }
    return { text: `${flagName(flag)} takes ${choices}, not ${given}`, hint: help };
  }
  return { text: message, hint: help };
}

function explainUnknown(
  name: string,
  args: readonly string[],
  command: NamedCommand | undefined,
  help: string,
): Explanation {
  if (args.includes(name)) {
    if (command?.uses.includes('files') && /\.ya?ml$|[\\/]/i.test(name)) {
      return { text: `${command.name} takes files with a flag`, hint: `use -f ${name}` };
    }
    if (command) return { text: `unexpected argument "${name}"`, hint: help };
    const meant = nearestWord(name, COMMAND_NAMES);
    const hint = meant === undefined ? HELP : `did you mean ${meant}?`;
    return { text: `there is no command "${name}"`, hint };
  }
  const flag = flagName(name);
  if (command && Object.keys(GLOBAL_OPTIONS).some((known) => `--${known}` === flag)) {
    return { text: `${command.name} has no use for ${flag}`, hint: `leave it out; ${help}` };
  }
  const shared = command ? globalOptionsFor(command.uses) : GLOBAL_OPTIONS;
  const flags = Object.keys({ ...command?.options, ...shared });
  const nearest = nearestWord(name, flags);
  // `--token` is as near to --token-file as to --token-command.
  const meant = (nearest === undefined ? flags.filter((known) => known.startsWith(`${name}-`)) : [nearest])
    .map((known) => `--${known}`)
    .filter((known) => known !== flag);
  return {
    text: `there is no flag ${flag}${command ? ` for ${command.name}` : ''}`,
    hint: meant.length === 0 ? help : `did you mean ${meant.join(' or ')}?`,
  };
}

/** As it is typed: yargs gives names without dashes, and sometimes in camel case. */
function flagName(name: string): string {
  if (name.length === 1) return `-${name}`;
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
