import type { CommandDefinition } from '../definition.ts';

export const SHELLS = ['bash', 'zsh'] as const;

export const completionCommand = {
  command: 'completion [shell]',
  describe: 'Print the shell completion script',
  options: {},
  uses: [],
  positionals: { shell: { choices: SHELLS, describe: 'Default: the shell that $SHELL names' } },
  // Not as examples: those are broken up where the terminal ends, and a broken one cannot be pasted.
  epilogue: () => `Examples:
chaportctl completion bash >> ~/.bashrc    (bash 4 or later)
chaportctl completion zsh > "\${fpath[1]}/_chaportctl"`,
} as const satisfies CommandDefinition;
