import { delimiter } from 'node:path';
import type { InferredOptionTypes, Options } from 'yargs';
import { DEFAULTS } from '../../operations/defaults.ts';

/** What more than one command takes; which of them a command takes its definition says. */
export const GLOBAL_OPTIONS = {
  file: {
    alias: 'f',
    type: 'string',
    array: true,
    requiresArg: true,
    defaultDescription: 'CHAPORT_FILES, else chaport.yaml',
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
  'token-command': {
    type: 'string',
    requiresArg: true,
    describe: "A command that prints the token, such as 'membrane token' (CHAPORT_TOKEN_COMMAND)",
  },
  via: {
    choices: ['direct', 'membrane'],
    requiresArg: true,
    describe: 'How the account is reached (CHAPORT_VIA) [default: direct]',
  },
  connection: {
    type: 'string',
    requiresArg: true,
    describe: 'The connection to Chaport in Membrane, by ID or key (MEMBRANE_CONNECTION_ID)',
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
const OF_ACCOUNT: readonly string[] = [
  'base-url',
  'token-file',
  'token-command',
  'via',
  'connection',
  'timeout',
  'max-retries',
  'concurrency',
];
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

/** As they are given, or by default. */
export type GivenFlags = InferredOptionTypes<typeof GLOBAL_OPTIONS>;

export type GlobalFlags = Omit<GivenFlags, 'file'> & { file: readonly string[] };

export const DEFAULT_FILE = 'chaport.yaml';

const FROM_ENVIRONMENT = (process.env.CHAPORT_FILES ?? '').split(delimiter).filter((path) => path !== '');

/** Whether the environment names the files. */
export const HAS_NAMED_FILES = FROM_ENVIRONMENT.length > 0;

/** What `--file` stands for where it is not given. */
export const DEFAULT_FILES: readonly string[] = HAS_NAMED_FILES ? FROM_ENVIRONMENT : [DEFAULT_FILE];

/** Whether `--file` was not given, whatever it would have named. */
export function isDefaultFile(file: readonly string[]): boolean {
  return file === DEFAULT_FILES;
}
