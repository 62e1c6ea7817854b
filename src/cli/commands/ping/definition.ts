import { defineCommand } from '../../command.ts';

export const pingCommand = defineCommand({
  command: 'ping',
  describe: 'Check the token, and that the account answers',
  options: {},
  load: async () => (await import('./run.ts')).runPing,
});
