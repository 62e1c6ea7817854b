import type { CommandDefinition } from '../definition.ts';

export const VALIDATE_OPTIONS = {
  format: {
    choices: ['text', 'json', 'github', 'gitlab'] as const,
    default: 'text' as const,
    describe:
      'How complaints are printed; github: annotations at the right line; gitlab: a code quality report',
  },
  'allow-missing-secrets': {
    type: 'boolean',
    default: false,
    describe: 'A ${secret:NAME} or ${env:NAME} that is not set is a warning: for pull requests that get none',
  },
} as const;

export const validateCommand = {
  command: 'validate',
  describe: 'Check the files; no network',
  options: VALIDATE_OPTIONS,
  uses: ['files'],
  examples: [
    ['validate -f team/', 'Check all YAML files of a folder'],
    ['validate --format github', 'Annotate a pull request'],
  ],
} as const satisfies CommandDefinition;
