import type { InferredOptionTypes, Options } from 'yargs';

/** What every command takes. */
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
    describe: 'Where the API is (CHAPORT_BASE_URL) [default: https://app.chaport.com/api/v1]',
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
  timeout: { type: 'number', requiresArg: true, default: 30, describe: 'Seconds that one request may take' },
  'max-retries': {
    type: 'number',
    requiresArg: true,
    default: 5,
    describe: 'Repetitions of a failed request',
  },
  concurrency: { type: 'number', requiresArg: true, default: 4, describe: 'Calls under way at once' },
  color: { type: 'boolean', describe: 'Colour the output; --no-color never does (also NO_COLOR)' },
  verbose: {
    alias: 'v',
    type: 'boolean',
    default: false,
    describe: 'Tell of each request on stderr, and show stacks of unexpected errors',
  },
  quiet: { alias: 'q', type: 'boolean', default: false, describe: 'Only results and errors' },
} as const satisfies Record<string, Options>;

export type GlobalFlags = InferredOptionTypes<typeof GLOBAL_OPTIONS>;

/** Flags that say what is planned. */
export const PLANNING_OPTIONS = {
  target: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'Plan only KIND or KIND:KEY-GLOB (operator, status, webhook); repeatable',
  },
  prune: {
    type: 'boolean',
    describe: 'Delete whatever of the managed kinds is not in the file; --no-prune deletes nothing of that',
  },
} as const satisfies Record<string, Options>;

export type PlanningFlags = InferredOptionTypes<typeof PLANNING_OPTIONS>;

const LIMITS = [
  { name: 'timeout', key: 'timeout', least: 0.1, most: 3600, whole: false },
  { name: 'max-retries', key: 'maxRetries', least: 0, most: 100, whole: true },
  { name: 'concurrency', key: 'concurrency', least: 1, most: 64, whole: true },
  { name: 'port', key: 'port', least: 0, most: 65_535, whole: true },
  { name: 'latency', key: 'latency', least: 0, most: 600_000, whole: false },
  { name: 'lag', key: 'lag', least: 0, most: 600_000, whole: false },
];

/** @throws an error that yargs shows, for a value that no command could use. */
export function checkFlags(flags: Record<string, unknown>): true {
  for (const [key, value] of Object.entries(flags)) {
    const name = `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (Array.isArray(value) && !REPEATABLE.has(key)) throw new Error(`${name} was given more than once`);
    if (value === '') throw new Error(`${name} needs a value`);
  }
  for (const { name, key, least, most, whole } of LIMITS) {
    if (flags[key] === undefined) continue;
    const value = Number(flags[key]);
    if (value >= least && value <= most && (!whole || Number.isInteger(value))) continue;
    throw new Error(`--${name} takes a ${whole ? 'whole ' : ''}number from ${least} to ${most}`);
  }
  return true;
}

const REPEATABLE = new Set(['_', 'file', 'target', 'fault', 'dialect', 'kind', 'into', 'paths']);

/**
 * yargs takes `-` for a flag and a missing value for the default, so each `--file` gets its value
 * written to it: `-f -` becomes `--file=-`. A `-` that stands alone means the same.
 * @throws an error for `--file` without a value.
 */
export function withFileValues(args: readonly string[]): string[] {
  const whole: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    if (arg === '--') return [...whole, ...args.slice(index)];
    if (arg === '-') {
      whole.push('--file=-');
      continue;
    }
    if (arg !== '-f' && arg !== '--file') {
      if (arg === '-f=' || arg === '--file=') throw new Error('--file needs a value');
      whole.push(arg);
      continue;
    }
    index += 1;
    const value = args[index] ?? '';
    if (value === '' || (value.startsWith('-') && value !== '-')) throw new Error('--file needs a value');
    whole.push(`--file=${value}`);
  }
  return whole;
}
