import type { Options } from 'yargs';
import type { ApplyReport } from '../../../model/report.ts';
import { shellWord } from '../../../render/apply-command.ts';
import type { GoOn } from '../../../render/go-on.ts';
import { DEFAULT_FILE, GLOBAL_OPTIONS, HAS_NAMED_FILES } from '../../options/global.ts';
import { PLANNING_OPTIONS } from '../../options/planning.ts';
import { APPLY_OPTIONS } from './definition.ts';

/** What was given on the command line, under yargs' names. */
type GivenFlags = Readonly<Record<string, unknown>> & { planfile?: string; file: readonly string[] };

/**
 * The commands that go on after this run: the same one, held to the digest of what is left. A saved plan is
 * spent, so there it plans anew from the plan's files; and what nobody has seen is not approved beforehand.
 */
export function goOnAfter(
  { remainingDigest, config }: Pick<ApplyReport, 'remainingDigest' | 'config'>,
  flags: GivenFlags,
): GoOn {
  const { planfile, expectDigest: _digest, expectPlan: _plan, ...given } = flags;
  const digest = planfile === undefined ? (remainingDigest ?? undefined) : undefined;
  const same = { ...given, file: planfile === undefined ? given.file : config.files };
  const apply = { ...same, autoApprove: digest !== undefined && given.autoApprove, expectDigest: digest };
  return {
    look: commandLine('plan', { ...GLOBAL_OPTIONS, ...PLANNING_OPTIONS }, same),
    apply: commandLine('apply', { ...GLOBAL_OPTIONS, ...APPLY_OPTIONS }, apply),
  };
}

function commandLine(command: string, options: Readonly<Record<string, Options>>, flags: GivenFlags): string {
  const words = Object.entries(options).flatMap(([name, option]) => {
    const value = flags[name.replace(/-([a-z])/g, (_all, letter: string) => letter.toUpperCase())];
    if (value === undefined || value === option.default) return [];
    return name === 'file' && isOnlyDefault(flags.file) ? [] : wordsFor(name, option, value);
  });
  return ['chaportctl', command, ...words].join(' ');
}

/** What the environment names is written out: the line may be pasted where nothing is set. */
function isOnlyDefault(file: readonly string[]): boolean {
  return !HAS_NAMED_FILES && file.length === 1 && file[0] === DEFAULT_FILE;
}

function wordsFor(name: string, { alias }: Options, value: unknown): string[] {
  if (typeof value === 'boolean') return [value ? `--${name}` : `--no-${name}`];
  const flag = typeof alias === 'string' ? `-${alias}` : `--${name}`;
  return [value].flat().map((each) => `${flag} ${shellWord(String(each))}`);
}
