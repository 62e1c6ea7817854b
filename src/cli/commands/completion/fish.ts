import type { CommandTable, FlagRow, Values } from './table.ts';

export function fishScript({ commands, globalFlags }: CommandTable): string {
  const names = commands.map(({ name }) => name).join(' ');
  return `# fish completion for chaportctl
complete -c chaportctl -f
${globalFlags.map((flag) => flagLine(flag, '')).join('\n')}
${commands
  .flatMap(({ name, describe, flags, argument }) => [
    `complete -c chaportctl -n 'not __fish_seen_subcommand_from ${names}' -a ${name} -d ${quote(describe)}`,
    ...flags.map((flag) => flagLine(flag, name)),
    ...argumentLine(name, argument),
  ])
  .join('\n')}
`;
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

function seen(command: string): string {
  return command === '' ? '' : ` -n '__fish_seen_subcommand_from ${command}'`;
}

function flagLine({ names, describe, values }: FlagRow, command: string): string {
  const options = names.map((name) =>
    name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`,
  );
  return `complete -c chaportctl${seen(command)} ${options.join(' ')}${valueOptions(values)} -d ${quote(describe)}`;
}

function valueOptions(values: Values): string {
  if (values === 'none') return '';
  if (values === 'file') return ' -r -F';
  return typeof values === 'string' ? ' -x' : ` -x -a ${quote(values.join(' '))}`;
}

function argumentLine(command: string, argument: Values): string[] {
  if (argument === 'none' || argument === 'other') return [];
  const what = argument === 'file' ? '-F' : `-a ${quote(argument.join(' '))}`;
  return [`complete -c chaportctl${seen(command)} ${what}`];
}
