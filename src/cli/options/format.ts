import type { InferredOptionTypes, Options } from 'yargs';

/** How a plan or a report is printed. */
export const FORMAT_OPTIONS = {
  format: {
    choices: ['text', 'json', 'markdown', 'html', 'gitlab'] as const,
    default: 'text' as const,
    describe: 'How it is printed; gitlab: the counts that its merge request widget reads',
  },
  'max-bytes': {
    type: 'number',
    requiresArg: true,
    default: 60_000,
    describe: 'Markdown is shortened to this many UTF-8 bytes; deletes and admin changes are never cut',
  },
} as const satisfies Record<string, Options>;

/** What a document is printed with. */
export interface FormatFlags {
  format: InferredOptionTypes<typeof FORMAT_OPTIONS>['format'];
  maxBytes: number;
}
