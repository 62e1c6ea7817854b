import type { CommandTable, FlagRow, Values } from './table.ts';

/** A script for a file of `$fpath`; it may also be sourced. */
export function zshScript({ commands, globalFlags }: CommandTable): string {
  const cases = commands.map(({ name, flags, argument }) => {
    const specs = [...flags.map(spec), ...argumentSpec(argument)];
    return `        ${name})
          _arguments -s -S ${['$global', ...specs].join(' \\\n            ')}
          ;;`;
  });
  return `#compdef chaportctl
# zsh completion for chaportctl
_chaportctl() {
  local context state state_descr line curcontext="$curcontext" ret=1
  typeset -A opt_args
  local -a global commands
  global=(
${globalFlags.map((flag) => `    ${spec(flag)}`).join('\n')}
  )
  commands=(
${commands.map(({ name, describe }) => `    ${quote(`${name}:${describe.replaceAll(':', '\\:')}`)}`).join('\n')}
  )
  _arguments -C -s -S $global '1: :->command' '*:: :->arguments' && ret=0
  case $state in
    command)
      _describe -t commands command commands && ret=0
      ;;
    arguments)
      case $words[1] in
${cases.join('\n')}
      esac
      ret=$?
      ;;
  esac
  return ret
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _chaportctl "$@"
else
  compdef _chaportctl chaportctl
fi
`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** `'*'{--file,-f}'[A file]:file:_files'` */
function spec({ names, describe, values }: FlagRow): string {
  const text = describe.replace(/[[\]\\]/g, '\\$&').replaceAll(':', '\\:');
  const action = values === 'none' ? '' : `:value:${actionOf(values)}`;
  const name = names.length === 1 ? quote(`*${names[0]}`) : `'*'{${names.join(',')}}`;
  return `${name}${quote(`[${text}]${action}`)}`;
}

function actionOf(values: Values): string {
  if (values === 'file') return '_files';
  return typeof values === 'string' ? ' ' : `(${values.join(' ')})`;
}

function argumentSpec(argument: Values): string[] {
  // A spec that completes nothing would stand beside the flags as one more possibility.
  return argument === 'none' || argument === 'other' ? [] : [quote(`*:argument:${actionOf(argument)}`)];
}
