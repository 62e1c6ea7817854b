import type { CommandDefinition } from '../definition.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export const completionCommand = {
  command: 'completion [shell]',
  describe: 'Print the shell completion script',
  options: {},
  uses: [],
  positionals: { shell: { choices: SHELLS, describe: 'Default: the shell that $SHELL names' } },
  examples: [
    ['completion bash > ~/.local/share/bash-completion/completions/chaportctl', 'bash'],
    ['completion zsh > "${fpath[1]}/_chaportctl"', 'zsh'],
    ['completion fish > ~/.config/fish/completions/chaportctl.fish', 'fish'],
  ],
} as const satisfies CommandDefinition;
