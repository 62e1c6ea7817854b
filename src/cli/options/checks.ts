import type { CommandDefinition } from '../commands/definition.ts';
import { DEFINITIONS } from '../commands/definitions.ts';
import { GLOBAL_OPTIONS } from './global.ts';

const LIMITS = [
  { name: 'timeout', key: 'timeout', least: 0.1, most: 3600, whole: false },
  { name: 'max-retries', key: 'maxRetries', least: 0, most: 100, whole: true },
  { name: 'concurrency', key: 'concurrency', least: 1, most: 64, whole: true },
  { name: 'settle', key: 'settle', least: 0, most: 600, whole: false },
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

const REPEATABLE = new Set(['_', 'file', 'target', 'fault', 'dialect', 'kind', 'into', 'paths', 'column']);

const SWITCHES = new Set(
  [GLOBAL_OPTIONS, ...Object.values(DEFINITIONS).map(({ options }) => options)].flatMap(
    (options: CommandDefinition['options']) =>
      Object.entries(options).flatMap(([name, { type }]) => (type === 'boolean' ? [name] : [])),
  ),
);

/** yargs takes any value but `true` for off: `--check=yes` would check nothing. */
function checkSwitch(arg: string): void {
  const [, no = '', name = '', value] = /^--(no-)?([a-z-]+)=(.*)$/s.exec(arg) ?? [];
  if (!SWITCHES.has(name) || (no === '' && (value === 'true' || value === 'false'))) return;
  throw new Error(`--${no}${name} takes no value: write it alone`);
}

/**
 * yargs takes `-` for a flag and a missing value for the default, so each `--file` gets its value
 * written to it: `-f -` becomes `--file=-`. A `-` that stands alone means the same.
 * @throws an error for `--file` without a value.
 */
export function withFileValues(args: readonly string[]): string[] {
  // A shell asks what may follow: the last word is one that is still being typed.
  if (args[0] === '--get-yargs-completions') return [...args];
  const whole: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    if (arg === '--') return [...whole, ...args.slice(index)];
    if (arg === '-') {
      whole.push('--file=-');
      continue;
    }
    checkSwitch(arg);
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
