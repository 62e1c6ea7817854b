import type { Options } from 'yargs';
import { GLOBAL_OPTIONS } from '../../options/global.ts';
import type { CommandDefinition } from '../definition.ts';

/** What may follow on the command line: one of some words, a file, something else, or nothing. */
export type Values = readonly string[] | 'file' | 'other' | 'none';

export interface FlagRow {
  /** As typed: `--file`, `-f`. The long name is the first. */
  names: string[];
  describe: string;
  values: Values;
}

interface CommandRow {
  name: string;
  describe: string;
  flags: FlagRow[];
  /** What stands after the command without a flag. */
  argument: Values;
}

/** Everything that a shell can complete. */
export interface CommandTable {
  commands: CommandRow[];
  globalFlags: FlagRow[];
}

/** Flags and arguments that name a file. */
const FILES = new Set([
  'file',
  'token-file',
  'out',
  'report',
  'since',
  'compare',
  'seed',
  'save',
  'into',
  'operators',
  'planfile',
  'path',
  'paths',
]);

export function commandTable(commands: Readonly<Record<string, CommandDefinition>>): CommandTable {
  const more = [
    { names: ['--help', '-h'], describe: 'Show help', values: 'none' as const },
    { names: ['--version'], describe: 'Show the version', values: 'none' as const },
  ];
  return {
    commands: Object.entries(commands).map(([name, { describe, options, positionals = {} }]) => {
      const [argument] = Object.entries(positionals);
      return {
        name,
        describe,
        flags: flagRows(options),
        argument: argument ? valuesOf(argument[0], { type: 'string', ...argument[1] }) : 'none',
      };
    }),
    globalFlags: [...flagRows(GLOBAL_OPTIONS), ...more],
  };
}

function flagRows(options: Readonly<Record<string, Options>>): FlagRow[] {
  return Object.entries(options).flatMap(([name, option]) => {
    const aliases = [option.alias ?? []]
      .flat()
      .map((alias) => (alias.length === 1 ? `-${alias}` : `--${alias}`));
    const row = {
      names: [`--${name}`, ...aliases],
      describe: option.describe ?? '',
      values: valuesOf(name, option),
    };
    // Those that are on, or neither, are switched off by a flag of their own.
    const canBeOff = option.type === 'boolean' && option.default !== false;
    return canBeOff
      ? [row, { names: [`--no-${name}`], describe: option.describe ?? '', values: 'none' }]
      : [row];
  });
}

function valuesOf(name: string, { type, choices }: Pick<Options, 'type' | 'choices'>): Values {
  if (choices) return [...choices].map(String);
  if (type === 'boolean') return 'none';
  return FILES.has(name) ? 'file' : 'other';
}
