import type { CommandTable, FlagRow, Values } from './table.ts';

/** A script for bash 3.2 and later; needs no bash-completion. */
export function bashScript({ commands, globalFlags }: CommandTable): string {
  const names = commands.map(({ name }) => name).join(' ');
  const flagsOf = (flags: readonly FlagRow[]) => flags.flatMap((flag) => flag.names).join(' ');
  const cases = commands.map(
    ({ name, flags, argument }) => `    ${name})
      flags="${flagsOf(flags)}"
      ${argumentLine(argument)}
      case "$flag" in
${flags.flatMap(valueCase).join('\n')}
        *) ;;
      esac
      ;;`,
  );
  return `# bash completion for chaportctl
_chaportctl_files() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -f -- "$cur"))
  compopt -o filenames 2>/dev/null
}
_chaportctl() {
  local cur prev command="" flag="" flags="" words="" values="" i
  COMPREPLY=()
  cur="\${COMP_WORDS[COMP_CWORD]}"
  prev="\${COMP_WORDS[COMP_CWORD-1]}"
  # bash takes the = of --flag=value for a word of its own.
  if [[ "$cur" == "=" ]]; then
    flag="$prev"
    cur=""
  elif [[ "$prev" == "=" ]]; then
    flag="\${COMP_WORDS[COMP_CWORD-2]}"
  elif [[ "$prev" == -* ]]; then
    flag="$prev"
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${COMP_WORDS[i]}" in
      ${commands.map(({ name }) => name).join('|')}) command="\${COMP_WORDS[i]}"; break ;;
    esac
  done
  case "$flag" in
${globalFlags.flatMap(valueCase).join('\n')}
    *) ;;
  esac
  case "$command" in
    "") words="${names}" ;;
${cases.join('\n')}
  esac
  case "$values" in
    "") ;;
    =file) _chaportctl_files; return ;;
    =other) return ;;
    *) COMPREPLY=($(compgen -W "$values" -- "$cur")); return ;;
  esac
  if [[ "$cur" == -* ]]; then
    COMPREPLY=($(compgen -W "$flags ${flagsOf(globalFlags)}" -- "$cur"))
  elif [[ "$words" == "=file" ]]; then
    _chaportctl_files
  else
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
  fi
}
complete -F _chaportctl chaportctl
`;
}

function valueCase({ names, values }: FlagRow): string[] {
  if (values === 'none') return [];
  return [
    `        ${names.join('|')}) values="${typeof values === 'string' ? `=${values}` : values.join(' ')}" ;;`,
  ];
}

function argumentLine(argument: Values): string {
  if (argument === 'none' || argument === 'other') return ':';
  return `words="${argument === 'file' ? '=file' : argument.join(' ')}"`;
}
