import type { CommandDefinition } from '../definition.ts';

export const SHELLS = ['bash', 'zsh'] as const;

export const completionCommand = {
  command: 'completion [shell]',
  describe: 'Print the shell completion script',
  options: {},
  uses: [],
  positionals: { shell: { choices: SHELLS, describe: 'Default: the shell that $SHELL names' } },
  examples: [
    ['completion bash >> ~/.bashrc', 'bash 4 or later'],
    ['completion zsh > "${fpath[1]}/_chaportctl"', 'zsh'],
  ],
} as const satisfies CommandDefinition;
