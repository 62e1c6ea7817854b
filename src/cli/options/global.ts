import type { InferredOptionTypes, Options } from 'yargs';
import { DEFAULTS } from '../../operations/defaults.ts';

/** What more than one command takes; which of them a command takes its definition says. */
export const GLOBAL_OPTIONS = {
  file: {
    alias: 'f',
    type: 'string',
    array: true,
    requiresArg: true,
    default: ['chaport.yaml'],
    defaultDescription: 'chaport.yaml',
    describe: 'A file, a folder of *.yaml and *.yml, or - for standard input; repeatable',
  },
  'base-url': {
    type: 'string',
    requiresArg: true,
    describe: `Where the API is (CHAPORT_BASE_URL) [default: ${DEFAULTS.baseUrl}]`,
  },
  'token-file': {
    type: 'string',
    requiresArg: true,
    describe: 'A file that holds the access token; otherwise CHAPORT_TOKEN (MEMBRANE_TOKEN)',
  },
  via: {
    choices: ['direct', 'membrane'],
    requiresArg: true,
    describe: 'How the account is reached (CHAPORT_VIA) [default: direct]',
  },
  connection: {
    type: 'string',
    requiresArg: true,
    describe: 'The connection to Chaport in Membrane (MEMBRANE_CONNECTION_ID)',
  },
  timeout: {
    type: 'number',
    requiresArg: true,
    default: DEFAULTS.timeoutSeconds,
    describe: 'Seconds that one request may take',
  },
  'max-retries': {
    type: 'number',
    requiresArg: true,
    default: DEFAULTS.maxRetries,
    describe: 'Repetitions of a failed request',
  },
  concurrency: {
    type: 'number',
    requiresArg: true,
    default: DEFAULTS.concurrency,
    describe: 'Calls under way at once',
  },
  color: { type: 'boolean', describe: 'Colour the output; --no-color never does (also NO_COLOR)' },
  verbose: {
    alias: 'v',
    type: 'boolean',
    default: false,
    describe: 'Tell of each request on stderr, and show stacks of unexpected errors',
  },
  quiet: { alias: 'q', type: 'boolean', default: false, describe: 'Only results and errors' },
} as const satisfies Record<string, Options>;

/** What reaches the account, and every command's way to speak. */
const OF_ACCOUNT = ['base-url', 'token-file', 'via', 'connection', 'timeout', 'max-retries', 'concurrency'];
const OF_ALL = ['color', 'verbose', 'quiet'];

/** What a command has to do with: its `--help` shows the global options of that, and no other is taken. */
export type Use = 'files' | 'account';

export function globalOptionsFor(uses: readonly Use[]): Record<string, Options> {
  const names = [
    ...(uses.includes('files') ? ['file'] : []),
    ...(uses.includes('account') ? OF_ACCOUNT : []),
    ...OF_ALL,
  ];
  return Object.fromEntries(Object.entries(GLOBAL_OPTIONS).filter(([name]) => names.includes(name)));
}

export type GlobalFlags = InferredOptionTypes<typeof GLOBAL_OPTIONS>;

/** Whether `--file` names what it names without being given. */
export function isDefaultFile(file: readonly string[]): boolean {
  return file.length === 1 && file[0] === GLOBAL_OPTIONS.file.default[0];
}
