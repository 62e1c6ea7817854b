import type { Plan } from '../model/plan.ts';

/** A run without `--file` reads this one, where `CHAPORT_FILES` names no other. */
const DEFAULT_FILE = 'chaport.yaml';

/** The command that applies this plan and no other, as it is pasted into a shell: with the files and flags of its making. */
export function applyCommandFor({ config, onlyTargets = [], prune, digest }: Plan): string {
  const isDefault = config.files.length === 1 && config.files[0] === DEFAULT_FILE;
  return [
    'chaportctl apply',
    ...(isDefault ? [] : config.files.map((file) => `-f ${shellWord(file)}`)),
    ...onlyTargets.map((target) => `--target ${shellWord(target)}`),
    ...(prune === undefined ? [] : [prune ? '--prune' : '--no-prune']),
    `--expect-digest ${digest}`,
  ].join(' ');
}

/** As one word of a POSIX shell. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
