import type { CommandDefinition } from '../definition.ts';

export const FMT_OPTIONS = {
  check: {
    type: 'boolean',
    default: false,
    describe: 'Change nothing: list the files that are not canonical, and exit with 2 if there are any',
  },
} as const;

export const fmtCommand = {
  command: 'fmt [paths..]',
  describe: 'Rewrite files in canonical form, comments kept',
  options: FMT_OPTIONS,
  uses: ['files'],
  positionals: { paths: { type: 'string', array: true, describe: 'Files and folders, as with --file' } },
  examples: [
    ['fmt', 'Rewrite chaport.yaml'],
    ['fmt --check -f team/', 'Check a folder in a pipeline'],
    ['fmt -', 'From standard input to standard output'],
  ],
} as const satisfies CommandDefinition;
