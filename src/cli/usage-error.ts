import { UserError } from '../model/errors.ts';
import { nearestWord } from '../model/nearest-word.ts';
import { COMMANDS } from './commands.ts';
import { GLOBAL_OPTIONS } from './flags.ts';

const HELP = 'chaportctl --help shows commands and flags';

/** What yargs says about a command line, in the words of this program, with the nearest thing that exists. */
export function usageErrorFrom(message: string, args: readonly string[]): UserError {
  const { text, hint } = explain(message, args);
  return new UserError('usage', text, { hint });
}

interface Explanation {
  text: string;
  hint: string;
}

function explain(message: string, args: readonly string[]): Explanation {
  const command = COMMANDS.find(({ name }) => args.includes(name));
  const help = command ? `chaportctl ${command.name} --help shows its flags` : HELP;
  const [, unknown] = /^Unknown (?:arguments?|commands?): (.+)$/.exec(message) ?? [];
  if (unknown !== undefined) return explainUnknown(unknown.split(', ')[0] ?? '', args, command, help);
  const [, valueless] = /^Not enough arguments following: (\S+)$/.exec(message) ?? [];
  if (valueless !== undefined) return { text: `${flagName(valueless)} needs a value`, hint: help };
  const [, flag = '', given, choices] =
    /Argument: (\S+), Given: (.+), Choices: (.+)$/.exec(message.trim()) ?? [];
  if (given !== undefined) {
    // An argument without a flag has a name in the help only.
    if (command?.spec.positionals?.[flag]) {
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
  command: (typeof COMMANDS)[number] | undefined,
  help: string,
): Explanation {
  if (args.includes(name)) {
    if (command) return { text: `unexpected argument "${name}"`, hint: help };
    const meant = nearestWord(
      name,
      COMMANDS.map((known) => known.name),
    );
    const hint = meant === undefined ? HELP : `did you mean ${meant}?`;
    return { text: `there is no command "${name}"`, hint };
  }
  const flag = flagName(name);
  const nearest = nearestWord(name, [...(command?.flags ?? []), ...Object.keys(GLOBAL_OPTIONS)]);
  return {
    text: `there is no flag ${flag}${command ? ` for ${command.name}` : ''}`,
    hint: nearest === undefined || `--${nearest}` === flag ? help : `did you mean --${nearest}?`,
  };
}

/** As it is typed: yargs gives names without dashes, and sometimes in camel case. */
function flagName(name: string): string {
  if (name.length === 1) return `-${name}`;
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
