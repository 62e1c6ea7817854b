import type { CommandDefinition } from '../definition.ts';

export const FMT_OPTIONS = {
  check: {
    type: 'boolean',
    default: false,
    describe: 'Change nothing: list the files that are not canonical, and exit with 2 if there are any',
  },
  fix: {
    type: 'boolean',
    default: false,
    describe:
      'First mend what editors and word processors broke: tabs, odd spaces, curly quotes, missing spaces and quotes, indentation',
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
    ['fmt --fix', 'Mend what can be mended, and show it'],
    ['fmt -', 'From standard input to standard output'],
  ],
} as const satisfies CommandDefinition;
