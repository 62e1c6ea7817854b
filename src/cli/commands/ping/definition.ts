import type { CommandDefinition } from '../definition.ts';

export const pingCommand = {
  command: 'ping',
  describe: 'Check the token, and that the account answers',
  options: {},
  uses: ['account'],
} as const satisfies CommandDefinition;
